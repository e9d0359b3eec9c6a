import { SPACE, isDigit } from './ascii.ts';
import { newEntry } from './entry.ts';
import { startsWith, tokenEnd } from './header-words.ts';
import { JoinedReader } from './joined-lines.ts';

const STREAM = ' stdout '.length;
const PARTIAL = 80;
const FULL = 70;

/**
 * What Kubernetes' container runtimes write: "2024-01-02T03:04:05.678901234Z stdout F message". A line longer than the runtime's
 * buffer comes in parts, all but the last tagged P: together they are one entry, whose message is put together again.
 * Source: Kubernetes, "Kubelet: Runtime Admin's Guide, log format" (CRI).
 */
export class CriReader extends JoinedReader {
  /** An entry that was put together, without the headers of its later lines. */
  private readonly whole = newEntry();
  private buffer = new Uint8Array(0);
  private used = 0;
  /** Of the last line looked at: its stream is stderr; its tag is P. */
  private errors = false;
  private partial = false;

  protected override starts(): boolean {
    const { bytes, start, end } = this.entry;
    const content = this.tag(bytes, start, end);
    this.used = 0;
    if (content < 0 || !this.partial) return false;
    this.add(bytes, start, end);
    return true;
  }

  protected override goesOn(bytes: Uint8Array, at: number, end: number): boolean {
    if (!this.partial) return false;
    const { errors } = this;
    const content = this.tag(bytes, at, end);
    if (content < 0 || this.errors !== errors) return false;
    this.add(bytes, content, end);
    return true;
  }

  protected override fill(lines: number): void {
    const { entry, whole } = this;
    if (lines === 1) {
      this.header.read(entry);
      return;
    }
    whole.bytes = this.buffer;
    whole.end = this.used;
    this.header.read(whole);
    entry.text = entry.sourceText = entry.timeText = this.buffer;
    entry.messageStart = whole.messageStart;
    entry.messageEnd = whole.messageEnd;
    entry.sourceStart = whole.sourceStart;
    entry.sourceEnd = whole.sourceEnd;
    entry.timeStart = whole.timeStart;
    entry.timeEnd = whole.timeEnd;
    entry.level = whole.level;
    entry.time = whole.time;
  }

  /** Offset of what follows "time stream tag "; −1 where that does not stand at `at`. Notes stream and tag. */
  private tag(bytes: Uint8Array, at: number, end: number): number {
    const time = isDigit(bytes[at]) ? tokenEnd(bytes, at, end) : -1;
    if (time < 0) return -1;
    const errors = startsWith(bytes, time, end, ' stderr ');
    if (!errors && !startsWith(bytes, time, end, ' stdout ')) return -1;
    const tag = time + STREAM;
    if (tag >= end || (bytes[tag] !== PARTIAL && bytes[tag] !== FULL) || (tag + 1 < end && bytes[tag + 1] !== SPACE)) return -1;
    this.errors = errors;
    this.partial = bytes[tag] === PARTIAL;
    return Math.min(end, tag + 2);
  }

  private add(bytes: Uint8Array, from: number, to: number): void {
    if (this.used + to - from > this.buffer.length) {
      const larger = new Uint8Array(2 * (this.used + to - from));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    this.buffer.set(bytes.subarray(from, to), this.used);
    this.used += to - from;
  }
}
