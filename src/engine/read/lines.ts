import type { Dialect, Grouping } from '../../contract/dialect.ts';
import { CR, LF, isDigit } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { Continuation } from './continuation.ts';
import { afterTerminator } from './csv-scan.ts';
import { ENTRY_RECORD, clearEntry, newEntry } from './entry.ts';
import type { Entry, Resume } from './entry.ts';
import { LineHeader } from './header.ts';

/** Up to here a loop finds the end of a line sooner than a call does. */
const NEAR = 256;
/** An entry has at most so many lines and bytes; what follows is a new one. */
export const MOST_LINES = 2000;
export const MOST_BYTES = 1 << 20;
/** A line that begins with as many bytes of an entry's header has a header too. */
const ALIKE = 4;
/** So many empty lines may stand within an entry; where more do, or none of it follows, they are entries of their own. */
const MOST_BLANKS = 2;

/** Splits a line into time, level, source, label and message. */
export interface HeaderReader {
  /** Of the last line read: '' = it has no header, 'level' = one without a time. */
  readonly kind: string;
  /** Fills message, source, level and time of an entry whose span is set. The message is the rest of the line. */
  read(entry: Entry): void;
}

/**
 * Entries of one physical line or more, as `dialect.grouping` says; empty lines that belong to none are entries too. LF and
 * CRLF end a line; a lone CR does in files whose sample has no LF. The header of an entry's first line (time, level, source) is
 * taken off its message where one is recognised.
 */
export class LineReader extends ChunkReader {
  private readonly loneCr: boolean;
  private readonly header: HeaderReader | undefined;
  private readonly grouping: Grouping;
  private readonly continuation = new Continuation();
  /** No line of this file has a time: a word for a level makes a header. */
  private readonly byLevel: boolean;
  /** The header of a line that was looked at to end the entry before it, and where that line starts in the file. */
  private readonly ahead = newEntry();
  private aheadAt = -1;
  private aheadKind = '';
  /** Of the entry's own header. */
  private kind = '';
  /** Of the line that was found last: its end without terminator, and where the next one starts. */
  private end = 0;
  private next = 0;
  /** An entry was cut, and that has been listed. */
  private cut = false;

  /** @param header how the header of a line is read, where the dialect's shape does not say */
  constructor(dialect: Dialect, resume?: Resume, header?: HeaderReader) {
    super(dialect, resume);
    this.loneCr = dialect.loneCr;
    this.grouping = dialect.grouping;
    this.byLevel = dialect.shape === 'level';
    this.header = header ?? (dialect.shape === '' ? undefined : new LineHeader(dialect.assumedYear, dialect.dayFirst, dialect.zone));
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
    entry.line = this.line;
    if (this.header === undefined) {
      clearEntry(entry);
      entry.messageEnd = end;
    } else if (this.aheadAt === this.origin + at) this.takeAhead();
    else {
      this.header.read(entry);
      this.kind = this.header.kind;
    }
    if (this.grouping !== 'line') return this.grow(bytes, at, to, last);
    this.line++;
    return next;
  }

