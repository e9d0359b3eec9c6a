import type { Dialect } from '../../contract/dialect.ts';

/** How one of several files becomes part of one CSV. */
export interface JoinPart {
  /** Value of the leading `file` column. */
  readonly file: string;
  /** The first file brings the header. */
  readonly first: boolean;
}

export interface PlannedFile {
  readonly dialect: Dialect;
  /** Absent where there is only one file. */
  readonly join?: JoinPart;
  /** Write the normalised columns whatever the input. */
  readonly normalise: boolean;
}

/**
 * One file is exported as it is. Several files become one CSV with a leading `file` column: with their own bytes where all are
 * CSV of the same columns and delimiter, else with the normalised columns.
 */
export function joinPlan(files: readonly { readonly name: string; readonly dialect: Dialect }[]): PlannedFile[] {
  if (files.length === 1) return [{ dialect: files[0].dialect, normalise: false }];
  const alike = files.every(({ dialect }) => shapeOf(dialect) === shapeOf(files[0].dialect));
  return files.map(({ name, dialect }, index) => ({ dialect, join: { file: name, first: index === 0 }, normalise: !alike }));
}

function shapeOf(dialect: Dialect): string {
  return JSON.stringify(dialect.format === 'csv' ? [dialect.delimiter, dialect.header, dialect.columns] : ['entries']);
}
