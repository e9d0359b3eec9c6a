import type { Filter } from './view.ts';

/** Columns that are written on request, in this order. */
export const EXTRA_COLUMNS = ['pattern', 'best_guess', 'reason', 'provisional'] as const;
export type ExtraColumn = (typeof EXTRA_COLUMNS)[number];

/** What redaction replaces. Each value becomes the same stand-in wherever it occurs, e.g. "[ip 3fa9c1]". */
export const REDACTIONS = ['address', 'email', 'token', 'card'] as const;
export type RedactionKind = (typeof REDACTIONS)[number];

export interface Redaction {
  readonly kinds: readonly RedactionKind[];
  /** The person's own expressions, RE2 syntax. */
  readonly own: readonly string[];
  /** Stand-ins are a keyed hash of the value: equal values look alike in everything saved with one key, and nobody without it can check a guess. 16 bytes. */
  readonly key: Uint8Array;
}

export interface ExportOptions {
  readonly format: 'csv' | 'jsonl';
  /** Leave cells as they are, formulas included. */
  readonly raw: boolean;
  readonly extra: readonly ExtraColumn[];
  /** Why, by pattern; needed with the column `reason` only. */
  readonly reasons: readonly string[] | null;
  readonly filter: Filter;
  readonly redaction: Redaction | null;
}

export interface ExportStep {
  /** The next part of the output file; the caller owns it. */
  readonly bytes: Uint8Array;
  readonly done: boolean;
  /** Rows written so far. */
  readonly rows: number;
  /** Input bytes gone through so far, and in all. */
  readonly read: number;
  readonly total: number;
  readonly formulaCells: number;
  /** Values replaced by redaction so far. */
  readonly redacted: number;
  /** Characters of our own columns that the file's encoding lacks, written as "?". */
  readonly unwritable: number;
}

/** Some rows as redaction would leave them. */
export interface RedactionPreview {
  readonly rows: readonly { readonly row: number; readonly before: string; readonly after: string; readonly values: number }[];
  /** Rows looked at, and how many of them would change. */
  readonly seen: number;
  readonly changed: number;
}

/** SHA-256 of the inputs as they were dropped, hex, in order; those that are still to come are missing. */
export interface DigestStep {
  readonly hashes: readonly string[];
  /** Of each file, in bytes: as much of it as was read, where it grows. */
  readonly sizes: readonly number[];
  readonly read: number;
  readonly total: number;
  readonly done: boolean;
}
