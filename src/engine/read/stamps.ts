import { AT, COLON, COMMA, DOT, MINUS, OPEN_BRACKET, SLASH, SPACE, isLetter, skipSpaces } from './ascii.ts';
import { Clock } from './stamp-clock.ts';
import { digitsAt, epochMs, monthAt, monthEnd, numberAt, weekdayAt } from './stamp-digits.ts';

const UPPER_T = 84;
const LOWER_T = 116;
const UNDERSCORE = 95;
/** Two-digit years from here on are 19xx. */
const CENTURY_PIVOT = 70;
/** In days of months of 31. */
const HALF_YEAR = 186;

/**
 * Recognises the time stamps that logs use. A stamp without a zone is read as UTC; a stamp that names no date
 * (only a time of day) is recognised but has no value.
 */
export class Stamps {
  /** After `at`: the offset behind the stamp; the offset given where there is none. */
  end = 0;
  /** After `at`: the stamp is an ISO date with T, as syslog daemons write it before a host. */
  iso = false;
  /** After `at`: the stamp is that of RFC 3164, month, day and time without a year. */
  yearless = false;
  private year: number;
  private readonly firstYear: number;
  /** Day of the last stamp without a year, as month · 31 + day; 0 before the first. */
  private lastDay = 0;
  private readonly dayFirst: boolean;
  private readonly clock = new Clock();
  /** The last date of the commonest form: yyyymmdd and its value. */
  private packed = -1;
  private date = 0;

  /** `year`: of stamps that name none. `dayFirst`: 03/04/2024 is 3 April. */
  constructor(year: number, dayFirst: boolean) {
    this.year = this.firstYear = year;
    this.dayFirst = dayFirst;
  }

  /**
   * Year of a stamp that names none, of the year assumed and those after it: the one nearest to the stamp before, since
   * logs go on over New Year.
   */
  yearOf(month: number, day: number): number {
    if (month < 1 || month > 12 || day < 1 || day > 31) return this.year;
    const place = month * 31 + day;
    const ahead = this.lastDay === 0 ? 0 : place - this.lastDay;
    this.lastDay = place;
    if (ahead < -HALF_YEAR) this.year++;
    else if (ahead > HALF_YEAR && this.year > this.firstYear) this.year--;
    return this.year;
  }

  /** A cell that is nothing but a stamp, or seconds, milliseconds, microseconds or nanoseconds since 1970. NaN if neither. */
  whole(bytes: Uint8Array, from: number, to: number): number {
    const at = bytes[from] === OPEN_BRACKET ? from + 1 : from;
    return this.at(bytes, at, to);
  }

  /** Milliseconds since 1970 of the stamp at `at`; sets `end`. */
  at(bytes: Uint8Array, at: number, to: number): number {
    this.end = at;
    this.iso = this.yearless = false;
    const first = bytes[at];
    if (first < 48 || to - at < 5) return NaN;
    if (first > 57) return isLetter(first) ? this.named(bytes, at, to) : NaN;
    const digits = digitsAt(bytes, at, to);
    const after = at + digits < to ? bytes[at + digits] : 0;
    switch (digits) {
      case 4:
        if (after === MINUS && this.common(bytes, at, to)) return this.date + this.clock.ms;
        return after === MINUS || after === SLASH || after === DOT ? this.yearFirst(bytes, at, to, after) : NaN;
      case 1: case 2:
        if (after === COLON) return this.timeOnly(bytes, at, to);
        if (after === SLASH || after === MINUS || after === DOT || after === SPACE) return this.short(bytes, at, to, digits, after);
        return NaN;
      case 6: return after === SPACE ? this.sixDigits(bytes, at, to) : NaN;
      case 8: return this.eightDigits(bytes, at, to);
      case 14: case 17: return this.manyDigits(bytes, at, digits);
      case 10: case 13: case 16: case 19: return this.epoch(bytes, at, to, digits);
      default: return NaN;
    }
  }

  /** The commonest form, 2024-01-02T03:04:05 with T or a space, whose date is mostly that of the last stamp. Sets `date`. */
  private common(bytes: Uint8Array, at: number, to: number): boolean {
    if (to - at < 19 || bytes[at + 7] !== MINUS || bytes[at + 13] !== COLON || (bytes[at + 10] !== UPPER_T && bytes[at + 10] !== SPACE)) return false;
    const packed = (numberAt(bytes, at, 4) * 100 + numberAt(bytes, at + 5, 2)) * 100 + numberAt(bytes, at + 8, 2);
    if (packed !== this.packed) {
      if (digitsAt(bytes, at + 5, to) !== 2 || digitsAt(bytes, at + 8, to) !== 2) return false;
      const date = epochMs(Math.floor(packed / 10000), Math.floor(packed / 100) % 100, packed % 100, 0);
      if (Number.isNaN(date)) return false;
      this.date = date;
      this.packed = packed;
    }
    this.iso = bytes[at + 10] === UPPER_T;
    if (!this.clock.readWhole(bytes, at + 11, to)) return false;
    this.end = this.clock.end;
    return true;
  }

