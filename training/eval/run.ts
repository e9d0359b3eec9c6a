import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_THRESHOLD } from '../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import { runEngine } from './engine.ts';
import type { EngineRun } from './engine.ts';
import { classOf, lineItems, patternItems } from './items.ts';
import type { Item } from './items.ts';
import { printConfusion, printRows, rowOf } from './report.ts';
import type { Row } from './report.ts';
import { taughtLog } from './taught-log.ts';
import type { TaughtLog } from './taught-log.ts';
import { reportTeaching } from './teach-report.ts';

const RECORDED = fileURLToPath(new URL('../../test/fixtures/recorded', import.meta.url));

const USAGE = `npm run eval -- FOLDER [--threshold 0.5] [--wrong] [--teach]

FOLDER holds logs with labels: NAME.log (or NAME.csv) and NAME.labels, one category per physical line of the log, in order;
"?" leaves a line out of the score. Every log goes through the same engine as on the page.
  --threshold T   below this confidence the verdict is Unclassified (default ${DEFAULT_THRESHOLD})
  --wrong         also list the patterns whose likeliest category is wrong
  --teach         instead, simulate a person who answers 20 questions, on these logs and on the recorded ones of this project`;

/** A log that went through the engine, with its labels. */
interface Scored {
  readonly name: string;
  readonly run: EngineRun;
  readonly labels: readonly string[];
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--threshold');
  const threshold = at < 0 ? DEFAULT_THRESHOLD : Number(args[at + 1]);
  const folder = args.find((arg, index) => !arg.startsWith('--') && (at < 0 || index !== at + 1));
  if (folder === undefined || !existsSync(folder) || !(threshold >= 0 && threshold <= 1)) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  if (logsIn(folder).length === 0) {
    console.error(`No NAME.log with NAME.labels in ${folder}.\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const scored = await scoreFolder(folder, threshold);
  if (args.includes('--teach')) {
    reportTeaching('These logs', scored.map(asTaught), threshold);
    // The form with columns repeats lines of the other recorded logs.
    const recorded = (await scoreFolder(RECORDED, threshold)).filter(({ name }) => name.endsWith('.log'));
    reportTeaching('Recorded logs', recorded.map(asTaught), threshold);
  } else reportVerdicts(scored, threshold, args.includes('--wrong'));
}

function logsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.(log|csv)$/.test(name) && existsSync(labelsPath(folder, name))).sort();
}

async function scoreFolder(folder: string, threshold: number): Promise<Scored[]> {
  const names = logsIn(folder);
  const runs = await runEngine(names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) })), BUILT_IN_RULES, threshold);
  return names.map((name, at) => {
    const labels = readFileSync(labelsPath(folder, name), 'utf8').split(/\r?\n/).filter((label, index, list) => label !== '' || index < list.length - 1);
    const unknown = labels.find((label) => label !== '?' && classOf(label) < 0);
    if (unknown !== undefined) throw new Error(`${name}: “${unknown}” is no category.`);
    return { name, run: runs[at], labels };
  });
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

function labelsPath(folder: string, log: string): string {
  return join(folder, log.replace(/\.(log|csv)$/, '.labels'));
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