  /** Adds the lines that go on with the entry. An entry ends only where the next line is known to be none of its own. */
  private grow(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry, continuation } = this;
    const headed = this.isHeader(this.kind);
    const { messageEnd } = entry;
    const whole = this.grouping === 'headed' && headed;
    let { next } = entry;
    let lines = 1;
    for (;;) {
      if (next === to && !last) return this.putOff(at, messageEnd);
      if (next === to) break;
      if (!whole) {
        // Most entries are one line, and most lines begin with a date, or as the one before them.
        if (isDigit(bytes[next])) break;
        if (headed && next + ALIKE > to && !last) return this.putOff(at, messageEnd);
        if (headed && beginsAlike(bytes, at, next, to)) break;
        if (lines === 1) continuation.begin(entry, this.kind !== '');
      }
      const added = whole ? this.unheaded(bytes, next, to, last) : this.continued(bytes, next, to, last);
      if (added === INCOMPLETE && to - at <= MOST_BYTES) return this.putOff(at, messageEnd);
      if (added === 0) break;
      if (added === INCOMPLETE || lines + added > MOST_LINES || this.end - at > MOST_BYTES) {
        this.listCut();
        break;
      }
      lines += added;
      entry.end = entry.messageEnd = this.end;
      next = entry.next = this.next;
    }
    this.line += lines;
    return next;
  }

  /** The entry is read again with more bytes. Its header is not: years of times without one follow from the times before. */
  private putOff(at: number, messageEnd: number): number {
    const { entry, ahead } = this;
    if (this.header === undefined) return INCOMPLETE;
    copyHeader(entry, ahead, 0);
    ahead.start = at;
    ahead.messageEnd = messageEnd;
    this.aheadAt = this.origin + at;
    this.aheadKind = this.kind;
    return INCOMPLETE;
  }

  /** A header of that kind begins an entry. */
  private isHeader(kind: string): boolean {
    return kind !== '' && (this.byLevel || kind !== 'level');
  }

  /** 1 where the line at `at` has no header, else 0. A header that was read is kept for the entry that it begins. */
  private unheaded(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    if (!this.findLine(bytes, at, to, last)) return INCOMPLETE;
    const { ahead } = this;
    ahead.bytes = bytes;
    ahead.start = at;
    ahead.end = this.end;
    this.header?.read(ahead);
    this.aheadKind = this.header?.kind ?? '';
    if (!this.isHeader(this.aheadKind)) return 1;
    this.aheadAt = this.origin + at;
    return 0;
  }

  /** How many lines at `at` go on with the entry: 1 and the empty ones before it, or 0. */
  private continued(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    let line = at;
    for (let blanks = 0; blanks <= MOST_BLANKS; blanks++) {
      if (line === to) return last ? 0 : INCOMPLETE;
      if (!this.findLine(bytes, line, to, last)) return INCOMPLETE;
      if (this.end > line) return this.continuation.takes(bytes, line, this.end) ? blanks + 1 : 0;
      line = this.next;
    }
    return 0;
  }

  /** Finds the line at `at`; false where the bytes end before it does. */
  private findLine(bytes: Uint8Array, at: number, to: number, last: boolean): boolean {
    const end = this.loneCr ? lineEnd(bytes, at, to) : lineFeed(bytes, at, to);
    if (end === to && !last) return false;
    this.next = this.loneCr ? afterTerminator(bytes, end, to, last) : Math.min(to, end + 1);
    this.end = !this.loneCr && end > at && bytes[end - 1] === CR ? end - 1 : end;
    return this.next !== INCOMPLETE;
  }

  private takeAhead(): void {
    // Further lines that are looked at take its place.
    this.aheadAt = -1;
    this.kind = this.aheadKind;
    copyHeader(this.ahead, this.entry, this.entry.start - this.ahead.start);
  }

  private listCut(): void {
    if (!this.cut) this.problems.add(this.line, 'too-long', `The entry goes on for more than ${MOST_LINES.toLocaleString('en')} lines or ${MOST_BYTES >> 20} MiB. What follows is read as a new entry; so are further ones like it.`);
    this.cut = true;
  }
}

/** Copies what a header says; its spans are moved by `shift`. */
function copyHeader(from: Entry, to: Entry, shift: number): void {
  to.text = to.sourceText = to.timeText = to.labelText = to.bytes;
  to.messageStart = from.messageStart + shift;
  to.messageEnd = from.messageEnd + shift;
  to.sourceStart = from.sourceStart + shift;
  to.sourceEnd = from.sourceEnd + shift;
  to.level = from.level;
  to.time = from.time;
  to.timeStart = from.timeStart + shift;
  to.timeEnd = from.timeEnd + shift;
  to.labelStart = from.labelStart + shift;
  to.labelEnd = from.labelEnd + shift;
}

/** Makes the line at `at` an entry that says nothing yet, for formats with a record a line; false where the bytes end before it does. */
export function takeLine(entry: Entry, bytes: Uint8Array, at: number, to: number, last: boolean): boolean {
  const end = lineFeed(bytes, at, to);
  if (end === to && !last) return false;
  entry.bytes = bytes;
  entry.start = at;
  entry.end = end > at && bytes[end - 1] === CR ? end - 1 : end;
  entry.next = Math.min(to, end + 1);
  entry.kind = ENTRY_RECORD;
  clearEntry(entry);
  return true;
}

/** The lines at `at` and `other` have the same first ALIKE bytes. */
function beginsAlike(bytes: Uint8Array, at: number, other: number, to: number): boolean {
  return other + ALIKE <= to && bytes[at] === bytes[other] && bytes[at + 1] === bytes[other + 1] && bytes[at + 2] === bytes[other + 2] && bytes[at + 3] === bytes[other + 3];
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
export function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  let p = at;
  while (p < to && bytes[p] !== LF && bytes[p] !== CR) p++;
  return p;
}
