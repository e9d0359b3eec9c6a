import type { Dialect } from '../../contract/dialect.ts';
import { CR, EQUALS, LF } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK, ENTRY_RECORD, MAX_RECORD, clearEntry } from './entry.ts';
import type { Resume } from './entry.ts';
import { levelOf } from './levels.ts';
import { lineFeed } from './lines.ts';
import { Stamps } from './stamps.ts';

/** A binary field's length is a 64-bit number, low byte first. */
const LENGTH_BYTES = 8;
/** Names of fields are shorter than this. */
const LONGEST_NAME = 64;
const encoder = new TextEncoder();
const names = (...list: readonly string[]): readonly Uint8Array[] => list.map((name) => encoder.encode(name));
const MESSAGE = names('MESSAGE');
const LEVEL = names('PRIORITY');
const SOURCE = names('SYSLOG_IDENTIFIER', '_SYSTEMD_UNIT', '_COMM');
const TIME = names('__REALTIME_TIMESTAMP');

/**
 * Reads the journal export format, as `journalctl -o export` writes it: a line `NAME=value` per field; where the value holds
 * line feeds or is no text, a line with the name, the value's length and the value; and an empty line after each entry.
 * Source: https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
export class JournalReader extends ChunkReader {
  private readonly stamps: Stamps;
  /** Of the field last read: ends of its name and value. */
  private nameEnd = 0;
  private valueStart = 0;
  private valueEnd = 0;
  /** Ranks of the names that gave source and time. */
  private sourceRank = 0;
  private timeRank = 0;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.stamps = new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone);
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    entry.bytes = bytes;
    entry.start = at;
    entry.line = this.line;
    entry.kind = ENTRY_BLANK;
    clearEntry(entry);
    this.sourceRank = SOURCE.length;
    this.timeRank = TIME.length;
    let p = at;
    let bad = false;
    let lineEnd = at;
    for (;;) {
      if (p === to) {
        if (!last) return INCOMPLETE;
        break;
      }
      if (bytes[p] === LF) {
        p++;
        break;
      }
      const next = this.field(bytes, p, to, last);
      if (next === INCOMPLETE) return INCOMPLETE;
      if (this.nameEnd === p) {
        // No field: a line that came between the entries is one of its own.
        if (p > at) break;
        bad = true;
        p = next;
        lineEnd = bytes[next - 1] === LF ? next - 1 : next;
        break;
      }
      entry.kind = ENTRY_RECORD;
      lineEnd = this.valueEnd;
      this.take(p);
      p = next;
    }
    return this.finish(p, lineEnd, bad);
  }

  private finish(next: number, end: number, bad: boolean): number {
    const { entry } = this;
    entry.end = end;
    entry.next = next;
    if (bad) {
      entry.kind = ENTRY_RECORD;
      entry.messageEnd = end;
      this.problems.add(entry.line, 'cut-short', 'The line is no field of a journal entry. It is kept whole as the message.');
    } else if (entry.kind === ENTRY_RECORD && entry.messageEnd === entry.messageStart) {
      entry.messageStart = entry.start;
      entry.messageEnd = end;
    }
    for (let p = entry.start; p < next; p++) if (entry.bytes[p] === LF) this.line++;
    return next;
  }

  /** Finds the field at `at`; returns the offset after it. `nameEnd` is `at` where there is none, and the line is passed over. */
  private field(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const end = lineFeed(bytes, at, to);
    if (end === to && !last) return INCOMPLETE;
    this.nameEnd = at;
    let p = at;
    const limit = Math.min(end, at + LONGEST_NAME + 1);
    while (p < limit && isNameByte(bytes[p])) p++;
    if (p > at && p < end && bytes[p] === EQUALS) {
      this.nameEnd = p;
      this.valueStart = p + 1;
      this.valueEnd = end > p + 1 && bytes[end - 1] === CR ? end - 1 : end;
      return Math.min(to, end + 1);
    }
    if (p < end || p === at || end === to) return Math.min(to, end + 1);
    return this.binary(bytes, at, end, to, last);
  }

  /** The name in [at, nameEnd) stands alone on its line: the value's length follows. */
  private binary(bytes: Uint8Array, at: number, nameEnd: number, to: number, last: boolean): number {
    const start = nameEnd + 1 + LENGTH_BYTES;
    if (start > to) return last ? nameEnd + 1 : INCOMPLETE;
    let length = 0;
    for (let i = LENGTH_BYTES - 1; i >= 0; i--) length = length * 256 + bytes[nameEnd + 1 + i];
    if (length > MAX_RECORD >> 1) return nameEnd + 1;
    const end = start + length;
    if (end >= to) return last && end > to ? nameEnd + 1 : end === to && last ? this.closeBinary(at, nameEnd, start, end, end) : INCOMPLETE;
    if (bytes[end] !== LF) return nameEnd + 1;
    return this.closeBinary(at, nameEnd, start, end, end + 1);
  }

  private closeBinary(at: number, nameEnd: number, start: number, end: number, next: number): number {
    this.nameEnd = Math.max(at, nameEnd);
    this.valueStart = start;
    this.valueEnd = end;
    return next;
  }

  /** Books the field whose name starts at `at`, if it says what an entry wants to know. */
  private take(at: number): void {
    const { entry, nameEnd, valueStart: from, valueEnd: to } = this;
    const { bytes } = entry;
    if (rankOf(bytes, at, nameEnd, MESSAGE) === 0) {
      entry.messageStart = from;
      entry.messageEnd = to;
      return;
    }
    if (rankOf(bytes, at, nameEnd, LEVEL) === 0) {
      entry.level = levelOf(bytes, from, to);
      return;
    }
    const source = rankOf(bytes, at, nameEnd, SOURCE);
    if (source < this.sourceRank) {
      this.sourceRank = source;
      entry.sourceStart = from;
      entry.sourceEnd = to;
    }
    const time = rankOf(bytes, at, nameEnd, TIME);
    if (time >= this.timeRank) return;
    this.timeRank = time;
    entry.time = this.stamps.whole(bytes, from, to);
    entry.timeStart = from;
    entry.timeEnd = to;
  }
}

/** Index of the name that bytes[from, to) is, or how many names there are. */
function rankOf(bytes: Uint8Array, from: number, to: number, list: readonly Uint8Array[]): number {
  for (let rank = 0; rank < list.length; rank++) {
    const name = list[rank];
    if (name.length !== to - from) continue;
    let i = 0;
    while (i < name.length && bytes[from + i] === name[i]) i++;
    if (i === name.length) return rank;
  }
  return list.length;
}

/** Names are of upper-case letters, digits and underscores. */
function isNameByte(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95;
}
