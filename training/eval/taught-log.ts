import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../src/contract/pattern.ts';
import type { Rule } from '../../src/contract/rule.ts';
import type { PatternText } from '../../src/contract/verdict.ts';
import type { EngineRun } from './engine.ts';
import { classOf, truthCounts } from './items.ts';

const CLASSES = CATEGORY_NAMES.length;

/** A pattern of a log with labels, as teaching is simulated on it. */
export interface KnownPattern extends PatternText {
  readonly vector: Float32Array;
  /** By category, as the models said untaught; all 0 where they were not asked. */
  readonly base: Float32Array;
  readonly rows: number;
  /** What a rule says (index into CATEGORY_NAMES), or -1. */
  readonly rule: number;
  /** Whether the models may say anything: the pattern has content. */
  readonly open: boolean;
  /** Scored physical lines by class; the last class is Unclassified. */
  readonly truth: readonly number[];
}

export interface TaughtLog {
  readonly name: string;
  readonly patterns: readonly KnownPattern[];
}

/** What simulated teaching needs of a run. */
export function taughtLog(name: string, run: EngineRun, labels: readonly string[], rules: readonly Rule[]): TaughtLog {
  const { result: { table, texts }, votes, vectors, dims } = run;
  const counts = truthCounts(run, labels);
  const patterns = texts.map(({ text, level }, at): KnownPattern => ({
    text, level,
    vector: vectors.subarray(at * dims, (at + 1) * dims),
    base: votes.probabilities.subarray(at * CLASSES, (at + 1) * CLASSES),
    rows: table.rows[at],
    rule: table.rule[at] < 0 ? -1 : classOf(rules[table.rule[at]].label),
    open: (table.flags[at] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW)) === 0,
    truth: counts.get(at) ?? new Array<number>(CLASSES + 1).fill(0),
  }));
  return { name, patterns };
}

/** Several logs opened as one: patterns of the same text, level and rule are one, as they are for the reader. */
export function pool(name: string, logs: readonly TaughtLog[]): TaughtLog {
  const byKey = new Map<string, KnownPattern>();
  for (const pattern of logs.flatMap((log) => log.patterns)) {
    const key = JSON.stringify([pattern.text, pattern.level, pattern.rule]);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? pattern : { ...known, rows: known.rows + pattern.rows, truth: known.truth.map((count, at) => count + pattern.truth[at]) });
  }
  return { name, patterns: [...byKey.values()] };
}
