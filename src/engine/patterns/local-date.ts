import { AT, BLANK, BYTE_CLASS, DIGIT, JOIN, LETTER, SLASH, isDigit } from './byte-class.ts';
import { DOTTED_MONTH, MONTH, MONTH_BYTES, MONTH_HASHES, MONTH_NAMES, MONTH_SHAPES, SMALL_MONTH, nameHash } from './month-names.ts';
import { digits } from './token-shape.ts';
import { UNSPACED, WIDE_DIGIT, blankLength, codePointAt, wideAt } from './wide-text.ts';

const DOT = 0x2e, COMMA = 0x2c, DASH = 0x2d, COLON_BYTE = 0x3a;
const decoder = new TextDecoder();

/** The date around the name of a month, as `findDate` found it. */
export const date = {
  /** It begins with the number of a day before the name. */
  day: false,
  /** Offset after it. */
  end: 0,
};

/**
 * Whether the month's name at bytes[from, to) is part of a date, which then is in `date`: "15. März 2024", "15 de marzo
 * de 2024", "15 мар. 2024 г.", "März 15 10:00:00", "март 2024". @param start where the message begins @param kind of month-names.ts
 */
export function findDate(bytes: Uint8Array, start: number, from: number, to: number, stop: number, kind: number): boolean {
  const sign = dayBefore(bytes, start, from);
  date.day = sign !== NO_DAY;
  date.end = to;
  const after = bytes[to] === DOT && to < stop ? to + 1 : to;
  const year = yearAfter(bytes, after, stop);
  if (sign !== NO_DAY) {
    const small = (bytes[from] & 0x20) !== 0 && year > 0;
    // "stage 2. Jan joined": spelled as in English, a short name needs a year.
    const dotted = sign !== BARE_DAY && (year > 0 || to - from >= FULL_NAME);
    if (!(kind & MONTH) && !(kind & DOTTED_MONTH && dotted) && !(kind & SMALL_MONTH && small) && sign !== DE_DAY) return false;
    date.end = year > 0 ? year : to;
    return true;
  }
  if (!(kind & MONTH)) return false;
  date.end = year > 0 ? year : dayAndMore(bytes, after, stop);
  return date.end > 0;
}

/** April and longer. */
const FULL_NAME = 5;
const NO_DAY = 0, BARE_DAY = 1, DOTTED_DAY = 2, DE_DAY = 3;

/** How a number of a day stands before `from`: "15 ", "15. ", "15 de ". */
function dayBefore(bytes: Uint8Array, start: number, from: number): number {
  let at = blanksBack(bytes, start, from);
  let sign = BARE_DAY;
  if (at > start + 2 && at < from && isDe(bytes, at - 2)) {
    const before = blanksBack(bytes, start, at - 2);
    if (before < at - 2) {
      at = before;
      sign = DE_DAY;
    }
  }
  if (at > start && bytes[at - 1] === DOT) {
    at--;
    sign = DOTTED_DAY;
  } else if (at === from) return NO_DAY;
  let first = at;
  while (first > start && isDigit(bytes[first - 1])) first--;
  if (first === at || at - first > 2) return NO_DAY;
  return first > start && BYTE_CLASS[bytes[first - 1]] & (LETTER | DIGIT | JOIN | AT | SLASH) && blankBefore(bytes, start, first) === 0 ? NO_DAY : sign;
}

/** Whether the word at bytes[at…] begins with "de". */
export function isDe(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x64 && bytes[at + 1] === 0x65;
}

/** Offset after a year of four digits ("2024", "de 2024", "2024 г.", "2024 года"), 0 where none follows. */
function yearAfter(bytes: Uint8Array, from: number, stop: number): number {
  let at = skipBlanks(bytes, from, stop);
  if (at > from && isDe(bytes, at)) {
    at += bytes[at + 2] === 0x6c ? 3 : 2;
    at = skipBlanks(bytes, at, stop);
  }
  const end = digits(bytes, at, stop);
  if (at === from || end - at !== 4 || (bytes[at] !== 0x31 && bytes[at] !== 0x32) || goesOn(bytes, end, stop)) return 0;
  const word = skipBlanks(bytes, end, stop);
  for (const ending of YEAR_WORDS) {
    const last = word + ending.length;
    if (last <= stop && ending.every((byte, i) => bytes[word + i] === byte) && (ending[ending.length - 1] === DOT || !goesOn(bytes, last, stop))) return last;
  }
  return end;
}

const YEAR_WORDS: readonly Uint8Array[] = ['г.', 'года', 'году', 'г'].map((word) => new TextEncoder().encode(word));

/** Offset after "15" of "15 10:00:00", after "15, 2024" or "15 2024"; 0 where it is none of these. */
function dayAndMore(bytes: Uint8Array, from: number, stop: number): number {
  const at = skipBlanks(bytes, from, stop);
  const end = digits(bytes, at, stop);
  if (at === from || end === at || end - at > 2) return 0;
  const year = yearAfter(bytes, bytes[end] === COMMA ? end + 1 : end, stop);
  if (year > 0) return year;
  const clock = skipBlanks(bytes, end, stop);
  const hour = digits(bytes, clock, stop);
  return clock > end && hour > clock && hour - clock <= 2 && bytes[hour] === COLON_BYTE ? end : 0;
}

/** Whether a letter, digit or join goes on at bytes[at]. A dot or colon ends a sentence, but not before a digit. */
function goesOn(bytes: Uint8Array, at: number, stop: number): boolean {
  if (at >= stop) return false;
  if (bytes[at] === DOT || bytes[at] === COLON_BYTE || bytes[at] === DASH) return at + 1 < stop && isDigit(bytes[at + 1]);
  if (bytes[at] >= 0x80) return wideAt(bytes, at, stop) >> 3 < UNSPACED;
  return (BYTE_CLASS[bytes[at]] & (LETTER | DIGIT)) !== 0;
}

