import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK, ENTRY_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { DockerLine } from './docker-line.ts';
import { InnerLine } from './inner-line.ts';
import { lineFeed } from './lines.ts';

/** Shape of a dialect whose texts end with a line feed, so that one that does not is the part of a longer one. */
export const WHOLE_LINES = 'docker';
/** A text is joined of parts up to so many bytes. */
const LONGEST_JOINED = 1 << 20;

/**
 * Reads what Docker's `json-file` driver writes: `{"log":"…\n","stream":"stderr","time":"…"}`. The message is the inner line
 * without its end. Docker cuts a line at 16 KiB; the parts are joined as long as they follow each other.
 * Source: https://docs.docker.com/engine/logging/drivers/json-file/
 */
export class DockerReader extends ChunkReader {
  private readonly first: DockerLine;
  private readonly further: DockerLine;
  private readonly inner: InnerLine;
  private readonly joins: boolean;
  private joined = new Uint8Array(1024);
  private length = 0;
  /** Offsets of the physical line last found: its end without and with its terminator. */
  private lineEnd = 0;
  private lineNext = 0;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.first = new DockerLine(dialect, this.entry);
    this.further = new DockerLine(dialect);
    this.inner = new InnerLine(dialect, 'log');
    this.joins = dialect.shape === WHOLE_LINES;
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry, first } = this;
    if (!this.findLine(bytes, at, to, last)) return INCOMPLETE;
    entry.bytes = bytes;
    entry.start = at;
    entry.end = this.lineEnd;
    entry.next = this.lineNext;
    entry.line = this.line;
    entry.kind = ENTRY_RECORD;
    clearEntry(entry);
    if (!first.read(bytes, at, entry.end)) this.noObject();
    else if (first.ended || !this.joins) {
      this.inner.read(entry, first.text, first.from, first.to);
      this.line++;
    } else if (!this.join(bytes, to, last)) return INCOMPLETE;
    return entry.next;
  }

  private noObject(): void {
    const { entry } = this;
    this.line++;
    clearEntry(entry);
    entry.messageEnd = entry.end;
    if (entry.end === entry.start) entry.kind = ENTRY_BLANK;
    else this.problems.add(entry.line, 'bad-json', 'The line is not what Docker writes. It is kept whole as the message.');
  }

  /** Adds the parts that follow the first one; false where more bytes are needed. */
  private join(bytes: Uint8Array, to: number, last: boolean): boolean {
    const { entry, first, further } = this;
    this.length = 0;
    this.add(first);
    let lines = 1;
    for (let ended = false; !ended && this.length < LONGEST_JOINED; lines++) {
      if (entry.next === to && last) break;
      if (entry.next === to || !this.findLine(bytes, entry.next, to, last)) return false;
      if (!further.read(bytes, entry.next, this.lineEnd) || further.stream !== first.stream) break;
      this.add(further);
      ended = further.ended;
      entry.end = this.lineEnd;
      entry.next = this.lineNext;
    }
    this.line += lines;
    this.inner.read(entry, this.joined, 0, this.length);
    return true;
  }

  private add({ text, from, to }: DockerLine): void {
    const length = this.length + to - from;
    if (length > this.joined.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(this.joined.subarray(0, this.length));
      this.joined = larger;
    }
    for (let p = from; p < to; p++) this.joined[this.length++] = text[p];
  }

  /** Finds the physical line at `at`; false where it may go on. */
  private findLine(bytes: Uint8Array, at: number, to: number, last: boolean): boolean {
    const end = lineFeed(bytes, at, to);
    if (end === to && !last) return false;
    this.lineNext = Math.min(to, end + 1);
    this.lineEnd = end > at && end < to && bytes[end] === LF && bytes[end - 1] === CR ? end - 1 : end;
    return true;
  }
}
