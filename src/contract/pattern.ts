/** Version of masking and of key identity: stored with everything that refers to a key by its text. */
export const MASK_VERSION = 2;

/** HTTP status class of a line: 0 none, 1…5 for 1xx…5xx. Part of a key's identity, never masked away. */
export type HttpClass = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * The pattern table as it crosses from the reader worker to the page when reading has ended: one entry per
 * pattern, column-wise. A pattern is a set of keys; everything here is summed over its keys.
 */
export interface PatternTable {
  /** Number of patterns. */
  readonly count: number;
  /** Masked text shown for the pattern: its first key's text with `<*>` where merged keys differ. */
  readonly texts: readonly string[];
  /** Raw message of the pattern's first row, at most `EXAMPLE_CHARS` characters. */
  readonly examples: readonly string[];
  /** Rows per pattern; 0 for one that only a baseline has, whose example is from there. */
  readonly rows: Float64Array;
  /** 0-based index of first and last row, over all files. */
  readonly firstRow: Float64Array;
  readonly lastRow: Float64Array;
  /** Milliseconds since 1970-01-01T00:00Z; NaN where no row has a time. */
  readonly firstTime: Float64Array;
  readonly lastTime: Float64Array;
  /** Index into LEVELS. */
  readonly level: Uint8Array;
  /** HttpClass. */
  readonly http: Uint8Array;
  /** Index of the rule that decided every row of the pattern, or -1. */
  readonly rule: Int16Array;
  /** Flags, see PATTERN_*. */
  readonly flags: Uint8Array;
}

export const EXAMPLE_CHARS = 400;
/** The message is empty or has no letter or digit. */
export const PATTERN_NO_CONTENT = 1;
/** Stands for all keys past the cap of distinct keys. */
export const PATTERN_OVERFLOW = 2;

/**
 * Rows by pattern × source × bin, sparse: parallel arrays, one entry per cell with rows > 0, by pattern.
 * Every chart and total is a sum over these cells.
 */
export interface Cells {
  readonly pattern: Uint32Array;
  /** Index into `sources`. */
  readonly source: Uint16Array;
  readonly bin: Uint16Array;
  readonly rows: Float64Array;
  /** Names; index 0 is '' (no source named). */
  readonly sources: readonly string[];
  readonly axis: Axis;
  /** Rows without a time, when the axis is time. They are in `bin` = NO_BIN. */
  readonly untimed: number;
}

export const NO_BIN = 0xffff;

export interface Axis {
  readonly kind: 'time' | 'row';
  /** Left edge of bin 0: epoch milliseconds, or 0-based row index. */
  readonly start: number;
  /** Width of a bin in the same unit. */
  readonly width: number;
  readonly bins: number;
}
