import type { Unsure } from './verdict.ts';

/** `<main data-stage>`: see "For automated checks" in the README. */
export type Stage = 'empty' | 'reading' | 'working' | 'ready' | 'failed';

/** Verdicts of all patterns, column-wise, parallel to the pattern table. */
export interface VerdictColumns {
  /** Category names that the codes below index: the built-in ones, Unclassified (UNCLASSIFIED_CODE), then those that people added. */
  readonly labels: readonly string[];
  readonly label: Uint8Array;
  /** Code of the likeliest category; NO_GUESS if there is none. */
  readonly guess: Uint8Array;
  readonly confidence: Float32Array;
  /** Index into DECIDERS. */
  readonly decider: Uint8Array;
  /** Index into UNSURE. */
  readonly unsure: Uint8Array;
  /** 1 where nothing more will change the verdict in this run. */
  readonly final: Uint8Array;
  /** 1 where the pattern counts as a problem (derived, never exported as the label). */
  readonly problem: Uint8Array;
}
export const NO_GUESS = 255;
export const UNSURE = ['', 'unsure', 'unlike', 'no-content', 'pending'] as const satisfies readonly Unsure[];

/** Which rows or patterns a view shows. All given conditions must hold. */
export interface Filter {
  /** Codes into VerdictColumns.labels; null = all. */
  readonly labels: readonly number[] | null;
  /** Indices into Cells.sources; null = all. */
  readonly sources: readonly number[] | null;
  /** Indices into the pattern table; null = all. */
  readonly patterns: readonly number[] | null;
  /** Bins [first, last] of the axis, inclusive; null = all. Of the axis of `zoom`, where that is given. */
  readonly bins: readonly [number, number] | null;
  /** The part of the axis that is looked at more closely, [from, to): epoch ms, or row numbers where the axis is by row; null = all of it. */
  readonly zoom: readonly [number, number] | null;
  /** Case-insensitive text that the row (or the pattern's text or example) must contain; '' = all. */
  readonly text: string;
  readonly problemsOnly: boolean;
  /** Codes into Truth.labels that the file itself gives a row; null = all, rows without one too. Of patterns: those that have such a row. */
  readonly truths: readonly number[] | null;
}
export const NO_FILTER: Filter = { labels: null, sources: null, patterns: null, bins: null, zoom: null, text: '', problemsOnly: false, truths: null };

/** Whether a filter lets everything through. Covers fields that are added later. */
export function selectsAll(filter: Filter): boolean {
  return (Object.keys(NO_FILTER) as (keyof Filter)[]).every((field) => filter[field] === NO_FILTER[field]);
}

/** One row as the row viewer shows it, re-read from the file. */
export interface RowView {
  /** 0-based over all files. */
  readonly row: number;
  /** 0-based index of its file. */
  readonly file: number;
  /** First physical line in its file, from 1. */
  readonly line: number;
  /** Physical lines that it stands on. */
  readonly lines: number;
  readonly pattern: number;
  /** Index into Cells.sources. */
  readonly source: number;
  /** Epoch ms, NaN if none. */
  readonly time: number;
  /** The record as it stands in the file, cut to ROW_CHARS. */
  readonly raw: string;
  /** Its message. */
  readonly message: string;
}
export const ROW_CHARS = 4000;

export interface Progress {
  readonly what: 'reading' | 'merging' | 'loading-model' | 'voting' | 'saving' | 'hashing';
  /** In `unit`; `total` 0 = not known yet. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'patterns' | 'rows';
}

/** Totals while a file is still being read. */
export interface SoFar {
  readonly entries: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly keys: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** Entries that a rule decided, by category name. */
  readonly byRule: Readonly<Record<string, number>>;
}

/** A message in `[role=alert]`: what happened, to which file and line, and what now. */
export interface Alert {
  readonly id: number;
  readonly code: string;
  readonly message: string;
}

