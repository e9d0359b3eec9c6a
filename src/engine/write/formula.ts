/**
 * Cells that a spreadsheet would run: after OWASP's "CSV Injection", those that start with = + - @, a tab, CR or
 * LF, also after spaces and quotes, and the full-width forms of the four signs. Numbers and a lone "-" are none.
 */
const NUMBER = /^[+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?\s*%?$/;
const decoder = new TextDecoder();
const LONGEST_NUMBER = 64;

/** bytes[from, to) is the content of a cell, without the quotes around it. */
export function isFormula(bytes: Uint8Array, from: number, to: number): boolean {
  let p = from;
  while (p < to && (bytes[p] === 32 || bytes[p] === 34)) p++;
  if (p === to) return false;
  const byte = bytes[p];
  if (byte > 64) return byte === 0xef && isFullWidthSign(bytes, p, to);
  if (byte === 61 || byte === 64 || byte === 9 || byte === 10 || byte === 13) return true;
  if (byte !== 43 && byte !== 45) return false;
  let end = to;
  while (end > p && (bytes[end - 1] === 32 || bytes[end - 1] === 34)) end--;
  if (end - p === 1 && byte === 45) return false;
  return end - p > LONGEST_NUMBER || !NUMBER.test(decoder.decode(bytes.subarray(p, end)));
}

/** ＝ ＋ － ＠, which some spreadsheets read as their narrow forms. */
function isFullWidthSign(bytes: Uint8Array, at: number, to: number): boolean {
  if (at + 2 >= to || bytes[at + 1] !== 0xbc) return false;
  const last = bytes[at + 2];
  return last === 0x9d || last === 0x8b || last === 0x8d || last === 0xa0;
}
