/** Signs that Japanese and Chinese dates put behind their numbers, as the three bytes of their UTF-8. */
export const YEAR_SIGN = 0xe5b9b4;
export const MONTH_SIGN = 0xe69c88;
export const DAY_SIGN = 0xe697a5;
export const HOUR_SIGN = 0xe69982;
/** As simplified Chinese writes it. */
export const SHORT_HOUR_SIGN = 0xe697b6;
export const MINUTE_SIGN = 0xe58886;
export const SECOND_SIGN = 0xe7a792;
const NOON = 0xe58d88;
const BEFORE = 0xe5898d;
const AFTER = 0xe5be8c;
const UPPER = 0xe4b88a;
const LOWER = 0xe4b88b;

/** The sign stands at `p`. */
export function signAt(bytes: Uint8Array, p: number, to: number, sign: number): boolean {
  return p + 3 <= to && ((bytes[p] << 16) | (bytes[p + 1] << 8) | bytes[p + 2]) === sign;
}

/** 0 where 午前 or 上午 (AM), 1 where 午後 or 下午 (PM) stands at `p`; else -1. Either takes six bytes. */
export function halfDaySign(bytes: Uint8Array, p: number, to: number): number {
  if (p >= to || bytes[p] < 0xe4 || bytes[p] > 0xe5) return -1;
  if (signAt(bytes, p, to, NOON)) return signAt(bytes, p + 3, to, BEFORE) ? 0 : signAt(bytes, p + 3, to, AFTER) ? 1 : -1;
  if (!signAt(bytes, p + 3, to, NOON)) return -1;
  return signAt(bytes, p, to, UPPER) ? 0 : signAt(bytes, p, to, LOWER) ? 1 : -1;
}
