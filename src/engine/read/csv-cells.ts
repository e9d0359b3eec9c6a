import { QUOTE, SPACE, TAB, trimEnd } from './ascii.ts';
import { CELL_DOUBLED, CELL_PLAIN } from './entry.ts';
import type { Entry } from './entry.ts';

/**
 * The content of one CSV cell: without its quotes, doubled quotes undone. Reused from record to record:
 * text[start, end) is valid until the next `read`.
 */
export class CellContent {
  text: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  private scratch = new Uint8Array(256);

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
    if (form === CELL_DOUBLED) this.undouble();
  }

  /** Takes spaces and tabs off both ends. */
  trim(): void {
    const { text } = this;
    while (this.start < this.end && (text[this.start] === SPACE || text[this.start] === TAB)) this.start++;
    this.end = trimEnd(text, this.start, this.end);
  }

  private undouble(): void {
    const { text, end } = this;
    if (this.scratch.length < end - this.start) this.scratch = new Uint8Array((end - this.start) * 2);
    const { scratch } = this;
    let n = 0;
    for (let p = this.start; p < end; p++) {
      scratch[n++] = text[p];
      if (text[p] === QUOTE && p + 1 < end && text[p + 1] === QUOTE) p++;
    }
    this.text = scratch;
    this.start = 0;
    this.end = n;
  }
}
