import { BACKSLASH, CR, LF, QUOTE, SPACE } from './ascii.ts';
import { INCOMPLETE } from './chunks.ts';
import { CELL_DOUBLED, CELL_PLAIN, CELL_QUOTED } from './entry.ts';

/** A quote was opened that never closes properly. */
export const NEVER_CLOSED = -2;
const LITERAL = -3;

/** A quoted record may be this long before its quote counts as never closed. */
export const OPEN_QUOTE_LIMIT = 16 * 1024 * 1024;

/**
 * Finds the end of one CSV record and its cells: RFC 4180, with what real files add. A cell may have spaces
 * around its quotes; LF, CRLF and lone CR all end a record; a quote inside a plain cell is literal; so is one
 * inside a quoted cell unless it is followed by the delimiter or the end of the line.
 */
export class CsvScanner {
  /** Span of each cell of the record, quotes included. */
  cells = new Int32Array(128);
  forms = new Uint8Array(64);
  fields = 0;
  /** End of the record without its terminator. */
  end = 0;
  /** Newlines inside quotes. */
  innerLines = 0;
  /** Quotes inside quoted cells that are neither doubled nor closing. */
  strayQuotes = 0;
  /** Cells that open with a quote which does not close on its line, while only such count. */
  openQuotes = 0;
  /** How far the last scan looked, in bytes from the start of the record. */
  reach = 0;
  private form: number = CELL_PLAIN;
  private readonly delimiter: number;
  private readonly quote: number;
  /** The byte that takes the meaning of the one after it; −1 if none does. */
  private readonly escape: number;

  constructor(delimiter: number, quote: number = QUOTE, backslash = false) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.escape = backslash ? BACKSLASH : -1;
  }

  /**
   * Scans the record that starts at `at`. Returns the offset after its terminator, INCOMPLETE (never when
   * `last`) or NEVER_CLOSED. `sameLine`: a cell is quoted only if its quote closes on the same line.
   */
  scan(bytes: Uint8Array, at: number, to: number, last: boolean, sameLine: boolean): number {
    const { delimiter, quote, escape } = this;
    let p = at;
    let field = 0;
    this.innerLines = this.strayQuotes = this.openQuotes = 0;
    for (;;) {
      const start = p;
      let form: number = CELL_PLAIN;
      if (p < to && (bytes[p] === quote || bytes[p] === SPACE)) {
        const after = this.quoted(bytes, at, p, to, last, sameLine);
        if (after >= 0) {
          p = after;
          form = this.form;
        } else if (after !== LITERAL) return after;
      }
      p = escape < 0 ? cellEnd(bytes, p, to, delimiter) : escapedCellEnd(bytes, p, to, delimiter, escape);
      if (p === to && !last) return INCOMPLETE;
      if (field === this.forms.length) this.grow();
      this.cells[2 * field] = start;
      this.cells[2 * field + 1] = p;
      this.forms[field++] = form;
      if (p === to || bytes[p] !== delimiter) break;
      p++;
    }
    this.fields = field;
    this.end = p;
    return afterTerminator(bytes, p, to, last);
  }

  /**
   * The cell at `at` starts with a quote or a space. Where it is quoted, returns the offset of the delimiter or
   * terminator after it, else LITERAL, INCOMPLETE or NEVER_CLOSED.
   */
  private quoted(bytes: Uint8Array, record: number, at: number, to: number, last: boolean, sameLine: boolean): number {
    let p = at;
    while (p < to && bytes[p] === SPACE) p++;
    if (p === to) return last ? LITERAL : INCOMPLETE;
    const { quote, escape } = this;
    const high = Math.max(quote, escape);
    if (bytes[p] !== quote) return LITERAL;
    const oneLine = sameLine || p > at;
    const limit = Math.min(to, record + OPEN_QUOTE_LIMIT);
    let lines = 0;
    let strays = 0;
    let doubled = false;
    p++;
    for (; p < limit; p++) {
      const byte = bytes[p];
      if (byte > high) continue;
      if (byte === quote) {
        if (p + 1 < to && bytes[p + 1] === quote) {
          doubled = true;
          p++;
          continue;
        }
        const after = this.closing(bytes, p + 1, to, last);
        if (after === INCOMPLETE) return INCOMPLETE;
        if (after >= 0) {
          this.form = doubled ? CELL_DOUBLED : CELL_QUOTED;
          this.innerLines += lines;
          this.strayQuotes += strays;
          return after;
        }
        if (oneLine) return this.literal();
        strays++;
        if (lines > 0) return this.neverClosed(p - record);
      } else if (byte === LF || byte === CR) {
        if (oneLine) return this.literal();
        if (byte === LF || p + 1 >= to || bytes[p + 1] !== LF) lines++;
      } else if (byte === escape) {
        doubled = true;
        if (p + 1 < to && bytes[p + 1] !== LF && bytes[p + 1] !== CR) p++;
      }
    }
    if (limit < to) return oneLine ? this.literal() : this.neverClosed(limit - record);
    if (!last) return INCOMPLETE;
    return oneLine ? this.literal() : this.neverClosed(p - record);
  }

  private literal(): number {
    this.openQuotes++;
    return LITERAL;
  }

  private neverClosed(reach: number): number {
    this.reach = reach;
    return NEVER_CLOSED;
  }

  /** After a quote at at − 1: where its cell ends, if only spaces stand between; else INCOMPLETE or LITERAL. */
  private closing(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    let p = at;
    while (p < to && bytes[p] === SPACE) p++;
    if (p === to) return last ? p : INCOMPLETE;
    const byte = bytes[p];
    return byte === this.delimiter || byte === LF || byte === CR ? p : LITERAL;
  }

  private grow(): void {
    const cells = new Int32Array(this.cells.length * 2);
    cells.set(this.cells);
    this.cells = cells;
    const forms = new Uint8Array(this.forms.length * 2);
    forms.set(this.forms);
    this.forms = forms;
  }
}

/** Offset of the delimiter or end of line that ends the plain cell at `at`, or `to`. */
function cellEnd(bytes: Uint8Array, at: number, to: number, delimiter: number): number {
  const high = delimiter > CR ? delimiter : CR;
  let p = at;
  while (p < to) {
    const byte = bytes[p];
    if (byte <= high && (byte === delimiter || byte === LF || byte === CR)) break;
    p++;
  }
  return p;
}

/** As cellEnd, where `escape` takes the meaning of a delimiter after it. */
function escapedCellEnd(bytes: Uint8Array, at: number, to: number, delimiter: number, escape: number): number {
  let p = at;
  while (p < to) {
    const byte = bytes[p];
    if (byte === delimiter || byte === LF || byte === CR) break;
    if (byte === escape && p + 1 < to && bytes[p + 1] !== LF && bytes[p + 1] !== CR) p++;
    p++;
  }
  return p;
}

/** Offset after the LF, CRLF, lone CR or end of bytes at `at`; INCOMPLETE where a CR may yet be followed by LF. */
export function afterTerminator(bytes: Uint8Array, at: number, to: number, last: boolean): number {
  if (at === to) return to;
  if (bytes[at] === LF) return at + 1;
  if (at + 1 < to) return bytes[at + 1] === LF ? at + 2 : at + 1;
  return last ? at + 1 : INCOMPLETE;
}
