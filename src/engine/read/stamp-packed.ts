import { MINUS, SPACE, isDigit, skipSpaces } from './ascii.ts';
import type { Clock } from './stamp-clock.ts';
import { digitsAt, epochMs, numberAt } from './stamp-digits.ts';

/** Two-digit years from here on are 19xx. */
const CENTURY_PIVOT = 70;

/** Dates whose digits stand together. */
export class PackedDate {
  /** After a `read` that gave a time: the offset behind the stamp. */
  end = 0;
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Milliseconds of the stamp that begins with `digits` (6, 8, 14 or 17) digits at `at`, as if it were UTC; NaN where there is none. */
  read(bytes: Uint8Array, at: number, to: number, digits: number): number {
    if (digits === 6) return this.withTime(bytes, at, fullYear(numberAt(bytes, at, 2)), at + 2, skipSpaces(bytes, at + 6, to), to, false);
    const year = numberAt(bytes, at, 4);
    if (year < 1970 || year > 2100) return NaN;
    if (digits === 8) {
      const mark = at + 8 < to ? bytes[at + 8] : 0;
      const p = mark === SPACE ? skipSpaces(bytes, at + 8, to) : at + 9;
      return mark === 0 || isDigit(mark) ? NaN : this.withTime(bytes, at, year, at + 4, p, to, mark === MINUS);
    }
    const ms = this.withTime(bytes, at, year, at + 4, at + 8, at + 14, false);
    this.end = at + digits;
    return digits === 17 ? ms + numberAt(bytes, at + 14, 3) : ms;
  }

  /** 081109 203615 (HDFS), 170102  3:04:05 (MySQL 5), 20240102T030405Z, 20171223-22:15:29:606, 20240102030405 */
  private withTime(bytes: Uint8Array, at: number, year: number, date: number, p: number, to: number, dots: boolean): number {
    const day = epochMs(year, numberAt(bytes, date, 2), numberAt(bytes, date + 2, 2), 0);
    if (Number.isNaN(day) || p <= at + 6) return NaN;
    if (digitsAt(bytes, p, to) === 6 ? !this.clock.compact(bytes, p, to) : !this.clock.read(bytes, p, to, dots)) return NaN;
    this.end = this.clock.end;
    return day + this.clock.ms;
  }
}

/** 17 is 2017, 98 is 1998. */
export function fullYear(twoDigits: number): number {
  return twoDigits >= CENTURY_PIVOT ? 1900 + twoDigits : 2000 + twoDigits;
}
