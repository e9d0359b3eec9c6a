import type { Dialect } from '../../contract/dialect.ts';
import { CR } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { afterTerminator } from './csv-scan.ts';
import { ENTRY_RECORD } from './entry.ts';
import type { Resume } from './entry.ts';
import { LineHeader } from './header.ts';
import { MOST_BYTES, lineEnd, lineFeed } from './lines.ts';

/**
 * For formats whose own rules say which lines make an entry: a line that `starts` one, then lines that `goesOn`. A line that
 * does neither is an entry of its own, so that every line comes out.
 */
export abstract class JoinedReader extends ChunkReader {
  /** Reads headers of entries. */
  protected readonly header: LineHeader;
  private readonly loneCr: boolean;

  constructor(dialect: Dialect, resume: Resume | undefined) {
    super(dialect, resume);
    this.header = new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    this.loneCr = dialect.loneCr;
    this.entry.kind = ENTRY_RECORD;
  }

  /** Looks at the first line, entry.bytes[start, end). Returns whether further lines may belong to it. */
  protected abstract starts(): boolean;

  /** Whether the line bytes[at, end), which follows, belongs to the entry too. */
  protected abstract goesOn(bytes: Uint8Array, at: number, end: number): boolean;

  /** Fills the entry, whose span is set. `lines`: how many it has. `firstEnd`: where the first ends. */
  protected abstract fill(lines: number, firstEnd: number): void;

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    const newline = this.end(bytes, at, to);
    let next = this.after(bytes, newline, to, last);
    if (next === INCOMPLETE) return INCOMPLETE;
    entry.bytes = bytes;
    entry.start = at;
    entry.end = this.trimmed(bytes, at, newline);
    const firstEnd = entry.end;
    let lines = 1;
    let end = firstEnd;
    this.header.keepYears();
    if (this.starts()) {
      while (next < to || !last) {
        const stop = this.end(bytes, next, to);
        const then = this.after(bytes, stop, to, last);
        if (then === INCOMPLETE) {
          // The entry is read again with more bytes: the years must follow from the entries before it, as the first time.
          this.header.goBack();
          return INCOMPLETE;
        }
        const lineStop = this.trimmed(bytes, next, stop);
        if (then - at > MOST_BYTES || !this.goesOn(bytes, next, lineStop)) break;
        end = lineStop;
        next = then;
        lines++;
      }
    }
    entry.end = end;
    entry.next = next;
    entry.line = this.line;
    this.line += lines;
    this.fill(lines, firstEnd);
    return next;
  }

  private end(bytes: Uint8Array, at: number, to: number): number {
    return this.loneCr ? lineEnd(bytes, at, to) : lineFeed(bytes, at, to);
  }

  /** Offset after the terminator at `end`; INCOMPLETE where that is not known yet. */
  private after(bytes: Uint8Array, end: number, to: number, last: boolean): number {
    if (end === to) return last ? to : INCOMPLETE;
    return this.loneCr ? afterTerminator(bytes, end, to, last) : end + 1;
  }

  private trimmed(bytes: Uint8Array, at: number, end: number): number {
    return !this.loneCr && end > at && bytes[end - 1] === CR ? end - 1 : end;
  }
}
