import { COLON, COMMA, DOT, EQUALS, MINUS, OPEN_BRACKET, QUOTE, SLASH, SPACE, TAB, isDigit, isLetter, isUpper } from './ascii.ts';

/** Longest token that is taken for a name in a header. */
export const LONGEST_NAME = 120;
const DOLLAR = 36;
const APOSTROPHE = 39;
const UNDERSCORE = 95;
/** What bytes are in a name, in one look: 0 for letters and all others. */
const NO_NAME = 1;
const NAME_MARK = 2;
const NAME_CAPITAL = 3;
const NAME_COLON = 4;
const NAME_BYTES = new Uint8Array(256).map((_, byte) => {
  if (byte === SPACE || byte === EQUALS || byte === QUOTE || byte === APOSTROPHE || byte === COMMA) return NO_NAME;
  if (byte === DOT || byte === DOLLAR || byte === UNDERSCORE || byte === MINUS || byte === SLASH || isDigit(byte)) return NAME_MARK;
  return isUpper(byte) ? NAME_CAPITAL : byte === COLON ? NAME_COLON : 0;
});

/** End of the run of letters and digits at `at`. */
export function wordEnd(bytes: Uint8Array, at: number, to: number): number {
  let p = at;
  while (p < to && (isLetter(bytes[p]) || isDigit(bytes[p]))) p++;
  return p;
}

/** End of the run of non-blank bytes at `at`, or −1 where it is longer than a name may be. */
export function tokenEnd(bytes: Uint8Array, at: number, to: number): number {
  const limit = Math.min(to, at + LONGEST_NAME);
  let p = at;
  while (p < limit && bytes[p] !== SPACE && bytes[p] !== TAB) p++;
  return p === limit && limit < to ? -1 : p;
}

/** The bytes are upper-case letters (and digits) only. */
export function allCaps(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (!isUpper(bytes[p]) && !isDigit(bytes[p])) return false;
  return to > from;
}

/**
 * The token looks like the name of a program part rather than a word of a sentence: it starts with a letter,
 * holds a dot, dollar, underscore, hyphen, digit or inner capital, is no address or URL, and names no exception.
 */
export function nameLike(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 2 || !isLetter(bytes[from]) || namesException(bytes, from, to)) return false;
  let marks = 0;
  for (let p = from + 1; p < to; p++) {
    const part = NAME_BYTES[bytes[p]];
    if (part === 0) continue;
    if (part === NO_NAME) return false;
    if (part === NAME_MARK) marks++;
    else if (part === NAME_CAPITAL) marks += isUpper(bytes[p - 1]) ? 0 : 1;
    else if (p + 1 < to && bytes[p + 1] === SLASH) return false;
  }
  return marks > 0;
}

/** A name of three or more dotted parts of which a later one starts with a capital: org.example.Server */
export function qualifiedName(bytes: Uint8Array, from: number, to: number): boolean {
  let dots = 0;
  let capital = false;
  for (let p = from; p < to; p++) {
    if (bytes[p] === DOT) {
      dots++;
      capital ||= p + 1 < to && isUpper(bytes[p + 1]);
    } else if (!isLetter(bytes[p]) && !isDigit(bytes[p]) && bytes[p] !== DOLLAR && bytes[p] !== UNDERSCORE) return false;
  }
  return dots > 1 && capital;
}

function namesException(bytes: Uint8Array, from: number, to: number): boolean {
  return endsWith(bytes, from, to, 'Exception') || endsWith(bytes, from, to, 'Error') || endsWith(bytes, from, to, 'Warning');
}

function endsWith(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  const at = to - text.length;
  return at >= from && startsWith(bytes, at, to, text);
}

/** ASCII `text` stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, to: number, text: string): boolean {
  if (at + text.length > to) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Offset of the bracket that closes the one at `at`, nested ones skipped; −1 if it is not closed within 400 bytes. */
export function closingBracket(bytes: Uint8Array, at: number, to: number): number {
  const limit = Math.min(to, at + 400);
  let depth = 0;
  for (let p = at; p < limit; p++) {
    if (bytes[p] === OPEN_BRACKET) depth++;
    else if (bytes[p] === 93 && --depth === 0) return p;
  }
  return -1;
}
