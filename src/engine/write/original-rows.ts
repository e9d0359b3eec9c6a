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
    for (let missing = this.width - entry.fields; missing > 0; missing--) sink.byte(this.delimiterByte);
    sink.all(suffix);
    sink.copy(entry.bytes, entry.end, entry.next);
  }

  other(sink: ByteSink, entry: Entry): void {
    this.original(sink, entry);
    let padded = 0;
    if (entry.kind === ENTRY_HEADER) {
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
      if (this.torn && forms[i] !== CELL_PLAIN) this.guardInside(sink, bytes, from, to);
    }
    sink.copy(bytes, this.done, entry.end);
  }

  /** Puts the apostrophe before bytes[from, to) if that is a formula. */
  private guard(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    if (from >= to || !mayStart(bytes[from]) || !isFormula(bytes, from, to)) return;
    sink.copy(bytes, this.done, from);
    sink.all(this.apostrophe);
    this.done = from;
    this.formulaCells++;
  }

  /** As `guard`, of a cell without quotes where these are apostrophes: it needs them then, and its own are doubled. */
  private guardPlain(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    if (from >= to || !mayStart(bytes[from]) || !isFormula(bytes, from, to)) return;
    sink.copy(bytes, this.done, from);
    sink.byte(APOSTROPHE);
    sink.all(this.apostrophe);
    for (let p = from; p < to; p++) {
      if (bytes[p] === APOSTROPHE) sink.all(this.apostrophe);
      else sink.byte(bytes[p]);
    }
    sink.byte(APOSTROPHE);
    this.done = to;
    this.formulaCells++;
  }

  /** Where a stricter reader of CSV takes the quotes for part of the text, each piece of a quoted cell is a cell. */
  private guardInside(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
    let start = -1;
    for (let p = from; p <= to; p++) {
      if (p < to && bytes[p] !== this.delimiterByte && bytes[p] !== LF && bytes[p] !== CR) continue;
      if (start >= 0) this.guard(sink, bytes, start, p);
      start = p + 1;
    }
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
  return byte <= 47 || (byte >= 58 && byte <= 64) || byte === 0xef || byte === QUOTE;
}
