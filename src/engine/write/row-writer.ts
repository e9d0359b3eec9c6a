import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import type { VerdictCells } from './columns.ts';

/** Writes the entries of one kind of export. */
export interface RowWriter {
  /** Cells of the original that got a leading ' so that no spreadsheet runs them. */
  readonly formulaCells: number;
  /** Called once, before any entry, also where none follows. */
  begin(sink: ByteSink): void;
  /** Our columns for one verdict, as they are appended to each record that has it. */
  suffix(cells: VerdictCells): Uint8Array;
  /** A record; `suffix`: what `suffix` gave for its verdict. */
  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void;
  /** A header or a blank line. */
  other(sink: ByteSink, entry: Entry): void;
}
