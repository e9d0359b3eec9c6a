import { UNCLASSIFIED } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { TrainingData } from '../../contract/training.ts';
import type { Truth } from '../../contract/truth.ts';
import { labelNames } from './label-names.ts';

/** What can be learnt from the labels of a file. */
export interface TrainingRows {
  /** Names of the labels in use, spelt as verdicts spell them. */
  readonly classes: readonly string[];
  /** Patterns to learn from, those with most labelled rows first. */
  readonly patterns: readonly number[];
  /** Parallel, one entry per pattern and label. */
  readonly entries: readonly { /** Index into `patterns`. */ readonly at: number; /** Index into `classes`. */ readonly label: number; readonly rows: number }[];
  readonly rows: number;
  /** Rows that are left out: of patterns past the cap, without content, or labelled Unclassified. */
  readonly leftOut: number;
}

/** Time and memory grow with patterns; past so many the rest are rare. */
export const TRAINING_PATTERNS_MAX = 5000;

/**
 * Chooses what to learn from. Unclassified is never a class of a model, and lines without a letter or digit say nothing.
 * @param verdictLabels names of verdicts, whose spelling wins
 */
export function trainingRows(table: Pick<PatternTable, 'flags'>, truth: Truth, verdictLabels: readonly string[], most = TRAINING_PATTERNS_MAX): TrainingRows {
  const axis = labelNames(verdictLabels, truth.labels);
  const silent = axis.names.findIndex((name) => name.trim().toLowerCase() === UNCLASSIFIED.toLowerCase());
  const usable = (i: number): boolean => (table.flags[truth.pattern[i]] & (PATTERN_NO_CONTENT | PATTERN_OVERFLOW)) === 0 && axis.ofTruth[truth.label[i]] !== silent;
  const byPattern = new Map<number, Map<number, number>>();
  for (let i = 0; i < truth.rows.length; i++) {
    if (!usable(i)) continue;
    const labels = byPattern.get(truth.pattern[i]) ?? new Map<number, number>();
    byPattern.set(truth.pattern[i], labels);
    const name = axis.ofTruth[truth.label[i]];
    labels.set(name, (labels.get(name) ?? 0) + truth.rows[i]);
  }
  const chosen = [...byPattern].map(([pattern, labels]) => ({ pattern, labels, rows: sum(labels.values()) })).sort((a, b) => b.rows - a.rows || a.pattern - b.pattern).slice(0, most);
  const used = [...new Set(chosen.flatMap(({ labels }) => [...labels.keys()]))].sort((a, b) => a - b);
  const rows = sum(chosen.map((one) => one.rows));
  return {
    classes: used.map((name) => axis.names[name].trim()),
    patterns: chosen.map(({ pattern }) => pattern),
    entries: chosen.flatMap(({ labels }, at) => [...labels].sort(([a], [b]) => a - b).map(([name, n]) => ({ at, label: used.indexOf(name), rows: n }))),
    rows, leftOut: sum(truth.rows) - rows,
  };
}

/** Puts vectors to them. @param vectors parallel to `patterns`, all of one length */
export function trainingData({ classes, patterns, entries }: TrainingRows, vectors: readonly Float32Array[]): TrainingData {
  const dims = vectors[0]?.length ?? 1;
  const all = new Float32Array(patterns.length * dims);
  vectors.forEach((vector, at) => all.set(vector, at * dims));
  return {
    vectors: all, dims, classes,
    pattern: Uint32Array.from(entries, ({ at }) => at), label: Uint8Array.from(entries, ({ label }) => label), rows: Float64Array.from(entries, ({ rows }) => rows),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
