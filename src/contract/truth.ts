/** Labels that a column of the open files gives their rows: what verdicts are compared with, and models can learn from. */
export interface Truth {
  /** The column's name, in the first file that has one. */
  readonly column: string;
  /** As written, in order of appearance, at most TRUE_LABELS_MAX. */
  readonly labels: readonly string[];
  /** Rows by pattern × label, sparse: parallel arrays, one entry per pair with rows > 0, by rising pattern, then label. */
  readonly pattern: Uint32Array;
  /** Index into `labels`. */
  readonly label: Uint8Array;
  readonly rows: Float64Array;
  /** The column has more different values than labels have; nothing of it is kept then. */
  readonly tooMany: boolean;
}

/** A row's label is one byte, 0 for none. */
export const TRUE_LABELS_MAX = 254;
