import { AT, COLON, COMMA, DOT, MINUS, OPEN_BRACKET, SLASH, SPACE, TAB, isLetter, skipSpaces } from './ascii.ts';
import { Clock } from './stamp-clock.ts';
import { LastDate, YEAR_BEHIND, yearAt } from './stamp-date.ts';
import { digitsAt, epochMs, monthAt, monthEnd, numberAt, numberFollows, weekdayAt, wordEnd } from './stamp-digits.ts';
import { EpochNumber } from './stamp-epoch.ts';
import { MonthName } from './stamp-months.ts';
import { PackedDate, fullYear } from './stamp-packed.ts';
import { DAY_SIGN, MONTH_SIGN, YEAR_SIGN, signAt } from './stamp-signs.ts';
import { YearGuess } from './stamp-year.ts';
import { openZone } from './zone.ts';
import type { Zone } from './zone.ts';

const UPPER_T = 84;
const LOWER_T = 116;
const UNDERSCORE = 95;
/** The first byte of the names of months that are no ASCII: of é, and of Cyrillic. */
const FIRST_FOREIGN = 0xc3;
const LAST_FOREIGN = 0xd1;

/**
 * Recognises the time stamps that logs use. A stamp without a zone is wall-clock time of the zone given; a stamp that names
 * no date (only a time of day) is recognised but has no value.
 */
export class Stamps {
  /** After `at`: the offset behind the stamp; the offset given where there is none. */
  end = 0;
  /** After `at`: the stamp is an ISO date with T, as syslog daemons write it before a host. */
  iso = false;
  /** After `at`: the stamp is that of RFC 3164, month, day and time without a year. */
  yearless = false;
  private readonly years: YearGuess;
  private readonly dayFirst: boolean;
  /** Of stamps that name none; null for UTC. */
  private readonly zone: Zone | null;
  private readonly clock = new Clock();
  private readonly month = new MonthName();
  private readonly number = new EpochNumber();
  private readonly together = new PackedDate(this.clock);
  /** Where the stamp begins that is being read. */
  private start = 0;
  private readonly last = new LastDate();

  /** `year`: of stamps that name none. `dayFirst`: 03/04/2024 is 3 April. `zone`: IANA name. @throws Failure 'internal' where there is no such zone */
  constructor(year: number, dayFirst: boolean, zone = 'UTC') {
    this.years = new YearGuess(year);
    this.dayFirst = dayFirst;
    this.zone = openZone(zone);
  }

  /** Milliseconds since 1970 of a day that names no year and the time of day that `clock` has read, for forms that others read. */
  onDay(month: number, day: number, clock: Clock): number {
    this.last.length = 0;
    return this.inZone(epochMs(this.years.of(month, day), month, day, 0) + clock.ms, clock.zoned);
  }

  /** Notes what years follow from, so that stamps may be read again. */
  keepYears(): void {
    this.years.keep();
  }

  /** Forgets the stamps since the last `keepYears`. */
  goBack(): void {
    this.years.goBack();
    this.last.length = 0;
  }

  private inZone(ms: number, zoned: boolean): number {
    return zoned || this.zone === null ? ms : this.zone.toUtc(ms);
  }

  /** A cell that is nothing but a stamp, or seconds, milliseconds, microseconds or nanoseconds since 1970. NaN if neither. */
  whole(bytes: Uint8Array, from: number, to: number): number {
    return this.at(bytes, bytes[from] === OPEN_BRACKET ? from + 1 : from, to);
  }

  /** Milliseconds since 1970 of the stamp at `at`; sets `end`. */
  at(bytes: Uint8Array, at: number, to: number): number {
    this.end = this.start = at;
    this.iso = this.yearless = this.clock.zoned = false;
    const ms = this.again(bytes, at, to) ? this.last.ms + this.clock.ms : this.find(bytes, at, to);
    return this.zone === null || this.clock.zoned ? ms : this.zone.toUtc(ms);
  }

  /** Reads the stamp at `at` where its date is that of the last one. */
  private again(bytes: Uint8Array, at: number, to: number): boolean {
    const { last, clock } = this;
    if (!last.standsAt(bytes, at, to)) return false;
    const p = at + last.length;
    const read = clock.readWhole(bytes, p, to) || clock.read(bytes, p, to, last.dots);
    if (!read || (last.named && yearAt(bytes, clock.end, to) !== last.yearBehind)) {
      clock.zoned = false;
      return false;
    }
    this.iso = last.iso;
    this.yearless = last.named && last.yearBehind === 0;
    this.end = last.yearBehind === 0 ? clock.end : clock.end + YEAR_BEHIND;
    return true;
  }