  /** 2024-01-02T03:04:05.678Z and its relatives; a date alone is midnight. */
  private yearFirst(bytes: Uint8Array, at: number, to: number, separator: number): number {
    let p = at + 5;
    const monthDigits = digitsAt(bytes, p, to);
    if (monthDigits === 0 || monthDigits > 2 || bytes[p + monthDigits] !== separator) return NaN;
    const month = numberAt(bytes, p, monthDigits);
    p += monthDigits + 1;
    const dayDigits = digitsAt(bytes, p, to);
    if (dayDigits === 0 || dayDigits > 2) return NaN;
    const day = numberAt(bytes, p, dayDigits);
    p += dayDigits;
    this.iso = p < to && bytes[p] === UPPER_T;
    return this.withClock(bytes, p, to, numberAt(bytes, at, 4), month, day, true);
  }

  /** The date is known and ends at `p`: reads the time of day after it. */
  private withClock(bytes: Uint8Array, p: number, to: number, year: number, month: number, day: number, dateAlone: boolean): number {
    const date = epochMs(year, month, day, 0);
    if (Number.isNaN(date)) return NaN;
    let q = p;
    const byte = p < to ? bytes[p] : 0;
    if (byte === SPACE) {
      q = skipSpaces(bytes, p, to);
      // Kibana: Mar 14, 2025 @ 10:11:12.345
      if (q + 1 < to && bytes[q] === AT && bytes[q + 1] === SPACE) q = skipSpaces(bytes, q + 1, to);
    } else if (byte === UPPER_T || byte === COLON || byte === UNDERSCORE || byte === MINUS || byte === LOWER_T) q++;
    else if (byte === COMMA) q = skipSpaces(bytes, p + 1, to);
    if (q > p && this.clock.read(bytes, q, to, byte === MINUS)) {
      this.end = this.clock.end;
      return date + this.clock.ms;
    }
    if (!dateAlone || (p < to && isLetter(byte))) return NaN;
    this.end = p;
    return date;
  }

  /** As withClock, of a date that names no year. */
  private withoutYear(bytes: Uint8Array, p: number, to: number, month: number, day: number): number {
    const before = this.year;
    const ms = this.withClock(bytes, p, to, before, month, day, false);
    if (Number.isNaN(ms)) return NaN;
    const year = this.yearOf(month, day);
    return year === before ? ms : ms - epochMs(before, month, day, 0) + epochMs(year, month, day, 0);
  }

  /** 17/06/09 20:10:40, 10/Oct/2000:13:55:36 -0700, 02-Jan-2024 …, 02 Jan 2024 …, 1/2/2024 3:04 PM, 03-17 16:13:38.811 */
  private short(bytes: Uint8Array, at: number, to: number, digits: number, separator: number): number {
    const first = numberAt(bytes, at, digits);
    let p = at + digits + 1;
    const month = monthAt(bytes, p, to);
    if (month > 0) return this.dayMonthName(bytes, monthEnd(bytes, p, to, month), to, first, month);
    if (separator === SPACE) return NaN;
    const secondDigits = digitsAt(bytes, p, to);
    if (secondDigits === 0 || secondDigits > 2) return NaN;
    const second = numberAt(bytes, p, secondDigits);
    p += secondDigits;
    if (p < to && bytes[p] === SPACE && digits === 2 && secondDigits === 2) return this.withoutYear(bytes, p, to, first, second);
    if (p >= to || bytes[p] !== separator) return NaN;
    p++;
    const thirdDigits = digitsAt(bytes, p, to);
    const third = numberAt(bytes, p, thirdDigits);
    p += thirdDigits;
    if (thirdDigits === 4) {
      const dayFirst = first > 12 || (second <= 12 && (this.dayFirst || separator === DOT));
      return this.withClock(bytes, p, to, third, dayFirst ? second : first, dayFirst ? first : second, true);
    }
    if (thirdDigits !== 2 || digits !== 2) return NaN;
    if (separator === DOT) return this.withClock(bytes, p, to, fullYear(third), second, first, false);
    if (second <= 12 && third <= 31 && third > 0) return this.withClock(bytes, p, to, fullYear(first), second, third, false);
    return this.withClock(bytes, p, to, fullYear(third), first, second, false);
  }

  /** After a day and the name of a month: the year, if one is named, and the time. */
  private dayMonthName(bytes: Uint8Array, at: number, to: number, day: number, month: number): number {
    let p = at;
    if (p < to && (bytes[p] === SPACE || bytes[p] === SLASH || bytes[p] === MINUS)) p++;
    if (digitsAt(bytes, p, to) === 4) return this.withClock(bytes, p + 4, to, numberAt(bytes, p, 4), month, day, true);
    return this.withoutYear(bytes, at, to, month, day);
  }

