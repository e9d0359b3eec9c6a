import { BACKSLASH, CLOSE_BRACE, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE, isDigit } from '../read/ascii.ts';

/** What `walkObject` tells of a part of the object; spans are byte offsets, strings with their quotes. */
export interface JsonVisit {
  /** @param depth 1: a key of the object itself */
  key(start: number, end: number, depth: number): void;
  /** A string, a number, true, false or null. */
  scalar(start: number, end: number): void;
}

const FAILED = -1;
/** Deeper objects are not taken apart; no log nests like that. */
const DEEPEST = 512;
const WORDS = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));

/**
 * Goes through bytes[from, to) if that is one JSON object by the letter of RFC 8259, whatever bytes its strings hold beyond ASCII; gives the
 * offset of its last brace, or -1. One pass, no recursion.
 */
export function walkObject(bytes: Uint8Array, from: number, to: number, visit: JsonVisit): number {
  const closers: number[] = [];
  let p = blank(bytes, from, to);
  if (bytes[p] !== OPEN_BRACE || p >= to) return FAILED;
  for (;;) {
    // At a value.
    if (p >= to) return FAILED;
    if (bytes[p] === OPEN_BRACE || bytes[p] === OPEN_BRACKET) {
      if (closers.length === DEEPEST) return FAILED;
      closers.push(bytes[p] + 2);
      p = blank(bytes, p + 1, to);
      if (p < to && bytes[p] !== closers[closers.length - 1]) {
        if (closers[closers.length - 1] === CLOSE_BRACE && (p = keyAt(bytes, p, to, closers.length, visit)) < 0) return FAILED;
        continue;
      }
    } else {
      const end = scalarEnd(bytes, p, to);
      if (end < 0) return FAILED;
      visit.scalar(p, end);
      p = blank(bytes, end, to);
    }
    // Behind a value, or at the end of an empty object or list.
    while (p < to && bytes[p] === closers[closers.length - 1]) {
      closers.pop();
      if (closers.length === 0) return blank(bytes, p + 1, to) === to ? p : FAILED;
      p = blank(bytes, p + 1, to);
    }
    if (p >= to || bytes[p] !== COMMA) return FAILED;
    p = blank(bytes, p + 1, to);
    if (closers[closers.length - 1] === CLOSE_BRACE && (p = keyAt(bytes, p, to, closers.length, visit)) < 0) return FAILED;
  }
}

/** Reads a key and its colon; gives the offset of the value. */
function keyAt(bytes: Uint8Array, at: number, to: number, depth: number, visit: JsonVisit): number {
  const end = stringEnd(bytes, at, to);
  if (end < 0) return FAILED;
  visit.key(at, end, depth);
  const colon = blank(bytes, end, to);
  return colon < to && bytes[colon] === COLON ? blank(bytes, colon + 1, to) : FAILED;
}

function blank(bytes: Uint8Array, at: number, to: number): number {
  let p = at;
  while (p < to && (bytes[p] === 32 || bytes[p] === 9 || bytes[p] === 10 || bytes[p] === 13)) p++;
  return p;
}

function scalarEnd(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] === QUOTE) return stringEnd(bytes, at, to);
  const word = WORDS.find((one) => one[0] === bytes[at]);
  if (word !== undefined) return at + word.length <= to && word.every((byte, i) => bytes[at + i] === byte) ? at + word.length : FAILED;
  return numberEnd(bytes, at, to);
}

function stringEnd(bytes: Uint8Array, at: number, to: number): number {
  if (at >= to || bytes[at] !== QUOTE) return FAILED;
  for (let p = at + 1; p < to; p++) {
    const byte = bytes[p];
    if (byte === QUOTE) return p + 1;
    if (byte < 32) return FAILED;
    if (byte !== BACKSLASH) continue;
    p++;
    if (p >= to) return FAILED;
    if (bytes[p] === 117) {
      for (const last = p + 4; p < last; ) if (++p >= to || !isHex(bytes[p])) return FAILED;
    } else if (!'"\\/bfnrt'.includes(String.fromCharCode(bytes[p]))) return FAILED;
  }
  return FAILED;
}

function numberEnd(bytes: Uint8Array, at: number, to: number): number {
  let p = bytes[at] === 45 ? at + 1 : at;
  const whole = digits(bytes, p, to);
  if (whole === p || (bytes[p] === 48 && whole > p + 1)) return FAILED;
  p = whole;
  if (p < to && bytes[p] === 46) {
    const fraction = digits(bytes, p + 1, to);
    if (fraction === p + 1) return FAILED;
    p = fraction;
  }
  if (p < to && (bytes[p] | 32) === 101) {
    p++;
    if (p < to && (bytes[p] === 43 || bytes[p] === 45)) p++;
    const exponent = digits(bytes, p, to);
    if (exponent === p) return FAILED;
    p = exponent;
  }
  return p;
}

function digits(bytes: Uint8Array, at: number, to: number): number {
  let p = at;
  while (p < to && isDigit(bytes[p])) p++;
  return p;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}