function skipBlanks(bytes: Uint8Array, at: number, stop: number): number {
  for (let size = blankLength(bytes, at, stop); size > 0; size = blankLength(bytes, at, stop)) at += size;
  return at;
}

function blanksBack(bytes: Uint8Array, start: number, at: number): number {
  for (let size = blankBefore(bytes, start, at); size > 0; size = blankBefore(bytes, start, at)) at -= size;
  return at;
}

/** Bytes of the blank that ends at bytes[at], 0 where there is none. */
function blankBefore(bytes: Uint8Array, start: number, at: number): number {
  if (at > start && BYTE_CLASS[bytes[at - 1]] === BLANK) return 1;
  for (let size = 2; size <= 3; size++) if (at - size >= start && bytes[at - size] >= 0xc2 && blankLength(bytes, at - size, at) === size) return size;
  return 0;
}

/** Whether the ASCII word bytes[from, to) begins and is long like a month's name, or is the "de" before a year. */
export function mayBeMonth(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from < MONTH_BYTES && MONTH_SHAPES[(bytes[from] | 0x20) * MONTH_BYTES + to - from] === 1;
}

/** Kind of the month that bytes[from, to) names (any script), 0 if none. */
export function monthKind(bytes: Uint8Array, from: number, to: number): number {
  if (to - from >= MONTH_BYTES || !MONTH_HASHES.has(nameHash(bytes, from, to))) return 0;
  return MONTH_NAMES.get(decoder.decode(bytes.subarray(from, to)).toLowerCase()) ?? 0;
}

/** Whether a blank and a digit, or "de", come at bytes[at…]: a month before it may be one of a date. Says nothing for sure. */
export function yearAhead(bytes: Uint8Array, at: number): boolean {
  const after = bytes[at] === 0x20 ? at + 1 : bytes[at] >= 0x80 ? at + blankLength(bytes, at, bytes.length) : at;
  return after > at && (isDigit(bytes[after]) || isDe(bytes, after));
}

/** "15-mar-2024", "15.Dez.2024", "15-мар-24": a whole token bytes[from, to). English names stay words. */
export function isNamedDate(bytes: Uint8Array, from: number, to: number): boolean {
  const day = digits(bytes, from, to);
  const join = bytes[day];
  if (day === from || day - from > 2 || (join !== DASH && join !== DOT) || !(BYTE_CLASS[bytes[day + 1]] & LETTER)) return false;
  let name = day + 1;
  while (name < to && BYTE_CLASS[bytes[name]] & LETTER) name++;
  let year = name;
  while (year < to && (bytes[year] === DASH || bytes[year] === DOT)) year++;
  const end = digits(bytes, year, to);
  if (year === name || end !== to || (end - year !== 4 && end - year !== 2)) return false;
  const kind = monthKind(bytes, day + 1, name);
  return (kind & MONTH) !== 0 || (kind & SMALL_MONTH) !== 0 && (bytes[day + 1] & 0x20) !== 0 || (kind & DOTTED_MONTH) !== 0 && join === DOT;
}

const UNITS = '年月日時分秒';
const SPAN_OF_TIME = 0x9593;
const OPEN = [0x28, 0xff08], CLOSE = [0x29, 0xff09];

/** Offset after a date or time of day in Chinese signs that begins with a digit at bytes[from]: 2024年3月15日（金）, 10時30分; 0 where none does. */
export function signDate(bytes: Uint8Array, from: number, stop: number): number {
  let at = from, end = 0, units = 0, last = -1;
  for (;;) {
    const after = anyDigits(bytes, at, stop);
    if (after === at) break;
    const unit = UNITS.indexOf(String.fromCodePoint(Math.max(0, codePointAt(bytes, after, stop))));
    if (unit <= last || (last >= 0 && unit !== last + 1)) break;
    // 5時間 is no time of day.
    if (unit >= 3 && codePointAt(bytes, after + 3, stop) === SPAN_OF_TIME) break;
    last = unit;
    units++;
    at = end = after + 3;
  }
  // Minutes and seconds alone are a length of time.
  if (units < 2 || last - units + 1 === 4) return 0;
  return last === 2 ? weekdayAfter(bytes, end, stop) : end;
}

/** （金）, (金曜日) */
function weekdayAfter(bytes: Uint8Array, from: number, stop: number): number {
  const [open, size] = signAt(bytes, from, stop);
  if (!OPEN.includes(open)) return from;
  let at = from + size;
  if (!'日月火水木金土'.includes(String.fromCodePoint(Math.max(0, codePointAt(bytes, at, stop))))) return from;
  at += 3;
  for (const more of '曜日') if (codePointAt(bytes, at, stop) === more.codePointAt(0)) at += 3;
  const [close, length] = signAt(bytes, at, stop);
  return CLOSE.includes(close) ? at + length : from;
}

function signAt(bytes: Uint8Array, at: number, stop: number): readonly [point: number, size: number] {
  return at < stop && bytes[at] < 0x80 ? [bytes[at], 1] : [codePointAt(bytes, at, stop), 3];
}

/** Offset after the run of ASCII and full-width digits at `at`. */
export function anyDigits(bytes: Uint8Array, at: number, stop: number): number {
  for (;;) {
    if (at >= stop) return at;
    if (isDigit(bytes[at])) at++;
    else {
      const here = bytes[at] >= 0x80 ? wideAt(bytes, at, stop) : 0;
      if (here >> 3 !== WIDE_DIGIT) return at;
      at += here & 7;
    }
  }
}
