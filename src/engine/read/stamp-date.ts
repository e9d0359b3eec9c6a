import { SPACE } from './ascii.ts';
import { digitsAt, numberAt } from './stamp-digits.ts';

/** Bytes of " 2005" behind a time of day. */
export const YEAR_BEHIND = 5;
/** Longer than the date of any stamp. */
const LONGEST = 40;

/**
 * The date with which the last stamp began, up to its time of day. Most lines of a log begin with the same one, so that it need
 * not be read again. What it is taken for depends on its own bytes alone: its first number, name and separators say which form it has.
 */
export class LastDate {
  /** Of its bytes; 0 where there is none. */
  length = 0;
  /** Its midnight as if it were UTC, epoch ms. */
  ms = 0;
  /** As of Stamps. */
  iso = false;
  /** It is a month's name and a day: the year may follow the time of day. */
  named = false;
  /** The year that follows the time of day; 0 for none. */
  yearBehind = 0;
  /** The time of day may be written with points. */
  dots = false;
  private readonly bytes = new Uint8Array(LONGEST);

  /** Notes bytes[from, to). */
  set(bytes: Uint8Array, from: number, to: number, ms: number, iso: boolean, dots: boolean): void {
    this.length = to - from > LONGEST ? 0 : to - from;
    for (let i = 0; i < this.length; i++) this.bytes[i] = bytes[from + i];
    this.ms = ms;
    this.iso = iso;
    this.named = false;
    this.yearBehind = 0;
    this.dots = dots;
  }

  /** Stands at `at` again, and something follows it. */
  standsAt(bytes: Uint8Array, at: number, to: number): boolean {
    const { bytes: own, length } = this;
    if (length === 0 || at + length >= to) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== own[i]) return false;
    return true;
  }
}

/** The year that asctime and date(1) put behind the time of day, which ends at `p`; 0 where there is none. */
export function yearAt(bytes: Uint8Array, p: number, to: number): number {
  if (p >= to || bytes[p] !== SPACE || digitsAt(bytes, p + 1, to) !== 4) return 0;
  const year = numberAt(bytes, p + 1, 4);
  return year < 1970 || year > 2100 ? 0 : year;
}
