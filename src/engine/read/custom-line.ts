import type { CustomFormat, Role } from '../../contract/dialect.ts';
import { SPACE, isDigit, isLetter, skipSpaces, trimEnd } from './ascii.ts';
import { clearEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import { levelOf } from './levels.ts';
import type { HeaderReader } from './lines.ts';
import type { Stamps } from './stamps.ts';

/** Of a line that fits. Else the place in the format where it stopped to fit: LEAD_FAILED, or the index of a part. */
export const FITS = -2;
export const LEAD_FAILED = -1;

interface Piece {
  readonly role: Role | null;
  readonly until: Uint8Array;
}

/**
 * Splits a line as a person's own format says. Literals are searched from left to right, and each byte of the line is
 * looked at a bounded number of times (literals are short). A space in a literal stands for one or more spaces.
 */
export class CustomLine implements HeaderReader {
  private readonly lead: Uint8Array;
  private readonly pieces: readonly Piece[];
  private readonly stamps: Stamps;
  /** After `read`: the line fits. */
  kind: 'custom' | '' = '';
  /** After `fit` of a line that does not: no time stands where one should. */
  noTime = false;
  /** After `literalAt` and `find`: where the literal ends. */
  private literalEnd = 0;

  constructor(format: CustomFormat, stamps: Stamps) {
    const encoder = new TextEncoder();
    this.lead = encoder.encode(format.lead);
    this.pieces = format.parts.map(({ role, until }) => ({ role, until: encoder.encode(until) }));
    this.stamps = stamps;
  }

  /** Fills message, source, level, time and label of an entry whose span is set; all is message where the line does not fit. */
  read(entry: Entry): void {
    this.kind = this.fit(entry) === FITS ? 'custom' : '';
  }

  /** As `read`; returns FITS, or where the line stopped to fit. */
  fit(entry: Entry): number {
    clearEntry(entry);
    this.noTime = false;
    const failed = this.parts(entry);
    if (failed !== FITS) {
      clearEntry(entry);
      entry.messageEnd = entry.end;
    }
    return failed;
  }

  private parts(entry: Entry): number {
    const { bytes, start, end } = entry;
    if (!this.literalAt(bytes, start, end, this.lead)) return LEAD_FAILED;
    let at = this.literalEnd;
    const last = this.pieces.length - 1;
    for (let i = 0; i <= last; i++) {
      const { role, until } = this.pieces[i];
      // A time may hold the very sign that ends it, as the space between date and clock.
      const from = role === 'time' ? this.time(entry, at) : at;
      if (from < 0) {
        this.noTime = true;
        return i;
      }
      const to = i === last ? this.lastEnd(bytes, from, end, until) : this.find(bytes, from, end, until);
      if (to < 0) return i;
      if (role !== null) take(entry, role, at, to);
      at = this.literalEnd;
    }
    return FITS;
  }

  /** Reads the stamp at `at` and returns the offset behind it, -1 where there is none. */
  private time(entry: Entry, at: number): number {
    const { bytes, end } = entry;
    let from = at;
    while (from < end && bytes[from] < 128 && !isDigit(bytes[from]) && !isLetter(bytes[from])) from++;
    const time = this.stamps.at(bytes, from, end);
    if (this.stamps.end === from) return -1;
    entry.time = time;
    return this.stamps.end;
  }

  /** End of the last part: of the line, or where `until` stands at the end of the line. -1 where it does not. */
  private lastEnd(bytes: Uint8Array, from: number, end: number, until: Uint8Array): number {
    this.literalEnd = end;
    if (until.length === 0) return end;
    const literal = trimEnd(until, 0, until.length);
    const stop = trimEnd(bytes, from, end) - literal;
    if (stop < from) return -1;
    for (let i = 0; i < literal; i++) if (bytes[stop + i] !== until[i]) return -1;
    return stop;
  }

  /** First offset in [at, to) where the literal stands, or -1. Sets `literalEnd`. */
  private find(bytes: Uint8Array, at: number, to: number, literal: Uint8Array): number {
    const first = literal[0];
    for (let p = at; p < to; p++) {
      if (bytes[p] !== first) continue;
      if (this.literalAt(bytes, p, to, literal)) return p;
      // From any other space of this run it would fail in the same way.
      if (first === SPACE) while (p + 1 < to && bytes[p + 1] === SPACE) p++;
    }
    return -1;
  }

  private literalAt(bytes: Uint8Array, at: number, to: number, literal: Uint8Array): boolean {
    let p = at;
    for (let i = 0; i < literal.length; i++) {
      if (p >= to || bytes[p] !== literal[i]) return false;
      p = literal[i] === SPACE ? skipSpaces(bytes, p, to) : p + 1;
    }
    this.literalEnd = p;
    return true;
  }
}

function take(entry: Entry, role: Role, at: number, end: number): void {
  const { bytes } = entry;
  const to = trimEnd(bytes, at, end);
  const from = skipSpaces(bytes, at, to);
  switch (role) {
    case 'time':
      entry.timeStart = from;
      entry.timeEnd = to;
      break;
    case 'source':
      entry.sourceStart = from;
      entry.sourceEnd = to;
      break;
    case 'label':
      entry.labelStart = from;
      entry.labelEnd = to;
      break;
    case 'message':
      entry.messageStart = from;
      entry.messageEnd = to;
      break;
    case 'level':
      entry.level = levelIn(bytes, from, to);
  }
}

/** Code of the level in bytes[at, end), whatever signs stand around it ("!!E", "<warn>"); 0 if there is none. */
function levelIn(bytes: Uint8Array, at: number, end: number): number {
  const sign = (byte: number): boolean => byte < 128 && !isLetter(byte) && !isDigit(byte);
  let from = at;
  let to = end;
  while (from < to && sign(bytes[from])) from++;
  while (to > from && sign(bytes[to - 1])) to--;
  const whole = levelOf(bytes, from, to);
  if (whole !== 0) return whole;
  let p = from;
  while (p < to && isLetter(bytes[p])) p++;
  return p > from && p < to ? levelOf(bytes, from, p) : 0;
}
