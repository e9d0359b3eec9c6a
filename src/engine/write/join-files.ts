import type { Dialect, Encoding } from '../../contract/dialect.ts';
import { freeName } from './columns.ts';

/** How one of several files becomes part of one output. */
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
  /** Of the output: a CSV's own where it is written back as it is, else UTF-8. */
  readonly encoding: Encoding;
}

/** Formats whose records are JSON objects. */
const JSON_FORMATS: readonly string[] = ['json', 'json-document', 'docker', 'cloudtrail'];

/** How a file's records can be written back: as records of a CSV, as JSON objects, or only in the columns that every log has. */
export function recordsOf(dialect: Dialect): 'csv' | 'json' | 'entries' {
  return dialect.format === 'csv' ? 'csv' : JSON_FORMATS.includes(dialect.format) ? 'json' : 'entries';
}

/** Name of the leading column: one that the files have already stays theirs. */
export function fileColumn(columns: readonly string[]): string {
  return freeName('file', new Set(columns.map((name) => name.trim())));
}

/**
 * One file is exported as it is. Several files become one output with a leading `file` column: with their own records where all are
 * CSV of the same columns and delimiter (or, written as JSON lines, all are JSON), else with the normalised columns.
 */
export function joinPlan(files: readonly { readonly name: string; readonly dialect: Dialect }[], format: 'csv' | 'jsonl' = 'csv'): PlannedFile[] {
  const alike = files.every(({ dialect }) => shapeOf(dialect, format) === shapeOf(files[0].dialect, format));
  const normalise = files.length > 1 && !alike;
  const encodings = new Set(files.map(({ dialect }) => dialect.encoding));
  return files.map(({ name, dialect }, index) => ({
    dialect, normalise,
    encoding: format === 'csv' && dialect.format === 'csv' && !normalise && encodings.size === 1 ? dialect.encoding : 'utf-8',
    ...(files.length === 1 ? {} : { join: { file: name, first: index === 0 } }),
  }));
}

function shapeOf(dialect: Dialect, format: 'csv' | 'jsonl'): string {
  const records = recordsOf(dialect);
  if (records === 'csv') return JSON.stringify(format === 'csv' ? [dialect.delimiter, dialect.header, dialect.columns] : dialect.columns);
  return format === 'csv' ? 'entries' : records;
}
