import type { PatternTable } from '../contract/pattern.ts';
import type { Rule } from '../contract/rule.ts';
import { MOSTLY_FOREIGN, foreignShare } from '../engine/classify/foreign.ts';
import { ENCODER_CAP, openPatterns } from './classify-run.ts';

/** What a run leaves out or doubts, for the page to say. */
export interface Limits {
  /** Patterns that the encoder reads, of how many that rules leave open; null where it reads all. */
  readonly closely: { readonly patterns: number; readonly of: number; /** Share of these rows, 0…1. */ readonly rows: number } | null;
  /** Most patterns occur once: the message column may be the wrong one. */
  readonly mostlyUnique: boolean;
  /** Most rows are not English: the models, which learnt from English, will be sure of little. */
  readonly mostlyForeign: boolean;
}

/** Fewer patterns than this prove nothing about the choice of columns. */
const PATTERNS_MIN = 1000;
/** Languages are told of so many patterns, those with most rows; the table changes often while a file grows. */
const LANGUAGE_PATTERNS = 2000;

export function limitsOf(table: PatternTable, rules: readonly Rule[], cap: number = ENCODER_CAP): Limits {
  const sum = (patterns: readonly number[]): number => patterns.reduce((rows, pattern) => rows + table.rows[pattern], 0);
  let here = 0, once = 0;
  for (let pattern = 0; pattern < table.count; pattern++) {
    if (table.rows[pattern] > 0) here++;
    if (table.rows[pattern] === 1) once++;
  }
  // Only a table that may pass the cap is worth sorting.
  const open = table.count > cap ? openPatterns(table, rules).filter((pattern) => table.rows[pattern] > 0) : [];
  return {
    closely: open.length > cap ? { patterns: cap, of: open.length, rows: sum(open.slice(0, cap)) / sum(open) } : null,
    mostlyUnique: here >= PATTERNS_MIN && once * 2 > here,
    mostlyForeign: isMostlyForeign(table),
  };
}

function isMostlyForeign({ count, rows, texts }: PatternTable): boolean {
  const patterns = Uint32Array.from({ length: count }, (_, pattern) => pattern);
  if (count > LANGUAGE_PATTERNS) patterns.sort((a, b) => rows[b] - rows[a] || a - b);
  let all = 0, foreign = 0;
  for (const pattern of patterns.subarray(0, LANGUAGE_PATTERNS)) {
    all += rows[pattern];
    if (rows[pattern] > 0 && foreignShare(texts[pattern]) >= MOSTLY_FOREIGN) foreign += rows[pattern];
  }
  return foreign * 2 > all;
}
