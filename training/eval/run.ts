import { existsSync } from 'node:fs';
import { DEFAULT_THRESHOLD } from '../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import type { EngineRun } from './engine.ts';
import { lineItems, patternItems } from './items.ts';
import type { Item } from './items.ts';
import { LLM_USAGE, evaluateLlm } from './llm/evaluate-llm.ts';
import { printConfusion, printRows, rowOf } from './report.ts';
import type { Row } from './report.ts';
import { logsIn, scoreFolder, scoreRecorded } from './scored.ts';
import type { Scored } from './scored.ts';
import { taughtLog } from './taught-log.ts';
import type { TaughtLog } from './taught-log.ts';
import { reportTeaching } from './teach-report.ts';

const USAGE = `npm run eval -- FOLDER [--threshold 0.5] [--wrong] [--teach]

FOLDER holds logs with labels: NAME.log (or NAME.csv) and NAME.labels, one category per physical line of the log, in order;
"?" leaves a line out of the score. Every log goes through the same engine as on the page.
  --threshold T   below this confidence the verdict is Unclassified (default ${DEFAULT_THRESHOLD})
  --wrong         also list the patterns whose likeliest category is wrong
  --teach         instead, simulate a person who answers 20 questions, on these logs and on the recorded ones of this project

${LLM_USAGE}`;

/** Options that a value follows. */
const VALUED = ['--threshold', '--llm', '--limit', '--trial'];

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--threshold');
  const threshold = at < 0 ? DEFAULT_THRESHOLD : Number(args[at + 1]);
  const folder = args.find((arg, index) => !arg.startsWith('--') && !VALUED.includes(args[index - 1]));
  const asking = args.includes('--llm');
  if ((folder === undefined && !asking) || (folder !== undefined && !existsSync(folder)) || !(threshold >= 0 && threshold <= 1)) return refuse('');
  if (folder !== undefined && logsIn(folder).length === 0) return refuse(`No NAME.log with NAME.labels in ${folder}.`);
  if (asking || folder === undefined) {
    const wrong = await evaluateLlm(folder, args, threshold);
    return wrong === '' ? undefined : refuse(wrong);
  }
  const scored = await scoreFolder(folder, threshold);
  if (args.includes('--teach')) {
    reportTeaching('These logs', scored.map(asTaught), threshold);
    reportTeaching('Recorded logs', (await scoreRecorded(threshold)).map(asTaught), threshold);
  } else reportVerdicts(scored, threshold, args.includes('--wrong'));
}

function refuse(why: string): void {
  console.error(why === '' ? USAGE : `${why}\n\n${USAGE}`);
  process.exitCode = 2;
}

function asTaught({ name, run, labels }: Scored): TaughtLog {
  return taughtLog(name, run, labels, BUILT_IN_RULES);
}

function reportVerdicts(scored: readonly Scored[], threshold: number, listing: boolean): void {
  const all = { lines: [] as Item[], patterns: [] as Item[] };
  const rows = { lines: [] as Row[], patterns: [] as Row[] };
  for (const { name, run, labels } of scored) {
    const lines = lineItems(run, labels), patterns = patternItems(run, labels);
    rows.lines.push(rowOf(name, lines));
    rows.patterns.push(rowOf(name, patterns));
    all.lines.push(...lines);
    all.patterns.push(...patterns);
    if (listing) listWrong(name, run, labels);
  }
  printRows('By pattern', [...rows.patterns, rowOf('all together', all.patterns)]);
  printRows('By line', [...rows.lines, rowOf('all together', all.lines)]);
  printConfusion('By pattern', all.patterns);
  printConfusion('By line', all.lines);
  console.log(`\nThreshold ${threshold}. accuracy and macro-F1: the likeliest category, whatever its confidence, over the classes present.\ncoverage: share with confidence at or above the threshold; answered right: of those; strict: Unclassified counts as wrong.`);
}

function listWrong(name: string, run: EngineRun, labels: readonly string[]): void {
  const seen = new Set<number>();
  run.lineOf.forEach((line, row) => {
    const pattern = run.patternOf[row];
    const truth = labels[line - 1];
    const guess = run.verdicts.labels[run.verdicts.guess[pattern]] ?? 'nothing';
    if (truth === '?' || truth === undefined || truth === guess || seen.has(pattern)) return;
    seen.add(pattern);
    console.log(`${name}:${line} ×${run.result.table.rows[pattern]} ${truth} → ${guess} ${run.verdicts.confidence[pattern].toFixed(2)} rule ${run.result.table.rule[pattern]}: ${run.result.table.examples[pattern].slice(0, 140)}`);
  });
}

await main(process.argv.slice(2));
