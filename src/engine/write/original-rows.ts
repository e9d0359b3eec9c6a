import type { Dialect } from '../../contract/dialect.ts';
import { CellContent } from '../read/csv-cells.ts';
import { CELL_PLAIN, ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { csvSuffix, ownColumnNames } from './columns.ts';
import type { ExtraColumn } from './columns.ts';
import { isFormula } from './formula.ts';
import type { RowWriter } from './row-writer.ts';

const APOSTROPHE = 39;
const QUOTE = 34;
const SPACE = 32;
const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** CSV in, CSV out: each record's own bytes, padded to the header's width, our columns, its own terminator. */
export class OriginalRows implements RowWriter {
  formulaCells = 0;
  private readonly delimiter: string;
  private readonly delimiterByte: number;
  private readonly raw: boolean;
  private readonly extra: readonly ExtraColumn[];
  private readonly content = new CellContent();
  private width: number;
  private bomDue: boolean;

  constructor(dialect: Dialect, options: { readonly raw: boolean; readonly extra: readonly ExtraColumn[] }) {
    this.delimiter = dialect.delimiter;
    this.delimiterByte = dialect.delimiter.charCodeAt(0);
    this.raw = options.raw;
    this.extra = options.extra;
    this.width = dialect.columns.length;
    this.bomDue = dialect.bom > 0;
  }

  begin(sink: ByteSink): void {
    if (this.bomDue) sink.all(BOM);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.original(sink, entry);
    for (let missing = this.width - entry.fields; missing > 0; missing--) sink.byte(this.delimiterByte);
    sink.all(suffix);
    sink.copy(entry.bytes, entry.end, entry.next);
  }

  other(sink: ByteSink, entry: Entry): void {
    this.original(sink, entry);
    if (entry.kind === ENTRY_HEADER) {
      this.width = entry.fields;
      sink.all(csvSuffix(ownColumnNames(this.extra, this.names(entry)), this.delimiter, true));
    }
    sink.copy(entry.bytes, entry.end, entry.next);
  }

  private names(entry: Entry): string[] {
    const { content } = this;
    return Array.from({ length: entry.fields }, (_, column) => {
      content.read(entry, column);
      return new TextDecoder().decode(content.text.subarray(content.start, content.end));
    });
  }

  /** The record's bytes; unless raw, with an apostrophe in front of what a spreadsheet would run. */
  private original(sink: ByteSink, entry: Entry): void {
    const { bytes, cells, forms, fields } = entry;
    let done = entry.start;
    for (let i = 0; i < fields && !this.raw; i++) {
      let from = cells[2 * i];
      let to = cells[2 * i + 1];
      if (forms[i] !== CELL_PLAIN) {
        while (bytes[from] === SPACE) from++;
        while (bytes[to - 1] === SPACE) to--;
        from++;
        to--;
      }
      if (from >= to || !mayStart(bytes[from]) || !isFormula(bytes, from, to)) continue;
      sink.copy(bytes, done, from);
      sink.byte(APOSTROPHE);
      done = from;
      this.formulaCells++;
    }
    sink.copy(bytes, done, entry.end);
  }
}

/** Cheap test that spares nearly all cells the full one: letters and digits start no formula. */
function mayStart(byte: number): boolean {
  return byte <= 47 || (byte >= 58 && byte <= 64) || byte === 0xef || byte === QUOTE;
}
