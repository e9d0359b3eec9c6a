import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';

/** Writes the entries of one kind of export. */
export interface RowWriter {
  /** Cells of the original that got a leading ' so that no spreadsheet runs them. */
  readonly formulaCells: number;
  /** Called once, before any entry, also where none follows. */
  begin(sink: ByteSink): void;
  /** A record; `suffix`: delimiter and value of each of our columns. */
  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void;
  /** A header or a blank line. */
  other(sink: ByteSink, entry: Entry): void;
}
