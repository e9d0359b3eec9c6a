import { DOT, SPACE, isDigit, isLetter, skipSpaces } from './ascii.ts';

const MONTHS = new Map<number, number>(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
  .map((name, index) => [code3(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2)), index + 1]));
const DAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => code3(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2))));

function code3(a: number, b: number, c: number): number {
  return ((a | 32) << 16) | ((b | 32) << 8) | (c | 32);
}

/** 1…12 where an English three-letter month stands at `at`, else 0. */
export function monthAt(bytes: Uint8Array, at: number, to: number): number {
  return at + 3 <= to ? MONTHS.get(code3(bytes[at], bytes[at + 1], bytes[at + 2])) ?? 0 : 0;
}

const LONG_MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** Offset behind the name of `month` at `at`, where its first three letters stand: of all of it, if it is written out. */
export function monthEnd(bytes: Uint8Array, at: number, to: number, month: number): number {
  const name = LONG_MONTHS[month - 1];
  if (at + name.length > to) return at + 3;
  for (let i = 3; i < name.length; i++) if ((bytes[at + i] | 32) !== name.charCodeAt(i)) return at + 3;
  return at + name.length;
}

/** An English three-letter day of the week stands at `at`. */
export function weekdayAt(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 3 <= to && DAYS.has(code3(bytes[at], bytes[at + 1], bytes[at + 2]));
}

/** Number of digits from `at`, at most 20. */
export function digitsAt(bytes: Uint8Array, at: number, to: number): number {
  const limit = Math.min(to, at + 20);
  let p = at;
  while (p < limit && isDigit(bytes[p])) p++;
  return p - at;
}

/** Value of `count` digits at `at`; a leading space counts as 0. */
export function numberAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let p = at; p < at + count; p++) value = value * 10 + (bytes[p] === SPACE ? 0 : bytes[p] - 48);
  return value;
}

/** Milliseconds since 1970 of a civil date and time, UTC; NaN where it is none. After Howard Hinnant's days_from_civil. */
export function epochMs(year: number, month: number, day: number, secondOfDay: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return ((era * 146097 + dayOfEra - 719468) * 86400 + secondOfDay) * 1000;
}

/** Longer than the name of any month, in bytes. */
const MOST_WORD = 20;

/** End of the letters from `at`, of whatever alphabet; of a long word that of its first part. */
export function wordEnd(bytes: Uint8Array, at: number, to: number): number {
  const limit = Math.min(to, at + MOST_WORD);
  let p = at;
  while (p < limit && (bytes[p] > 127 || isLetter(bytes[p]))) p++;
  return p;
}

/** After a word that ends at `p`, perhaps with a point: spaces and a digit. */
export function numberFollows(bytes: Uint8Array, p: number, to: number): boolean {
  const end = p < to && bytes[p] === DOT ? p + 1 : p;
  if (end >= to || bytes[end] !== SPACE) return false;
  const q = skipSpaces(bytes, end, to);
  return q < to && isDigit(bytes[q]);
}
