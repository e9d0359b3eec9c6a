import { CLOSE_BRACKET, COLON, COMMA, DOT, MINUS, OPEN_BRACKET, PIPE, PLUS, SLASH, SPACE, isDigit, isLetter, isUpper } from './ascii.ts';
import { digitsAt, numberAt } from './stamp-digits.ts';
import { HOUR_SIGN, MINUTE_SIGN, SECOND_SIGN, SHORT_HOUR_SIGN, halfDaySign, signAt } from './stamp-signs.ts';

/**
 * Hours east of Greenwich of zone names that logs use. Names with several meanings have one for all files: BST is British Summer
 * Time, CST and CDT are those of North America (not China or Cuba), IST is India's (not Ireland's or Israel's), AST is Atlantic
 * (not Arabia), MST Mountain (not Malaysia), PST Pacific (not the Philippines), ECT Ecuador.
 */
const ZONES: ReadonlyMap<number, number> = new Map(Object.entries({
  UTC: 0, UCT: 0, GMT: 0, WET: 0, WEST: 1, BST: 1, CET: 1, MET: 1, CEST: 2, MEST: 2, CAT: 2, EET: 2, EEST: 3, SAST: 2, WAT: 1, EAT: 3, IDT: 3, TRT: 3, MSK: 3, MSD: 4, SAMT: 4, YEKT: 5,
  PKT: 5, IST: 5.5, NPT: 5.75, OMST: 6, ICT: 7, WIB: 7, KRAT: 7, SGT: 8, HKT: 8, AWST: 8, PHT: 8, IRKT: 8, JST: 9, KST: 9, YAKT: 9, ACST: 9.5, ACDT: 10.5, AEST: 10, AEDT: 11, VLAT: 10, NZST: 12, NZDT: 13,
  NST: -3.5, NDT: -2.5, AST: -4, ADT: -3, BRT: -3, ART: -3, CLT: -4, ECT: -5, PET: -5, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7, AKST: -9, AKDT: -8, HST: -10,
}).map(([name, hours]) => [codeOf(new TextEncoder().encode(name), 0, name.length), hours]));

const UPPER_Z = 90;
const UNDERSCORE = 95;
const OPEN_ROUND = 40;
const CLOSE_ROUND = 41;

/** The time of day within a stamp, with its fraction, AM or PM, and zone. */
export class Clock {
  /** After a `read` that returned true: milliseconds since midnight UTC of the date written; may be negative or beyond a day. */
  ms = 0;
  end = 0;
  hasSeconds = false;
  /** The stamp names its zone. */
  zoned = false;

  /** Reads 3:04, 03:04:05, 03:04:05.678 … at `at`. `dots`: 03.04.05 will do too. */
  read(bytes: Uint8Array, at: number, to: number, dots: boolean): boolean {
    this.zoned = false;
    const afternoon = halfDaySign(bytes, at, to);
    if (afternoon >= 0) at += 6;
    const hourDigits = digitsAt(bytes, at, to);
    if (hourDigits === 0 || hourDigits > 2) return false;
    let p = at + hourDigits;
    if (p < to && bytes[p] > 127) return this.signed(bytes, at, to, afternoon);
    const separator = p < to ? bytes[p] : 0;
    if (separator !== COLON && !(dots && separator === DOT)) return false;
    if (digitsAt(bytes, p + 1, to) !== 2) return false;
    const hour = numberAt(bytes, at, hourDigits);
    const minute = numberAt(bytes, p + 1, 2);
    p += 3;
    let second = 0;
    this.hasSeconds = p < to && bytes[p] === separator && digitsAt(bytes, p + 1, to) === 2;
    if (this.hasSeconds) {
      second = numberAt(bytes, p + 1, 2);
      p += 3;
    }
    if (hour > 24 || minute > 59 || second > 60) return false;
    this.ms = ((hour * 60 + minute) * 60 + second) * 1000;
    this.end = this.hasSeconds ? this.fraction(bytes, p, to) : p;
    if (afternoon >= 0) this.ms += halfDays(hour, afternoon === 1);
    else this.halfDay(bytes, to, hour);
    this.zone(bytes, to);
    return true;
  }

