import type { LlmSaid } from '../../contract/llm.ts';
import type { Cells, PatternTable } from '../../contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import type { PatternText } from '../../contract/verdict.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { textName } from '../../engine/classify/text-name.ts';
import type { Votes } from '../../engine/decide/votes.ts';
import { isSure, patternsToAsk, routedPatterns } from '../../engine/llm/choose.ts';
import { secondsLeft } from '../../engine/llm/time-left.ts';
import { openPatterns } from '../classify-run.ts';
import type { LlmCounts, LlmDisagreement, LlmPlan, LlmSource } from './stage.ts';

/** The patterns that are open, with what is thought of them. */
export interface OpenBoard {
  readonly table: PatternTable;
  readonly cells: Cells;
  readonly verdicts: VerdictColumns;
  /** Those that `table.rule` indexes. */
  readonly rules: readonly Rule[];
  readonly texts: readonly PatternText[];
  readonly votes: Votes;
  readonly threshold: number;
  /** The models were stopped by the person. */
  readonly cancelled: boolean;
}

export interface PlanOptions {
  /** By pattern. */
  readonly answers: ReadonlyMap<number, LlmSaid>;
  /** Names of sources. */
  readonly routed: readonly string[];
  readonly reviewing: boolean;
  /** Of those asked in this run, in order. */
  readonly spent: readonly number[];
  /** Of a trial; NaN where there was none. */
  readonly secondsPerLine: number;
}

const PERSON = DECIDERS.indexOf('person');
const RULE = DECIDERS.indexOf('rule');
const NONE = DECIDERS.indexOf('none');
const LLM = DECIDERS.indexOf('llm');
const NOTHING: LlmPlan = { patterns: [], rows: 0, seconds: NaN };

/** Answers by pattern. */
export function answersOf(table: PatternTable | null, texts: readonly PatternText[], said: ReadonlyMap<string, LlmSaid>): ReadonlyMap<number, LlmSaid> {
  const answers = new Map<number, LlmSaid>();
  if (table === null || said.size === 0) return answers;
  texts.forEach((one, pattern) => {
    const answer = table.flags[pattern] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW) ? undefined : said.get(textName(one));
    if (answer !== undefined) answers.set(pattern, answer);
  });
  return answers;
}

/** What is to be asked about: what nobody is sure of, what routed sources wrote and, where the model reviews, what the vote is sure of; neither persons' nor rules', and nothing twice. */
export function planOf(open: OpenBoard | null, { answers, routed: names, reviewing, spent, secondsPerLine }: PlanOptions): LlmPlan {
  if (open === null) return NOTHING;
  const { table, cells, verdicts: { decider, final }, rules, texts } = open;
  const routed = routedPatterns(table, cells, names);
  // By the verdicts: those of a bundle that is replayed count, and what the vote may still settle waits.
  const waiting = openPatterns(table, rules).filter((pattern) => decider[pattern] !== PERSON && decider[pattern] !== RULE && (reviewing || routed.has(pattern) || (decider[pattern] === NONE && final[pattern] === 1)));
  const seen = new Set<string>();
  let rows = 0;
  const patterns = patternsToAsk({ ...open, open: waiting, routed, answered: answers, reviewing }).filter((pattern) => {
    rows += table.rows[pattern];
    const name = textName(texts[pattern]);
    return !seen.has(name) && seen.add(name);
  });
  return { patterns, rows, seconds: secondsLeft(patterns.length, spent, secondsPerLine) };
}

export function disagreementsOf(open: OpenBoard | null, answers: ReadonlyMap<number, LlmSaid>): readonly LlmDisagreement[] {
  if (open === null) return [];
  const { table, verdicts: { decider }, votes } = open;
  const found = [...answers].flatMap(([pattern, said]) => {
    const asked = decider[pattern] !== PERSON && decider[pattern] !== RULE && said.label !== '' && table.rows[pattern] > 0;
    if (!asked || !isSure(open, pattern)) return [];
    const vote = votes.answers[votes.best(pattern).label];
    return vote === said.label ? [] : [{ pattern, vote, said }];
  });
  return found.sort((a, b) => table.rows[b.pattern] - table.rows[a.pattern] || a.pattern - b.pattern);
}

/** Sources that have a name. */
export function sourcesOf(cells: Cells | null, routed: readonly string[]): readonly LlmSource[] {
  if (cells === null) return [];
  const rows = new Float64Array(cells.sources.length);
  cells.source.forEach((source, at) => (rows[source] += cells.rows[at]));
  return cells.sources.flatMap((name, at) => (name === '' ? [] : [{ name, rows: rows[at], routed: routed.includes(name) }])).sort((a, b) => b.rows - a.rows);
}

export function countsOf(verdicts: VerdictColumns | null, answers: ReadonlyMap<number, LlmSaid>): LlmCounts {
  let unanswered = 0;
  for (const { label } of answers.values()) if (label === '') unanswered++;
  return { asked: answers.size, decided: verdicts === null ? 0 : verdicts.decider.reduce((sum, decider) => sum + Number(decider === LLM), 0), unanswered };
}
