import type { Dialect } from '../../contract/dialect.ts';
import type { RowView } from '../../contract/view.ts';
import { ROW_CHARS } from '../../contract/view.ts';
import { LINE_STEP, timeAt } from '../patterns/row-store.ts';
import type { Block, RowStore } from '../patterns/row-store.ts';
import { CR, LF } from '../read/ascii.ts';
import { ENTRY_RECORD } from '../read/entry.ts';
import { openReader } from '../read/formats.ts';
import type { ScanInput } from './scan.ts';

/** Bytes read where a record's end is not known from the next row's start; of a file whose entries are lines, fewer. */
const TAIL_BYTES = 1 << 20;
const LINE_TAIL_BYTES = 1 << 16;
/** Consecutive rows within so many bytes are fetched in one read. */
const SPAN_BYTES = 1 << 22;

/** Reads rows again from their files, by offset: text of rows is never kept. */
export class RowReader {
  private readonly store: RowStore;
  private readonly inputs: readonly ScanInput[];
  private readonly patternOf: Uint32Array;

  constructor(store: RowStore, inputs: readonly ScanInput[], patternOf: Uint32Array) {
    this.store = store;
    this.inputs = inputs;
    this.patternOf = patternOf;
  }

  /** The given rows (ascending indices), in order. */
  async read(rows: ArrayLike<number>): Promise<RowView[]> {
    const jobs: Promise<RowView[]>[] = [];
    for (let from = 0; from < rows.length; ) {
      let to = from + 1;
      const first = this.place(rows[from]);
      while (to < rows.length && this.near(first, this.place(rows[to]))) to++;
      jobs.push(this.readSpan(Array.from({ length: to - from }, (_, at) => rows[from + at])));
      from = to;
    }
    return (await Promise.all(jobs)).flat();
  }

  private near(first: Place, other: Place): boolean {
    return other.block.file === first.block.file && other.end - first.start <= SPAN_BYTES;
  }

  private async readSpan(rows: readonly number[]): Promise<RowView[]> {
    const first = this.place(rows[0]);
    const last = this.place(rows[rows.length - 1]);
    const bytes = await this.inputs[first.block.file].source.read(first.start, last.end - first.start);
    const lines = await this.lineNumbers(rows, { start: first.start, bytes });
    return rows.map((row, at) => {
      const place = this.place(row);
      const from = place.start - first.start;
      return this.view(row, place, lines[at], bytes.subarray(from, Math.min(bytes.length, place.end - first.start)));
    });
  }

  private view(row: number, place: Place, line: number, bytes: Uint8Array): RowView {
    const { block, at } = place;
    let message = '', raw = '';
    let lines = 1;
    let found = false;
    const reader = openReader(this.inputs[block.file].dialect, { line });
    reader.push(bytes, 0, bytes.length, true, (entry) => {
      if (found || entry.kind !== ENTRY_RECORD) return;
      found = true;
      raw = text(entry.bytes, entry.start, entry.end);
      lines += lineFeeds(entry.bytes, entry.start, entry.end);
      message = text(entry.text, entry.messageStart, entry.messageEnd);
    });
    return { row, file: block.file, line, lines, pattern: this.patternOf[block.keys[at]], source: block.sources[at], time: timeAt(block, at), raw, message };
  }

  /** Physical lines of rows, counted from the nearest noted one. @param held bytes that have been read already: a read of its own for each row would take most of the time */
  private async lineNumbers(rows: readonly number[], held: Held): Promise<number[]> {
    const lines: number[] = [];
    for (const row of rows) {
      const { block, at } = this.place(row);
      const step = Math.floor(at / LINE_STEP);
      const noted = block.lines[step];
      if (lineByLine(this.inputs[block.file].dialect)) {
        lines.push(noted + (at - step * LINE_STEP));
        continue;
      }
      const previous = lines.length > 0 ? rows[lines.length - 1] : -1;
      const from = previous >= block.firstRow + step * LINE_STEP ? previous : block.firstRow + step * LINE_STEP;
      const start = from === previous ? lines[lines.length - 1] : noted;
      lines.push(start + (await this.lineEnds(block, from - block.firstRow, at, held)));
    }
    return lines;
  }

  /** Ends of lines in the bytes of rows [from, to) of a block. */
  private async lineEnds(block: Block, from: number, to: number, held: Held): Promise<number> {
    const { source, dialect } = this.inputs[block.file];
    // Records of CSV, and lines of files that have no LF, may end in a lone CR.
    const loneCr = dialect.format === 'csv' || dialect.loneCr;
    const end = block.base + block.offsets[to];
    let ends = 0;
    let before = 0;
    for (let start = block.base + block.offsets[from]; start < end; start += SPAN_BYTES) {
      const length = Math.min(SPAN_BYTES, end - start);
      const at = start - held.start;
      const bytes = at >= 0 && at + length <= held.bytes.length ? held.bytes.subarray(at, at + length) : await source.read(start, length);
      for (const byte of bytes) {
        if (byte === CR ? loneCr : byte === LF && !(loneCr && before === CR)) ends++;
        before = byte;
      }
    }
    return ends;
  }

  private place(row: number): Place {
    const block = this.store.blockOf(row);
    const at = row - block.firstRow;
    const start = block.base + block.offsets[at];
    const next = row + 1 < this.store.count ? this.store.blockOf(row + 1) : null;
    const size = this.inputs[block.file].source.size;
    const end = next !== null && next.file === block.file ? next.base + next.offsets[row + 1 - next.firstRow] : Math.min(size, start + (lineByLine(this.inputs[block.file].dialect) ? LINE_TAIL_BYTES : TAIL_BYTES));
    return { block, at, start, end: Math.min(end, start + SPAN_BYTES) };
  }
}

/** Bytes of a file from `start` on. */
interface Held {
  readonly start: number;
  readonly bytes: Uint8Array;
}

interface Place {
  readonly block: Block;
  readonly at: number;
  /** File offsets; `end` is where the next row starts or a bound on it. */
  readonly start: number;
  readonly end: number;
}

/** Each row is one physical line. */
function lineByLine({ format, grouping }: Dialect): boolean {
  return (format === 'lines' || format === 'plain') && grouping === 'line';
}

function lineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === LF) count++;
  return count;
}

const decoder = new TextDecoder();

function text(bytes: Uint8Array, start: number, end: number): string {
  const cut = Math.min(end, start + ROW_CHARS);
  return decoder.decode(bytes.subarray(start, cut)) + (cut < end ? '…' : '');
}