  /** 03时04分05秒, 午後3時04分05秒 */
  private signed(bytes: Uint8Array, at: number, to: number, afternoon: number): boolean {
    const digits = digitsAt(bytes, at, to);
    const hour = numberAt(bytes, at, digits);
    let p = at + digits;
    if (!signAt(bytes, p, to, HOUR_SIGN) && !signAt(bytes, p, to, SHORT_HOUR_SIGN)) return false;
    p += 3;
    const minute = digitsAt(bytes, p, to) === 2 ? numberAt(bytes, p, 2) : 60;
    if (hour > 24 || minute > 59 || !signAt(bytes, p + 2, to, MINUTE_SIGN)) return false;
    p += 5;
    const second = digitsAt(bytes, p, to) === 2 && signAt(bytes, p + 2, to, SECOND_SIGN) ? numberAt(bytes, p, 2) : -1;
    this.hasSeconds = second >= 0 && second <= 60;
    this.ms = ((hour * 60 + minute) * 60 + (this.hasSeconds ? second : 0)) * 1000 + (afternoon >= 0 ? halfDays(hour, afternoon === 1) : 0);
    this.end = this.hasSeconds ? p + 5 : p;
    this.zone(bytes, to);
    return true;
  }

  /** As `read`, sooner, and of 03:04:05 with two digits each only. */
  readWhole(bytes: Uint8Array, at: number, to: number): boolean {
    const hour = pairAt(bytes, at);
    const minute = pairAt(bytes, at + 3);
    const second = pairAt(bytes, at + 6);
    if (hour > 24 || minute > 59 || second > 60 || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON || at + 8 > to || (at + 8 < to && isDigit(bytes[at + 8]))) return false;
    this.hasSeconds = true;
    this.zoned = false;
    this.ms = ((hour * 60 + minute) * 60 + second) * 1000;
    const p = at + 8;
    if (p < to && (bytes[p] === DOT || bytes[p] === COMMA || bytes[p] === COLON)) this.end = this.fraction(bytes, p, to);
    else this.end = p;
    const byte = this.end < to ? bytes[this.end] : 0;
    if (byte === UPPER_Z || byte === PLUS || byte === MINUS) this.zone(bytes, to);
    else if (byte === SPACE || byte > 127 || isLetter(byte)) {
      this.halfDay(bytes, to, hour);
      this.zone(bytes, to);
    }
    return true;
  }

  /** Reads 030405, perhaps with a zone, at `at`, where six digits stand. */
  compact(bytes: Uint8Array, at: number, to: number): boolean {
    this.zoned = false;
    const hour = numberAt(bytes, at, 2);
    const minute = numberAt(bytes, at + 2, 2);
    const second = numberAt(bytes, at + 4, 2);
    if (hour > 24 || minute > 59 || second > 60) return false;
    this.ms = ((hour * 60 + minute) * 60 + second) * 1000;
    this.end = this.fraction(bytes, at + 6, to);
    this.zone(bytes, to);
    return true;
  }

  /** Adds a fraction of a second after a point, comma or (three digits) colon, cut to milliseconds. Returns where it ends. */
  private fraction(bytes: Uint8Array, at: number, to: number): number {
    if (at + 1 >= to) return at;
    const mark = bytes[at];
    if (mark !== DOT && mark !== COMMA && mark !== COLON) return at;
    const digits = digitsAt(bytes, at + 1, to);
    if (digits === 0 || digits > 9 || (mark === COLON && digits !== 3)) return at;
    const kept = Math.min(digits, 3);
    this.ms += numberAt(bytes, at + 1, kept) * (kept === 1 ? 100 : kept === 2 ? 10 : 1);
    return at + 1 + digits;
  }

  private halfDay(bytes: Uint8Array, to: number, hour: number): void {
    const p = afterSpace(bytes, this.end, to);
    const half = p < to ? bytes[p] | 32 : 0;
    if (half !== 97 && half !== 112) return;
    // PM or p.m.
    const dot = p + 1 < to && bytes[p + 1] === DOT ? 1 : 0;
    const end = p + 2 + dot;
    if (end > to || (bytes[end - 1] | 32) !== 109 || (end < to && (isLetter(bytes[end]) || isDigit(bytes[end])))) return;
    this.ms += halfDays(hour, half === 112);
    this.end = dot > 0 && end < to && bytes[end] === DOT ? end + 1 : end;
  }

  private zone(bytes: Uint8Array, to: number): void {
    const spaced = this.end < to && bytes[this.end] === SPACE;
    const p = spaced ? this.end + 1 : this.end;
    if (p >= to) return;
    const byte = bytes[p];
    if (byte === PLUS || byte === MINUS) this.offset(bytes, p, to, spaced);
    else if (isUpper(byte)) this.zoneName(bytes, p, to, spaced);
  }