  private find(bytes: Uint8Array, at: number, to: number): number {
    const first = bytes[at];
    if (first < 48 || to - at < 5) return NaN;
    if (first > 57) return isLetter(first) || (first >= FIRST_FOREIGN && first <= LAST_FOREIGN) ? this.named(bytes, at, to) : NaN;
    const digits = digitsAt(bytes, at, to);
    const after = at + digits < to ? bytes[at + digits] : 0;
    switch (digits) {
      case 4:
        if (after > 127) return this.signed(bytes, at, to);
        return after === MINUS || after === SLASH || after === DOT ? this.yearFirst(bytes, at, to, after) : NaN;
      case 1: case 2:
        if (after === COLON) return this.timeOnly(bytes, at, to);
        if (after === SLASH || after === MINUS || after === DOT || after === SPACE) return this.short(bytes, at, to, digits, after);
        return NaN;
      case 6: return after === SPACE ? this.packedDate(bytes, at, to, digits) : NaN;
      case 8: case 14: case 17: return this.packedDate(bytes, at, to, digits);
      case 10: case 13: case 16: case 19: return this.epoch(bytes, at, to, digits);
      default: return NaN;
    }
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
    } else if (byte === UPPER_T || byte === COLON || byte === UNDERSCORE || byte === MINUS || byte === LOWER_T || byte === TAB) q++;
    else if (byte === COMMA) q = skipSpaces(bytes, p + 1, to);
    if (q > p && this.clock.read(bytes, q, to, byte === MINUS)) {
      this.end = this.clock.end;
      this.last.set(bytes, this.start, q, date, this.iso, byte === MINUS);
      return date + this.clock.ms;
    }
    if (!dateAlone || (p < to && isLetter(byte))) return NaN;
    this.end = p;
    return date;
  }

  /** As withClock, of a date that names no year. */
  private withoutYear(bytes: Uint8Array, p: number, to: number, month: number, day: number): number {
    const before = this.years.now;
    const ms = this.withClock(bytes, p, to, before, month, day, false);
    if (Number.isNaN(ms)) return NaN;
    const year = this.years.of(month, day);
    if (year !== before) this.last.ms = epochMs(year, month, day, 0);
    return this.last.ms + this.clock.ms;
  }

  /** 2024年1月2日 03:04:05, 2024年01月02日 03时04分05秒 */
  private signed(bytes: Uint8Array, at: number, to: number): number {
    const year = numberAt(bytes, at, 4);
    let p = at + 4;
    if (!signAt(bytes, p, to, YEAR_SIGN)) return NaN;
    p += 3;
    const monthDigits = digitsAt(bytes, p, to);
    const month = numberAt(bytes, p, monthDigits);
    p += monthDigits;
    if (monthDigits === 0 || monthDigits > 2 || !signAt(bytes, p, to, MONTH_SIGN)) return NaN;
    p += 3;
    const dayDigits = digitsAt(bytes, p, to);
    const day = numberAt(bytes, p, dayDigits);
    p += dayDigits;
    if (dayDigits === 0 || dayDigits > 2 || !signAt(bytes, p, to, DAY_SIGN)) return NaN;
    p += 3;
    // The time may stand right behind the sign.
    const date = epochMs(year, month, day, 0);
    if (p < to && bytes[p] !== SPACE && !Number.isNaN(date) && this.clock.read(bytes, p, to, false)) {
      this.end = this.clock.end;
      return date + this.clock.ms;
    }
    return this.withClock(bytes, p, to, year, month, day, true);
  }

  /** 17/06/09 20:10:40, 10/Oct/2000:13:55:36 -0700, 02-Jan-2024 …, 02 Jan 2024 …, 1/2/2024 3:04 PM, 03-17 16:13:38.811 */
  private short(bytes: Uint8Array, at: number, to: number, digits: number, separator: number): number {
    const first = numberAt(bytes, at, digits);
    let p = at + digits + 1;
    if (separator === DOT && p < to && bytes[p] === SPACE) p++;
    const month = this.monthName(bytes, p, to);
    if (month > 0) return this.dayMonthName(bytes, this.month.end, to, first, month);
    if (separator === SPACE || bytes[p - 1] === SPACE) return NaN;
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

  /** 1…12 where the name of a month stands at `p`, and then `month.end` is behind it. */
  private monthName(bytes: Uint8Array, p: number, to: number): number {
    const english = monthAt(bytes, p, to);
    if (english > 0) {
      const end = monthEnd(bytes, p, to, english);
      if (end >= to || !(isLetter(bytes[end]) || bytes[end] === DOT || bytes[end] > 127)) {
        this.month.end = end;
        return english;
      }
    }
    return p < to && (isLetter(bytes[p]) || bytes[p] > 127) ? this.month.read(bytes, p, to) : 0;
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
    const word = wordEnd(bytes, at, to);
    if (word === at + 3 && weekdayAt(bytes, p, to)) {
      p += 3;
      if (p < to && bytes[p] === COMMA) p++;
      if (p >= to || bytes[p] !== SPACE) return NaN;
      p = skipSpaces(bytes, p, to);
      const digits = digitsAt(bytes, p, to);
      // systemd: Tue 2024-01-02 03:04:05 UTC
      if (digits === 4) return p + 4 < to && bytes[p + 4] === MINUS ? this.yearFirst(bytes, p, to, MINUS) : NaN;
      if (digits === 1 || digits === 2) return this.short(bytes, p, to, digits, p + digits < to ? bytes[p + digits] : 0);
    }
    // Most words are told from months by what follows them.
    if (p === at && !numberFollows(bytes, word, to)) return NaN;
    const month = this.monthName(bytes, p, to);
    if (month === 0) return NaN;
    p = this.month.end;
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
    const year = yearAt(bytes, this.end, to);
    this.last.named = true;
    this.last.yearBehind = year;
    this.yearless = year === 0;
    if (year === 0) return ms;
    this.end += YEAR_BEHIND;
    this.last.ms = epochMs(year, month, day, 0);
    return this.last.ms + this.clock.ms;
  }

  private packedDate(bytes: Uint8Array, at: number, to: number, digits: number): number {
    const ms = this.together.read(bytes, at, to, digits);
    if (!Number.isNaN(ms)) this.end = this.together.end;
    return ms;
  }

  private epoch(bytes: Uint8Array, at: number, to: number, digits: number): number {
    const ms = this.number.read(bytes, at, to, digits);
    if (Number.isNaN(ms)) return NaN;
    this.end = this.number.end;
    this.clock.zoned = true;
    return ms;
  }

  private timeOnly(bytes: Uint8Array, at: number, to: number): number {
    if (this.clock.read(bytes, at, to, false) && this.clock.hasSeconds) this.end = this.clock.end;
    return NaN;
  }
}
