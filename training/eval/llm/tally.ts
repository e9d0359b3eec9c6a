import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import type { LlmCheck } from '../../../src/contract/llm.ts';
import type { Answered } from '../../../src/engine/decide/asked.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { confidenceOf } from '../../../src/engine/llm/check.ts';
import { median } from '../../../src/engine/llm/time-left.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import type { EngineRun } from '../engine.ts';
import { truthCounts } from '../items.ts';
import type { Asked } from './ask-all.ts';
import type { Case } from './cases.ts';

/** A case with the label that most of its scored lines carry. */
export interface KnownCase extends Case {
  readonly truth: string;
}

/** Cases whose truth is a category. @param labels of the log, by line */
export function known(cases: readonly Case[], labels: readonly string[]): KnownCase[] {
  const first = cases[0];
  if (first === undefined) return [];
  const counts = truthCounts(first.run, labels);
  return cases.flatMap((one) => {
    const count = counts.get(one.pattern);
    const truth = count === undefined ? undefined : CATEGORY_NAMES[count.indexOf(Math.max(...count))];
    return truth === undefined ? [] : [{ ...one, truth }];
  });
}

/** Right, wrong and Unclassified verdicts. */
export interface Verdicts {
  readonly right: number;
  readonly wrong: number;
  readonly open: number;
}

/** Figures of one set of cases. All count patterns. */
export interface Tally {
  readonly name: string;
  readonly cases: number;
  readonly llm: number;
  readonly neighbour: number;
  readonly vote: number;
  /** Answers that are no category. */
  readonly none: number;
  /** Verdicts as the page gives them, and as they are where a person says that the model's answers count. */
  readonly together: Verdicts;
  readonly counted: Verdicts;
  /** Median. */
  readonly seconds: number;
  readonly promptTokens: number;
}

/** @param said by case */
export function tally(name: string, cases: readonly KnownCase[], said: readonly Asked[], check: LlmCheck, threshold: number): Tally {
  const right = (of: (one: KnownCase, at: number) => string): number => cases.filter((one, at) => of(one, at) === one.truth).length;
  const verdicts = (believed: boolean): Verdicts => {
    const labels = verdictsOf(cases, said, check, threshold, believed);
    const open = labels.filter((label) => label === UNCLASSIFIED).length;
    const good = right((_, at) => labels[at]);
    return { right: good, wrong: cases.length - open - good, open };
  };
  return {
    name, cases: cases.length, llm: right((_, at) => said[at].label), neighbour: right((one) => one.neighbour), vote: right((one) => one.vote),
    none: said.filter(({ label }) => label === '').length, together: verdicts(check.beats), counted: verdicts(true),
    seconds: median(said.map(({ seconds }) => seconds)), promptTokens: Math.round(median(said.map(({ promptTokens }) => promptTokens))),
  };
}

/** Verdict by case, decided as on the page. */
export function verdictsOf(cases: readonly Case[], said: readonly Asked[], check: LlmCheck, threshold: number, believed: boolean): string[] {
  const answers = new Map<EngineRun, Map<number, Answered>>();
  cases.forEach(({ run, pattern, vote }, at) => {
    const { label, reasoning, seconds } = said[at];
    const ofRun = answers.get(run) ?? new Map<number, Answered>();
    answers.set(run, ofRun.set(pattern, { label, reasoning, seconds, confidence: confidenceOf(check, label, vote) }));
  });
  const decided = new Map([...answers].map(([run, ofRun]) => [run, decide(run.result.table, BUILT_IN_RULES, run.votes, {
    threshold, ended: true, asked: { model: '', said: ofRun, believed, routed: new Set(), check },
  })]));
  return cases.map(({ run, pattern }) => {
    const columns = decided.get(run) ?? run.verdicts;
    return columns.labels[columns.label[pattern]];
  });
}
