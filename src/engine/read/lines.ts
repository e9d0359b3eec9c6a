import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { afterTerminator } from './csv-scan.ts';
import { ENTRY_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { LineHeader } from './header.ts';

/** Up to here a loop finds the end of a line sooner than a call does. */
const NEAR = 256;

/**
 * Every physical line is an entry, empty lines included. LF and CRLF end a line; a lone CR does in files whose
 * sample has no LF. The header of a line (time, level, source) is taken off its message where one is recognised.
 */
export class LineReader extends ChunkReader {
  private readonly loneCr: boolean;
  private readonly header: LineHeader | undefined;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.loneCr = dialect.loneCr;
    this.header = dialect.shape === '' ? undefined : new LineHeader(dialect.assumedYear, dialect.dayFirst);
    this.entry.kind = ENTRY_RECORD;
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    let end = this.loneCr ? lineEnd(bytes, at, to) : lineFeed(bytes, at, to);
    if (end === to && !last) return INCOMPLETE;
    const next = this.loneCr ? afterTerminator(bytes, end, to, last) : Math.min(to, end + 1);
    if (next === INCOMPLETE) return INCOMPLETE;
    if (!this.loneCr && end > at && bytes[end - 1] === CR) end--;
    entry.bytes = bytes;
    entry.start = at;
    entry.end = end;
    entry.next = next;
    entry.line = this.line++;
    if (this.header === undefined) {
      clearEntry(entry);
      entry.messageEnd = end;
    } else this.header.read(entry);
    return next;
  }
}

/** Offset of the first LF in [at, to), or `to`. */
export function lineFeed(bytes: Uint8Array, at: number, to: number): number {
  const near = Math.min(to, at + NEAR);
  let p = at;
  while (p < near && bytes[p] !== LF) p++;
  if (p < near || p === to) return p;
  const found = bytes.indexOf(LF, p);
  return found < 0 || found > to ? to : found;
}

/** Offset of the first CR or LF in [at, to), or `to`. */
function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  let p = at;
  while (p < to && bytes[p] !== LF && bytes[p] !== CR) p++;
  return p;
}
