import type { Dialect } from '../../contract/dialect.ts';
import { BACKSLASH, CR, LF, QUOTE, SPACE, skipSpaces } from '../read/ascii.ts';
import { cellContent } from '../read/csv-cells.ts';
import type { CellContent } from '../read/csv-cells.ts';
import { CELL_PLAIN, ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { csvSuffix, ownCells, ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import { isFormula } from './formula.ts';
import type { RowWriter } from './row-writer.ts';

const APOSTROPHE = 39;
const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

/** CSV in, CSV out: each record's own bytes, padded to the header's width, our columns, its own terminator. */
export class OriginalRows implements RowWriter {
  formulaCells = 0;
  private readonly delimiter: string;
  private readonly delimiterByte: number;
  private readonly raw: boolean;
  private readonly extra: readonly ExtraColumn[];
  private readonly content: CellContent;
  private readonly dialect: Dialect;
  /** Cells are quoted with apostrophes: other readers of CSV take none of them for quoted. */
  private readonly single: boolean;
  /** An apostrophe as it is written in front of a formula. */
  private readonly apostrophe: Uint8Array;
  private width: number;
  private bomDue: boolean;
  /** Up to here the record has been written. */
  private done = 0;
  /**
   * Some quote so far means something else to other readers: after a space, stray, or never closed. What is quoted from
   * there on may not be quoted for them.
   */
  private torn = false;

  constructor(dialect: Dialect, options: { readonly raw: boolean; readonly extra: readonly ExtraColumn[] }) {
    this.dialect = dialect;
    this.content = cellContent(dialect);
    this.single = this.torn = dialect.quote === "'";
    this.apostrophe = Uint8Array.from(this.single ? [dialect.backslash === true ? BACKSLASH : APOSTROPHE, APOSTROPHE] : [APOSTROPHE]);
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

  suffix(cells: VerdictCells): Uint8Array {
    return csvSuffix(ownCells(cells, this.extra), this.delimiter, this.raw, this.dialect);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.original(sink, entry);
    this.endCell(sink, entry);
    for (let missing = this.width - entry.fields; missing > 0; missing--) sink.byte(this.delimiterByte);
    sink.all(suffix);
    sink.copy(entry.bytes, entry.end, entry.next);
  }

  other(sink: ByteSink, entry: Entry): void {
    this.original(sink, entry);
    let padded = 0;
    if (entry.kind === ENTRY_HEADER) {
      this.endCell(sink, entry);
      for (; this.width > entry.fields + padded; padded++) sink.byte(this.delimiterByte);
      this.width = entry.fields + padded;
      sink.all(csvSuffix(ownColumnNames(this.extra, this.names(entry)), this.delimiter, true, this.dialect));
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
    this.done = entry.start;
    for (let i = 0; i < fields && !this.raw; i++) {
      let from = cells[2 * i];
      let to = cells[2 * i + 1];
      if (forms[i] === CELL_PLAIN) this.torn ||= bytes[skipSpaces(bytes, from, to)] === QUOTE;
      else {
        this.torn ||= bytes[from] === SPACE;
        while (bytes[from] === SPACE) from++;
        while (bytes[to - 1] === SPACE) to--;
        from++;
        to--;
        this.torn ||= hasStrayQuote(bytes, from, to);
      }
      if (this.single && forms[i] === CELL_PLAIN) this.guardPlain(sink, bytes, from, to);
      else this.guard(sink, bytes, from, to);
      if (forms[i] === CELL_PLAIN ? this.dialect.backslash === true : this.torn) this.guardInside(sink, bytes, from, to);
    }
    sink.copy(bytes, this.done, entry.end);
  }

  /** A backslash at the end of a record is only itself; before the delimiter of our columns it needs one of its own. */
  private endCell(sink: ByteSink, { bytes, start, end, fields, forms }: Entry): void {
    if (this.dialect.backslash !== true || fields === 0 || forms[fields - 1] !== CELL_PLAIN) return;
    let run = 0;
    while (end - run > start && bytes[end - run - 1] === BACKSLASH) run++;
    if (run % 2 === 1) sink.byte(BACKSLASH);
  }

  /** Whether bytes[from, to) is a formula, also once backslashes are undone. */
  private runs(bytes: Uint8Array, from: number, to: number): boolean {
    let p = from;
    if (this.dialect.backslash === true) while (p < to && (bytes[p] === SPACE || bytes[p] === QUOTE || bytes[p] === BACKSLASH)) p++;
    return p < to && mayStart(bytes[p]) && isFormula(bytes, p, to);
  }

  /** Puts the apostrophe before bytes[from, to) if that is a formula. */
  private guard(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    if (!this.runs(bytes, from, to)) return;
    sink.copy(bytes, this.done, from);
    sink.all(this.apostrophe);
    this.done = from;
    this.formulaCells++;
  }

  /** As `guard`, of a cell without quotes where these are apostrophes: it needs them then, and its own are doubled. */
  private guardPlain(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    if (!this.runs(bytes, from, to)) return;
    sink.copy(bytes, this.done, from);
    sink.byte(APOSTROPHE);
    sink.all(this.apostrophe);
    for (let p = from; p < to; p++) {
      // As in guardInside: an escaped delimiter begins a cell for other readers.
      if (p > from && bytes[p - 1] === this.delimiterByte && this.runs(bytes, p, this.pieceEnd(bytes, p, to))) sink.all(this.apostrophe);
      if (bytes[p] === APOSTROPHE) sink.all(this.apostrophe);
      else sink.byte(bytes[p]);
    }
    sink.byte(APOSTROPHE);
    this.done = to;
    this.formulaCells++;
  }

  /** Where a stricter reader of CSV takes quotes, or a backslash before a delimiter, for part of the text, each piece of a cell is a cell. */
  private guardInside(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    for (let end = this.pieceEnd(bytes, from, to); end < to; ) {
      const start = end + 1;
      end = this.pieceEnd(bytes, start, to);
      if (start > this.done) this.guard(sink, bytes, start, end);
    }
  }

  private pieceEnd(bytes: Uint8Array, from: number, to: number): number {
    let p = from;
    while (p < to && bytes[p] !== this.delimiterByte && bytes[p] !== LF && bytes[p] !== CR) p++;
    return p;
  }
}

/** The quoted text bytes[from, to) holds a quote that is not doubled. */
function hasStrayQuote(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) {
    if (bytes[p] !== QUOTE) continue;
    if (p + 1 >= to || bytes[p + 1] !== QUOTE) return true;
    p++;
  }
  return false;
}

/** Cheap test that spares nearly all cells the full one: letters and digits start no formula. */
function mayStart(byte: number): boolean {
  return byte <= 47 || (byte >= 58 && byte <= 64) || byte >= 127;
}
