/**
 * Cells that a spreadsheet would run: after OWASP's "CSV Injection", those that start with = + - @, a tab, CR or
 * LF, also after quotes and whatever is blank or cannot be seen, and the full-width forms of the four signs. Numbers and a lone "-" are none.
 */
const NUMBER = /^[+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?\s*%?$/;
const decoder = new TextDecoder();
const LONGEST_NUMBER = 64;

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const DELETE = 127;

/** bytes[from, to) is the content of a cell, without the quotes around it. */
export function isFormula(bytes: Uint8Array, from: number, to: number): boolean {
  const p = blankEnd(bytes, from, to);
  for (let at = from; at < p; at++) if (bytes[at] === TAB || bytes[at] === LF || bytes[at] === CR) return true;
  return startsFormula(bytes, p, to);
}

/** bytes[p] is the first that is neither blank nor a quote. */
function startsFormula(bytes: Uint8Array, p: number, to: number): boolean {
  if (p >= to) return false;
  const byte = bytes[p];
  if (byte > 64) return byte === 0xef && isFullWidthSign(bytes, p, to);
  if (byte === 61 || byte === 64) return true;
  if (byte !== 43 && byte !== 45) return false;
  let end = to;
  while (end > p && (bytes[end - 1] <= SPACE || bytes[end - 1] === QUOTE)) end--;
  if (end - p === 1 && byte === 45) return false;
  return end - p > LONGEST_NUMBER || !NUMBER.test(decoder.decode(bytes.subarray(p, end)));
}

/** Behind quotes, controls and all that is blank or invisible in Unicode: programs leave some of it out, each another part. */
function blankEnd(bytes: Uint8Array, from: number, to: number): number {
  let p = from;
  while (p < to) {
    const byte = bytes[p];
    const length = byte <= SPACE || byte === QUOTE || byte === DELETE ? 1 : byte < 0xc2 ? 0 : blankLength(bytes, p, to);
    if (length === 0) break;
    p += length;
  }
  return p;
}

/** Bytes of the blank or invisible character of several bytes at `p`; 0 if it is none. */
function blankLength(bytes: Uint8Array, p: number, to: number): number {
  const [first, second, third] = [bytes[p], p + 1 < to ? bytes[p + 1] : 0, p + 2 < to ? bytes[p + 2] : 0];
  // C1 controls, no-break space, soft hyphen.
  if (first === 0xc2) return second <= 0xa0 || second === 0xad ? 2 : 0;
  const point = first >= 0xe0 && first < 0xf0 ? ((first & 15) << 12) | ((second & 63) << 6) | (third & 63) : 0;
  const blank = point === 0x1680 || point === 0x180e || (point >= 0x2000 && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f)
    || (point >= 0x205f && point <= 0x206f) || point === 0x3000 || point === 0xfeff;
  return blank ? 3 : 0;
}

/** ＝ ＋ － ＠, which some spreadsheets read as their narrow forms. */
function isFullWidthSign(bytes: Uint8Array, at: number, to: number): boolean {
  if (at + 2 >= to || bytes[at + 1] !== 0xbc) return false;
  const last = bytes[at + 2];
  return last === 0x9d || last === 0x8b || last === 0x8d || last === 0xa0;
}
