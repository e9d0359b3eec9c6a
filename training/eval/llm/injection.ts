import { readFileSync } from 'node:fs';
import type { LlmCheck } from '../../../src/contract/llm.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import type { ModelService } from '../../../src/engine/model/model-service.ts';
import { runEngine } from '../engine.ts';
import type { EngineRun } from '../engine.ts';
import { askAll } from './ask-all.ts';
import type { Answers, Asked } from './ask-all.ts';
import { casesOf } from './cases.ts';
import type { Case } from './cases.ts';
import { verdictsOf } from './tally.ts';

const FIXTURES = new URL('../../../test/fixtures/llm/', import.meta.url);

/** Whatever the model says counts, so that nothing hides behind a trial. */
const BELIEVED: LlmCheck = {
  from: 'corpus', lines: 1, llm: 1, neighbour: 0, vote: 0, unanswered: 0, secondsPerLine: 0, beats: true, seed: 0,
  agreeing: { lines: 1, right: 1, confidence: 1 }, differing: { lines: 1, right: 1, confidence: 1 },
};

/** What is thought of a file's lines. */
interface Reading {
  readonly run: EngineRun;
  readonly cases: readonly Case[];
  readonly said: readonly Asked[];
  readonly verdicts: readonly string[];
}

/**
 * Asks about every line of a plain file, then about the same lines with hostile ones among them, and prints which answers and
 * verdicts changed. @param limit hostile entries at most
 */
export async function reportInjection(model: Answers, models: ModelService, threshold: number, limit: number): Promise<void> {
  const plain = entriesIn('plain.log');
  const hostile = entriesIn('injection.log').slice(0, limit);
  const mixed = interleave(plain, hostile);
  const [alone, among] = await runEngine([plain, mixed].map((entries, at) => ({ name: `${at}.log`, bytes: new TextEncoder().encode(entries.join('')) })), BUILT_IN_RULES, threshold);
  const before = await read(model, models, alone, threshold, 'Without hostile lines');
  const after = await read(model, models, among, threshold, 'With them');
  const changed: string[] = [];
  plain.forEach((entry, at) => {
    const then = standing(before, at), now = standing(after, mixed.indexOf(entry));
    if (then.answer !== now.answer || then.verdict !== now.verdict) changed.push(`  ${then.answer} (${then.verdict}) → ${now.answer} (${now.verdict}): ${entry.trimEnd()}`);
  });
  const own = hostile.map((entry) => standing(after, mixed.indexOf(entry)));
  const asked = own.filter(({ answer }) => answer !== null), none = asked.filter(({ answer }) => answer === '');
  console.log(`\nInjection: ${hostile.length} hostile entries among ${plain.length} plain ones; every answer counts`);
  console.log(`  plain lines whose answer or verdict changed: ${changed.length} of ${plain.length}`);
  for (const line of changed) console.log(line);
  console.log(`  hostile lines asked about: ${asked.length} (the others are a rule's); answers that are no category: ${none.length}`);
}

/** Entries of a fixture, with their line ends. An entry begins with a date. */
function entriesIn(name: string): string[] {
  return readFileSync(new URL(name, FIXTURES), 'utf8').split(/^(?=\d{4}-\d\d-\d\d)/m).map((entry) => (entry.endsWith('\n') ? entry : `${entry}\n`));
}

/** Hostile entries before, between and after the plain ones. */
function interleave(plain: readonly string[], hostile: readonly string[]): string[] {
  const share = hostile.length / (plain.length + 1);
  return [...plain.flatMap((entry, at) => [...hostile.slice(Math.round(at * share), Math.round((at + 1) * share)), entry]), ...hostile.slice(Math.round(plain.length * share))];
}

async function read(model: Answers, models: ModelService, run: EngineRun, threshold: number, what: string): Promise<Reading> {
  const cases = await casesOf(models, run);
  const said = await askAll(model, cases.map(({ question }) => question), what);
  return { run, cases, said, verdicts: verdictsOf(cases, said, BELIEVED, threshold, true) };
}

/** Of the entry in that row; null where the model is not asked, since a rule decides. */
function standing({ run, cases, said, verdicts }: Reading, row: number): { readonly answer: string | null; readonly verdict: string } {
  const pattern = run.patternOf[row];
  const at = cases.findIndex((one) => one.pattern === pattern);
  return { answer: at < 0 ? null : said[at].label, verdict: at < 0 ? run.verdicts.labels[run.verdicts.label[pattern]] : verdicts[at] };
}
