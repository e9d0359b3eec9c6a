/**
 * What a byte can be inside a message, as bits, so that one pass over a token can collect them with OR.
 * Bytes above 0x7f count as letters; what their characters really are, wide-text.ts tells.
 */
export const LETTER = 1;
export const DIGIT = 2;
/** `/` and `\` */
export const SLASH = 4;
export const AT = 8;
export const COLON = 16;
/** Other punctuation that holds a token together: . _ - + % ~ # $ * */
export const JOIN = 32;
/** Part of a character above ASCII. Such bytes are LETTER, too. */
export const HIGH = 64;
/** Ends a token and is copied: brackets, quotes, comma, semicolon, equals … Classes below it hold a token together. */
export const STOP = 128;
/** Ends a token and is folded to one space: blanks and control characters. */
export const BLANK = 256;

export const BYTE_CLASS = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) BYTE_CLASS[byte] = classify(byte);

function classify(byte: number): number {
  if (byte <= 0x20 || byte === 0x7f) return BLANK;
  if (byte >= 0x80) return LETTER | HIGH;
  const char = String.fromCharCode(byte);
  if (/[a-z]/i.test(char)) return LETTER;
  if (/[0-9]/.test(char)) return DIGIT;
  if (char === '/' || char === '\\') return SLASH;
  if (char === '@') return AT;
  if (char === ':') return COLON;
  return '._-+%~#$*'.includes(char) ? JOIN : STOP;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** 0-9, a-f, A-F */
export function isHex(byte: number): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
