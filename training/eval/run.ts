import { existsSync } from 'node:fs';
import { DEFAULT_THRESHOLD } from '../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import { evaluateCorpus } from './corpus-report.ts';
import type { EngineRun } from './engine.ts';
import { evaluateLanguages } from './languages.ts';
import { LLM_USAGE, evaluateLlm } from './llm/evaluate-llm.ts';
import { askClassicOf, logSet, openTexts } from './log-set.ts';
import { logsIn, scoreFolder, scoreRecorded } from './scored.ts';
import type { Scored } from './scored.ts';
import { LEGEND, printSet } from './set-report.ts';
import { taughtLog } from './taught-log.ts';
import type { TaughtLog } from './taught-log.ts';
import { reportTeaching } from './teach-report.ts';

const USAGE = `npm run eval -- FOLDER [--threshold ${DEFAULT_THRESHOLD}] [--wrong] [--teach]
npm run eval -- --recorded | --corpus | --languages

FOLDER holds logs with labels: NAME.log (or NAME.csv) and NAME.labels, one category per physical line of the log, in order;
"?" leaves a line out of the score. Every log goes through the same engine as on the page. Printed for every classifier, the vote and
what the page shows, beside rules alone, the majority and the classic recipe trained on the same corpus; then the same for the
recorded logs of this project.
  --threshold T   below this confidence the verdict is Unclassified (default ${DEFAULT_THRESHOLD})
  --wrong         also list the patterns whose likeliest category is wrong
  --teach         instead, simulate a person who answers 20 questions, on these logs and on the recorded ones of this project
  --recorded      only the recorded logs
  --corpus        the corpus instead, from answers by classifiers that had not learnt from the family of programs, or from the program
  --languages     labelled messages that are not English

${LLM_USAGE}`;

/** Options that a value follows. */
const VALUED = ['--threshold', '--llm', '--limit', '--trial'];
const say = (text: string): void => console.error(text);

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--threshold');
  const threshold = at < 0 ? DEFAULT_THRESHOLD : Number(args[at + 1]);
  const folder = args.find((arg, index) => !arg.startsWith('--') && !VALUED.includes(args[index - 1]));
  const sets = ['--recorded', '--corpus', '--languages'].filter((name) => args.includes(name));
  const asking = args.includes('--llm');
  if ((folder === undefined && !asking && sets.length === 0) || (folder !== undefined && !existsSync(folder)) || !(threshold >= 0 && threshold <= 1)) return refuse('');
  if (folder !== undefined && logsIn(folder).length === 0) return refuse(`No NAME.log with NAME.labels in ${folder}.`);
  if (asking) {
    const wrong = await evaluateLlm(folder, args, threshold);
    return wrong === '' ? undefined : refuse(wrong);
  }
  if (args.includes('--teach')) {
    if (folder !== undefined) reportTeaching('These logs', (await scoreFolder(folder, threshold)).map(asTaught), threshold);
    return reportTeaching('Recorded logs', (await scoreRecorded(threshold)).map(asTaught), threshold);
  }
  const listing = args.includes('--wrong');
  if (folder !== undefined) await reportLogs('These logs', await scoreFolder(folder, threshold), threshold, listing);
  if (folder !== undefined || sets.includes('--recorded')) await reportLogs('Recorded logs of this project', await scoreRecorded(threshold), threshold, listing);
  if (sets.includes('--corpus')) await evaluateCorpus(threshold, say);
  if (sets.includes('--languages')) await evaluateLanguages(threshold, say);
  if (process.exitCode === undefined) console.log(`\n${LEGEND}`);
}

function refuse(why: string): void {
  console.error(why === '' ? USAGE : `${why}\n\n${USAGE}`);
  process.exitCode = 2;
}

function asTaught({ name, run, labels }: Scored): TaughtLog {
  return taughtLog(name, run, labels, BUILT_IN_RULES);
}

async function reportLogs(title: string, scored: readonly Scored[], threshold: number, listing: boolean): Promise<void> {
  const classic = await askClassicOf(scored.map(({ run }) => openTexts(run)), say);
  if (classic.length === 0) say('The classic recipe is left out: training/encoder/make.sh makes its encoder.');
  printSet(logSet(title, scored, classic), threshold);
  if (listing) for (const { name, run, labels } of scored) listWrong(name, run, labels);
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
