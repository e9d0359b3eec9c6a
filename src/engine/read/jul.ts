import type { Dialect, Grouping } from '../../contract/dialect.ts';
import { COLON, CR, LF, SPACE, isLetter, isUpper, skipSpaces } from './ascii.ts';
import { Continuation } from './continuation.ts';
import { newEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { LineHeader } from './header.ts';
import { nameLike, tokenEnd } from './header-words.ts';
import { JoinedReader } from './joined-lines.ts';
import { levelWord } from './levels.ts';

/** Names of levels are no longer than this, in any language. */
const LONGEST_LEVEL = 24;

/**
 * java.util.logging. Its SimpleFormatter writes two lines a record, "Jan 02, 2024 3:04:05 PM com.example.Shop sell" and
 * "SEVERE: message", then what was thrown and an empty line; with a format of one's own mostly one line. The two are one entry
 * always; further lines as `dialect.grouping` says.
 */
export class JulReader extends JoinedReader {
  private readonly next: LineHeader;
  private readonly grouping: Grouping;
  private readonly continuation = new Continuation();
  private readonly ahead = newEntry();
  /** Lines of the entry so far; whether the last was of what was thrown; whether the entry is over. */
  private lines = 0;
  private thrown = false;
  private over = false;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.next = new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone);
    this.grouping = dialect.grouping;
  }

  protected override starts(): boolean {
    const { entry } = this;
    this.header.read(entry);
    this.lines = 1;
    this.thrown = this.over = false;
    this.continuation.begin(entry, this.header.kind !== '');
    return this.header.kind !== '' || this.grouping === 'trace';
  }

  protected override goesOn(bytes: Uint8Array, at: number, end: number): boolean {
    const second = ++this.lines === 2 && isTimed(this.header) && this.entry.level === 0;
    if (second && afterLevel(bytes, at, end) > 0) {
      this.beginAgain(bytes, at, end);
      return true;
    }
    if (this.grouping === 'line' || this.over) return false;
    if (this.grouping === 'headed') return isTimed(this.header) && !this.timed(bytes, at, end);
    if (end === at) return (this.over = this.thrown);
    return (this.thrown = this.continuation.takes(bytes, at, end));
  }

  /** What follows goes on with the message, which is on the second line. */
  private beginAgain(bytes: Uint8Array, at: number, end: number): void {
    const { ahead } = this;
    ahead.bytes = bytes;
    ahead.messageStart = afterLevel(bytes, at, end);
    ahead.messageEnd = end;
    ahead.level = levelWord(bytes, at, colonAt(bytes, at));
    this.continuation.begin(ahead, true);
  }

  private timed(bytes: Uint8Array, at: number, end: number): boolean {
    const { ahead } = this;
    ahead.bytes = bytes;
    ahead.start = at;
    ahead.end = end;
    this.next.read(ahead);
    return isTimed(this.next);
  }

  protected override fill(lines: number, firstEnd: number): void {
    const { entry } = this;
    const { bytes } = entry;
    entry.messageEnd = lines > 1 ? messageEnd(bytes, firstEnd, entry.end) : entry.end;
    if (!isTimed(this.header)) return;
    const second = lines > 1 && entry.level === 0 ? lineStart(bytes, firstEnd) : 0;
    const message = second > 0 ? afterLevel(bytes, second, entry.end) : 0;
    const from = skipSpaces(bytes, entry.timeEnd, firstEnd);
    if (message > 0) {
      entry.level = levelWord(bytes, second, colonAt(bytes, second));
      entry.sourceStart = from;
      entry.sourceEnd = Math.max(from, tokenEnd(bytes, from, firstEnd));
      entry.messageStart = Math.min(message, entry.messageEnd);
    } else if (entry.level > 0 && entry.sourceEnd === entry.sourceStart) this.loggerFirst(firstEnd);
    if (entry.messageEnd < entry.messageStart) entry.messageEnd = entry.messageStart;
  }

  /** Of one line: "… INFO shop.Orders message". */
  private loggerFirst(firstEnd: number): void {
    const { entry } = this;
    const { bytes, messageStart } = entry;
    const to = tokenEnd(bytes, messageStart, firstEnd);
    if (to <= messageStart || !nameLike(bytes, messageStart, to)) return;
    entry.sourceStart = messageStart;
    entry.sourceEnd = to;
    entry.messageStart = skipSpaces(bytes, to, firstEnd);
  }
}

function isTimed({ kind }: LineHeader): boolean {
  return kind !== '' && kind !== 'level';
}

/** Offset of the message after "LEVEL: " at `at`, whose names depend on the language; −1 where there is none. */
function afterLevel(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + LONGEST_LEVEL);
  let p = at;
  while (p < limit && (isUpper(bytes[p]) || bytes[p] > 127 || (p > at && isLetter(bytes[p])))) p++;
  return p > at + 1 && p < limit && bytes[p] === COLON && (p + 1 === end || bytes[p + 1] === SPACE || bytes[p + 1] === LF || bytes[p + 1] === CR) ? Math.min(end, p + 2) : -1;
}

function colonAt(bytes: Uint8Array, at: number): number {
  let p = at;
  while (bytes[p] !== COLON) p++;
  return p;
}

function lineStart(bytes: Uint8Array, end: number): number {
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
}

/** Without the blank line that follows what was thrown. */
function messageEnd(bytes: Uint8Array, from: number, end: number): number {
  let to = end;
  while (to > from && (bytes[to - 1] === LF || bytes[to - 1] === CR)) to--;
  return to;
}
