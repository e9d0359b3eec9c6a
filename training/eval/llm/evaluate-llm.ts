import { existsSync } from 'node:fs';
import type { LlmCheck } from '../../../src/contract/llm.ts';
import { drawCheck, scoreCheck } from '../../../src/engine/llm/check.ts';
import { contextFor, questionFor, subjectOf } from '../../../src/engine/llm/question.ts';
import type { ModelService } from '../../../src/engine/model/model-service.ts';
import { scoreFolder, scoreRecorded } from '../scored.ts';
import type { Scored } from '../scored.ts';
import { askAll } from './ask-all.ts';
import type { Answers } from './ask-all.ts';
import { ANSWERS, SYSTEM, casesOf, openHeads } from './cases.ts';
import { reportInjection } from './injection.ts';
import { LEGEND, printTallies, printTrial } from './report-llm.ts';
import { known, tally } from './tally.ts';
import type { KnownCase, Tally } from './tally.ts';

const LIMIT = 40, TRIAL = 24, SEED = 1;

export const LLM_USAGE = `npm run eval -- [FOLDER] --llm FILE.gguf [--limit ${LIMIT}] [--trial ${TRIAL}] [--all] [--injection]

Asks a language model, in a browser and by the page's own worker, about patterns that the vote is unsure of: of the logs in FOLDER,
and of the recorded ones of this project. Before that it is tried on known lines, as on the page.
  --limit N       at most so many patterns of each, those with most rows (default ${LIMIT})
  --trial N       lines of the trial (default ${TRIAL})
  --all           also patterns that the vote is sure of
  --injection     instead, ask about plain lines without and with hostile ones among them (--limit: hostile ones at most)`;

/** @returns what is wrong with the arguments; '' when all was done */
export async function evaluateLlm(folder: string | undefined, args: readonly string[], threshold: number): Promise<string> {
  const file = args[args.indexOf('--llm') + 1];
  const limit = count(args, '--limit', args.includes('--injection') ? Infinity : LIMIT), trial = count(args, '--trial', TRIAL);
  if (file === undefined || !existsSync(file)) return '--llm needs the path of a GGUF file.';
  if (Number.isNaN(limit) || Number.isNaN(trial)) return '--limit and --trial need a number from 1 up.';
  // Brings a browser and a bundler along, which nothing else here needs.
  const { openLlmLab } = await import('../../../test/llm-lab/lab.ts');
  const models = await openHeads();
  const lab = await openLlmLab([file], contextFor(SYSTEM, 0));
  try {
    console.log(`${lab.ready.name}: ${(lab.ready.parameters / 1e6).toFixed(0)} million weights, ${lab.ready.threads} thread${lab.ready.threads === 1 ? '' : 's'}, on the processor`);
    if (args.includes('--injection')) await reportInjection(lab, models, threshold, limit);
    else await reportPatterns(lab, models, folder, { limit, trial, threshold, all: args.includes('--all') });
  } finally {
    await lab.close();
  }
  return '';
}

interface Wanted {
  readonly limit: number;
  readonly trial: number;
  readonly threshold: number;
  readonly all: boolean;
}

/** NaN for what is no number from 1 up. */
function count(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(name);
  const value = at < 0 ? otherwise : Number(args[at + 1]);
  return value >= 1 ? Math.floor(value) : NaN;
}

async function reportPatterns(model: Answers, models: ModelService, folder: string | undefined, wanted: Wanted): Promise<void> {
  const sets = [
    ...(folder === undefined ? [] : [{ name: 'these logs', cases: await casesIn(models, await scoreFolder(folder, wanted.threshold)) }]),
    { name: 'recorded logs', cases: await casesIn(models, await scoreRecorded(wanted.threshold)) },
  ];
  const check = await tryOut(model, models, wanted.trial);
  printTrial(check);
  await reportOn('Patterns that the vote is unsure of', model, sets.map(({ name, cases }) => ({ name, cases: cases.filter(({ sure }) => !sure) })), check, wanted);
  if (wanted.all) await reportOn('Patterns that the vote is sure of', model, sets.map(({ name, cases }) => ({ name, cases: cases.filter(({ sure }) => sure) })), check, wanted);
  console.log(`\n${LEGEND}`);
}

async function casesIn(models: ModelService, scored: readonly Scored[]): Promise<KnownCase[]> {
  const cases: KnownCase[] = [];
  for (const { run, labels } of scored) cases.push(...known(await casesOf(models, run), labels));
  // Array.prototype.sort is stable: equal ones stay in the order of the logs.
  return cases.sort((a, b) => b.rows - a.rows);
}

/** As on the page when a model has been loaded. */
async function tryOut(model: Answers, models: ModelService, size: number): Promise<LlmCheck> {
  const lines = drawCheck(await models.checkLines(), size, SEED);
  const said = await askAll(model, lines.map((line) => questionFor(subjectOf(line), SYSTEM, ANSWERS, 0)), 'Trial');
  return scoreCheck('corpus', lines, said, SEED);
}

async function reportOn(title: string, model: Answers, sets: readonly { readonly name: string; readonly cases: readonly KnownCase[] }[], check: LlmCheck, { limit, threshold }: Wanted): Promise<void> {
  const tallies: Tally[] = [];
  for (const { name, cases } of sets) {
    const some = cases.slice(0, limit);
    const said = await askAll(model, some.map(({ question }) => question), `${title}, ${name}`);
    tallies.push(tally(name, some, said, check, threshold));
    console.log(`\n${name}: asked about ${some.length} of ${cases.length}`);
  }
  printTallies(title, tallies);
}