  /** Dec 10 06:55:46, Jan 02, 2024 3:04:05 PM, Sun Dec 04 04:47:44 2005, Sun, 04 Dec 2005 04:47:44 GMT */
  private named(bytes: Uint8Array, at: number, to: number): number {
    let p = at;
    if (weekdayAt(bytes, p, to)) {
      p += 3;
      if (p < to && bytes[p] === COMMA) p++;
      if (p >= to || bytes[p] !== SPACE) return NaN;
      p = skipSpaces(bytes, p, to);
      const digits = digitsAt(bytes, p, to);
      if (digits === 1 || digits === 2) return this.short(bytes, p, to, digits, p + digits < to ? bytes[p + digits] : 0);
    }
    const month = monthAt(bytes, p, to);
    if (month === 0) return NaN;
    p = monthEnd(bytes, p, to, month);
    if (p >= to || bytes[p] !== SPACE) return NaN;
    p = skipSpaces(bytes, p, to);
    const dayDigits = digitsAt(bytes, p, to);
    if (dayDigits === 0 || dayDigits > 2) return NaN;
    const day = numberAt(bytes, p, dayDigits);
    p += dayDigits;
    if (p < to && bytes[p] === COMMA) p++;
    const q = skipSpaces(bytes, p, to);
    if (digitsAt(bytes, q, to) === 4) return this.withClock(bytes, q + 4, to, numberAt(bytes, q, 4), month, day, false);
    const ms = this.withoutYear(bytes, p, to, month, day);
    if (this.end === at) return NaN;
    this.yearless = true;
    return this.yearAfter(bytes, to, ms, month, day);
  }

  /** asctime and date(1) put the year last. */
  private yearAfter(bytes: Uint8Array, to: number, ms: number, month: number, day: number): number {
    const p = this.end + 1;
    if (this.end >= to || bytes[this.end] !== SPACE || digitsAt(bytes, p, to) !== 4) return ms;
    const year = numberAt(bytes, p, 4);
    if (year < 1970 || year > 2100) return ms;
    this.end = p + 4;
    this.yearless = false;
    return epochMs(year, month, day, 0) + this.clock.ms;
  }

  /** 081109 203615 (HDFS), 170102  3:04:05 (MySQL 5) */
  private sixDigits(bytes: Uint8Array, at: number, to: number): number {
    const p = skipSpaces(bytes, at + 6, to);
    const year = fullYear(numberAt(bytes, at, 2));
    const month = numberAt(bytes, at + 2, 2);
    const day = numberAt(bytes, at + 4, 2);
    if (digitsAt(bytes, p, to) !== 6) return this.withClock(bytes, at + 6, to, year, month, day, false);
    if (!this.clock.compact(bytes, p, to)) return NaN;
    const ms = epochMs(year, month, day, 0) + this.clock.ms;
    if (!Number.isNaN(ms)) this.end = this.clock.end;
    return ms;
  }

  /** 20240102T030405Z, 20171223-22:15:29:606, 20240102 */
  private eightDigits(bytes: Uint8Array, at: number, to: number): number {
    const year = numberAt(bytes, at, 4);
    const p = at + 8;
    if (year < 1970 || year > 2100 || p + 1 >= to) return NaN;
    const month = numberAt(bytes, at + 4, 2);
    const day = numberAt(bytes, at + 6, 2);
    if (digitsAt(bytes, p + 1, to) !== 6) return this.withClock(bytes, p, to, year, month, day, false);
    if (!this.clock.compact(bytes, p + 1, to)) return NaN;
    const ms = epochMs(year, month, day, 0) + this.clock.ms;
    if (!Number.isNaN(ms)) this.end = this.clock.end;
    return ms;
  }

  /** 20240102030405, perhaps with milliseconds. */
  private manyDigits(bytes: Uint8Array, at: number, digits: number): number {
    const year = numberAt(bytes, at, 4);
    if (year < 1970 || year > 2100 || !this.clock.compact(bytes, at + 8, at + 14)) return NaN;
    const ms = epochMs(year, numberAt(bytes, at + 4, 2), numberAt(bytes, at + 6, 2), 0) + this.clock.ms + (digits === 17 ? numberAt(bytes, at + 14, 3) : 0);
    if (!Number.isNaN(ms)) this.end = at + digits;
    return ms;
  }

  /** 10 digits are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds; within 2001…2100. */
  private epoch(bytes: Uint8Array, at: number, to: number, digits: number): number {
    const seconds = numberAt(bytes, at, 10);
    if (seconds < 1e9 || seconds > 4.2e9) return NaN;
    let p = at + digits;
    let ms = digits === 10 ? seconds * 1000 : seconds * 1000 + numberAt(bytes, at + 10, 3);
    if (digits === 10 && p + 1 < to && bytes[p] === DOT) {
      const fraction = digitsAt(bytes, p + 1, to);
      if (fraction > 0) ms += Math.floor(numberAt(bytes, p + 1, fraction) / 10 ** fraction * 1000);
      p += 1 + fraction;
    }
    if (p < to && isLetter(bytes[p])) return NaN;
    this.end = p;
    return ms;
  }

  private timeOnly(bytes: Uint8Array, at: number, to: number): number {
    if (this.clock.read(bytes, at, to, false) && this.clock.hasSeconds) this.end = this.clock.end;
    return NaN;
  }
}

function fullYear(twoDigits: number): number {
  return twoDigits >= CENTURY_PIVOT ? 1900 + twoDigits : 2000 + twoDigits;
}
