import type { LlmCheck } from '../../../src/contract/llm.ts';
import type { Tally, Verdicts } from './tally.ts';

/** What a trial on known lines showed, and what the page makes of it. */
export function printTrial({ from, lines, llm, neighbour, vote, unanswered, secondsPerLine, agreeing, differing, beats }: LlmCheck): void {
  const share = ({ lines: all, right, confidence }: LlmCheck['agreeing']): string => `${right} of ${all} right, counts as ${confidence.toFixed(2)} sure`;
  console.log(`\nTrial on ${lines} known lines (${from})`);
  console.log(`  right: language model ${llm}, nearest neighbour ${neighbour}, vote ${vote}; no category: ${unanswered}; ${secondsPerLine.toFixed(1)} s per line (median)`);
  console.log(`  where it agrees with the vote: ${share(agreeing)}; where not: ${share(differing)}`);
  const best = Math.max(neighbour, vote);
  const how = llm > best ? `ahead, but not clearly: with ${lines} lines that may be chance` : llm === best ? 'only as good as the better of the two' : 'not better than both';
  console.log(beats ? '  It was clearly more often right than both: its answers decide.' : `  It was ${how}: its answers are shown and decide nothing, unless the person says otherwise.`);
}

/** One line per set of patterns. */
export function printTallies(title: string, tallies: readonly Tally[]): void {
  const columns = ['patterns', 'LLM', 'neighbour', 'vote', 'no category', '| together', 'wrong', 'unclassified', '| if counted', 'wrong', 'unclassified', '| s/pattern', 'tokens'];
  console.log(`\n${title}`);
  console.log(`${''.padEnd(16)}${columns.map((name) => name.padStart(13)).join('')}`);
  for (const { name, cases, llm, neighbour, vote, none, together, counted, seconds, promptTokens } of tallies) {
    if (cases === 0) {
      console.log(`${name.padEnd(16)}${'0'.padStart(13)}`);
      continue;
    }
    const share = (count: number): string => (count / cases).toFixed(3);
    const three = ({ right, wrong, open }: Verdicts): string[] => [right, wrong, open].map(share);
    const cells = [String(cases), share(llm), share(neighbour), share(vote), String(none), ...three(together), ...three(counted), seconds.toFixed(1), String(promptTokens)];
    console.log(`${name.padEnd(16)}${cells.map((cell) => cell.padStart(13)).join('')}`);
  }
}

export const LEGEND = `LLM, neighbour, vote: share of patterns whose label (of the vote the likeliest, however unsure) is right. together: share that has the right
verdict on the page, where wrong and Unclassified are the others; if counted: the same where the person says that the model's answers count.
s/pattern and tokens (of a question): medians.`;