  /** ±HHMM, ±HH:MM, ±HH; and what Java, Go and mail put behind it: [Europe/Paris], UTC, (CET). */
  private offset(bytes: Uint8Array, p: number, to: number, spaced: boolean): void {
    const digits = digitsAt(bytes, p + 1, to);
    let minutes: number;
    let end = p + 1 + digits;
    if (digits === 4) minutes = numberAt(bytes, p + 1, 2) * 60 + numberAt(bytes, p + 3, 2);
    else if (digits === 2 && end < to && bytes[end] === COLON && digitsAt(bytes, end + 1, to) === 2) {
      minutes = numberAt(bytes, p + 1, 2) * 60 + numberAt(bytes, end + 1, 2);
      end += 3;
    } else if (digits === 2 && (!spaced || endsWord(bytes, end, to))) minutes = numberAt(bytes, p + 1, 2) * 60;
    else return;
    if (minutes > 14 * 60) return;
    this.ms += (bytes[p] === PLUS ? -minutes : minutes) * 60_000;
    this.zoned = true;
    this.end = spelledEnd(bytes, end, to);
  }

  private zoneName(bytes: Uint8Array, p: number, to: number, spaced: boolean): void {
    let end = p;
    let code = 0;
    for (; end < to && end < p + 5 && isUpper(bytes[end]); end++) code = code * 32 + (bytes[end] & 31);
    if (end < to && (isLetter(bytes[end]) || isDigit(bytes[end]))) return;
    if (end - p === 1) {
      if (bytes[p] === UPPER_Z && !spaced) {
        this.end = end;
        this.zoned = true;
      }
      return;
    }
    if (end - p < 3) return;
    const hours = ZONES.get(code);
    if (hours === undefined) return;
    this.ms -= hours * 3_600_000;
    this.zoned = true;
    this.end = end;
    // GMT+0100, as JavaScript's Date writes it.
    if (hours === 0 && end < to && (bytes[end] === PLUS || bytes[end] === MINUS)) this.offset(bytes, end, to, false);
  }
}

/** What AM or PM adds to the milliseconds of an hour that was read as one of 24. */
function halfDays(hour: number, afternoon: boolean): number {
  return (afternoon ? (hour < 12 ? 12 : 0) : hour === 12 ? -12 : 0) * 3_600_000;
}

/** A word ends at `p`: after a spaced ±HH, which might be a number. */
function endsWord(bytes: Uint8Array, p: number, to: number): boolean {
  return p >= to || bytes[p] === SPACE || bytes[p] === CLOSE_BRACKET || bytes[p] === PIPE || bytes[p] === COMMA;
}

/** Offset behind a zone's name that follows an offset at `p`: "[Europe/Paris]" or "[UTC]", " (CET)", " UTC". `p` where there is none. */
function spelledEnd(bytes: Uint8Array, p: number, to: number): number {
  if (p + 4 >= to) return p + 4 === to && bytes[p] === SPACE ? zoneNameEnd(bytes, p, to) : p;
  if (bytes[p] === OPEN_BRACKET && isUpper(bytes[p + 1])) {
    let q = p + 1;
    let region = false;
    for (; q < to && q < p + 40 && (isLetter(bytes[q]) || bytes[q] === SLASH || bytes[q] === UNDERSCORE); q++) region ||= bytes[q] === SLASH;
    return q < to && bytes[q] === CLOSE_BRACKET && (region || ZONES.get(codeOf(bytes, p + 1, q)) !== undefined) ? q + 1 : p;
  }
  return bytes[p] === SPACE ? zoneNameEnd(bytes, p, to) : p;
}

function zoneNameEnd(bytes: Uint8Array, p: number, to: number): number {
  const round = bytes[p + 1] === OPEN_ROUND;
  const from = p + (round ? 2 : 1);
  let q = from;
  while (q < to && q < from + 5 && isUpper(bytes[q])) q++;
  if (q - from < 3 || ZONES.get(codeOf(bytes, from, q)) === undefined) return p;
  if (round) return q < to && bytes[q] === CLOSE_ROUND ? q + 1 : p;
  return endsWord(bytes, q, to) ? q : p;
}

/** A number for a word of up to five capital letters; −1 for other words. */
function codeOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 5) return -1;
  let code = 0;
  for (let p = from; p < to; p++) {
    if (!isUpper(bytes[p])) return -1;
    code = code * 32 + (bytes[p] & 31);
  }
  return code;
}

/** Offset after the space at `at`, if there is one: also U+00A0 and U+202F, which Windows and browsers write before AM and PM. */
function afterSpace(bytes: Uint8Array, at: number, to: number): number {
  if (at + 1 >= to) return at;
  if (bytes[at] === SPACE) return at + 1;
  if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) return at + 2;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0xaf ? at + 3 : at;
}

/** Value of two digits; 255 where they are none. */
function pairAt(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 255;
}
