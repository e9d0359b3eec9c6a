import type { Dialect } from '../../contract/dialect.ts';
import { BACKSLASH, QUOTE, SPACE, TAB, isDigit, isLetter, trimEnd } from './ascii.ts';
import { CELL_DOUBLED, CELL_PLAIN } from './entry.ts';
import type { Entry } from './entry.ts';

/** For the cells of files that are read so. */
export function cellContent(dialect: Dialect): CellContent {
  return new CellContent((dialect.quote ?? '"').charCodeAt(0), dialect.backslash);
}

/**
 * The content of one CSV cell: without its quotes, doubled quotes (and backslashes, where the dialect has them) undone. Reused from record to record:
 * text[start, end) is valid until the next `read`.
 */
export class CellContent {
  text: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  private scratch = new Uint8Array(256);
  private readonly quote: number;
  private readonly backslash: boolean;

  /** As the scanner that found the cells. */
  constructor(quote: number = QUOTE, backslash = false) {
    this.quote = quote;
    this.backslash = backslash;
  }

  /** Reads cell `column` of the entry; empty where the record has none or `column` is -1. */
  read(entry: Entry, column: number): void {
    const { bytes } = entry;
    this.text = bytes;
    if (column < 0 || column >= entry.fields) {
      this.start = this.end = entry.start;
      return;
    }
    const form = entry.forms[column];
    let start = entry.cells[2 * column];
    let end = entry.cells[2 * column + 1];
    if (form !== CELL_PLAIN) {
      while (bytes[start] === SPACE) start++;
      while (bytes[end - 1] === SPACE) end--;
      start++;
      end--;
    }
    this.start = start;
    this.end = end;
    if (form === CELL_DOUBLED || (this.backslash && form === CELL_PLAIN)) this.undouble(form !== CELL_PLAIN);
  }

  /** Takes spaces and tabs off both ends. */
  trim(): void {
    const { text } = this;
    while (this.start < this.end && (text[this.start] === SPACE || text[this.start] === TAB)) this.start++;
    this.end = trimEnd(text, this.start, this.end);
  }

  private undouble(quoted: boolean): void {
    const { text, end, quote, backslash } = this;
    if (this.scratch.length < end - this.start) this.scratch = new Uint8Array((end - this.start) * 2);
    const { scratch } = this;
    let n = 0;
    for (let p = this.start; p < end; p++) {
      // A backslash before a letter is the letter's own: a path, or an escape that only a programmer wants undone.
      if (backslash && text[p] === BACKSLASH && p + 1 < end && !isLetter(text[p + 1]) && !isDigit(text[p + 1])) {
        scratch[n++] = text[++p];
        continue;
      }
      scratch[n++] = text[p];
      if (quoted && text[p] === quote && p + 1 < end && text[p + 1] === quote) p++;
    }
    this.text = scratch;
    this.start = 0;
    this.end = n;
  }
}
