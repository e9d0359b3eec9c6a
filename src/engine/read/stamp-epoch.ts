import { DOT, isLetter } from './ascii.ts';
import { digitsAt, numberAt } from './stamp-digits.ts';

/** 2001-09-09 and 2103-02-04, in seconds: other numbers of ten digits are no times. */
const FIRST_SECOND = 1e9;
const LAST_SECOND = 4.2e9;

/** Numbers since 1970: 10 digits are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds; each perhaps with a fraction. */
export class EpochNumber {
  /** After a `read` that gave a time: the offset behind it. */
  end = 0;

  /** Milliseconds of the `digits` digits at `at`, cut to whole ones; NaN where they are no time. */
  read(bytes: Uint8Array, at: number, to: number, digits: number): number {
    const seconds = numberAt(bytes, at, 10);
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return NaN;
    let p = at + digits;
    let ms = digits === 10 ? 0 : numberAt(bytes, at + 10, 3);
    const fraction = p + 1 < to && bytes[p] === DOT ? digitsAt(bytes, p + 1, to) : 0;
    if (fraction > 0) {
      const kept = Math.min(3, fraction);
      if (digits === 10) ms = numberAt(bytes, p + 1, kept) * (kept === 1 ? 100 : kept === 2 ? 10 : 1);
      p += 1 + fraction;
    }
    if (p < to && isLetter(bytes[p])) return NaN;
    this.end = p;
    return seconds * 1000 + ms;
  }
}
