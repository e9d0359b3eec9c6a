import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF, OPEN_BRACKET, SPACE } from './ascii.ts';
import { newEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { LineHeader } from './header.ts';
import { JoinedReader } from './joined-lines.ts';

/** logcat's `-v long`: a header line in brackets, the message's lines, an empty line (AOSP, logprint.cpp). */
export class LongLogcatReader extends JoinedReader {
  private readonly next: LineHeader;
  private readonly ahead = newEntry();

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.next = new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
  }

  protected override starts(): boolean {
    this.header.read(this.entry);
    return this.header.kind === 'logcat-long';
  }

  protected override goesOn(bytes: Uint8Array, at: number, end: number): boolean {
    if (end - at < 2 || bytes[at] !== OPEN_BRACKET || bytes[at + 1] !== SPACE) return true;
    const { ahead } = this;
    ahead.bytes = bytes;
    ahead.start = at;
    ahead.end = end;
    this.next.read(ahead);
    return this.next.kind !== 'logcat-long';
  }

  protected override fill(lines: number, firstEnd: number): void {
    const { entry } = this;
    const { bytes } = entry;
    if (lines === 1) return;
    entry.messageStart = bytes[firstEnd] === CR && bytes[firstEnd + 1] === LF ? firstEnd + 2 : firstEnd + 1;
    let to = entry.end;
    while (to > entry.messageStart && (bytes[to - 1] === LF || bytes[to - 1] === CR)) to--;
    entry.messageEnd = Math.max(to, entry.messageStart);
  }
}
