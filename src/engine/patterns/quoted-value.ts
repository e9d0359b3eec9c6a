import { BYTE_CLASS, DIGIT, JOIN, LETTER, STOP } from './byte-class.ts';
import { isProtected } from './protected-words.ts';
import { UNSPACED, codePointAt, hasHiragana, wideAt } from './wide-text.ts';

const decoder = new TextDecoder();
const QUOTED_MAX = 64;

/** Offset of the closing quote if bytes[at…] is one token that stands for a value, else -1. */
export function quotedToken(bytes: Uint8Array, at: number, stop: number, quote: number): number {
  const limit = Math.min(stop, at + QUOTED_MAX);
  let close = at, all = 0;
  while (close < limit && bytes[close] !== quote) {
    const bits = BYTE_CLASS[bytes[close]];
    if (!(bits & (LETTER | DIGIT | JOIN))) return -1;
    all |= bits;
    close++;
  }
  if (close >= limit || !(all & (LETTER | DIGIT))) return -1;
  const next = close + 1 < stop ? bytes[close + 1] : 0x20;
  // A JSON key, or an apostrophe inside a word, is not a value.
  if (next === 0x3a || BYTE_CLASS[next] & (LETTER | DIGIT)) return -1;
  return isProtected(decoder.decode(bytes.subarray(at, close))) ? -1 : close;
}

/** Closing marks by the opening one: «x» »x« „x“ “x” 「x」 『x』 */
const CLOSING: ReadonlyMap<number, readonly number[]> = new Map([
  [0xab, [0xbb]], [0xbb, [0xab]], [0x201e, [0x201c, 0x201d]], [0x201c, [0x201d]], [0x300c, [0x300d]], [0x300e, [0x300f]],
]);
/**
 * Offset of the closing mark if the mark at bytes[open, at) opens a quoted value of one token, else -1. A word that decides
 * the meaning is no value, nor is a Japanese phrase. @param start where the message begins
 */
export function wideQuoted(bytes: Uint8Array, start: number, open: number, at: number, to: number): number {
  const mark = codePointAt(bytes, open, to);
  const closing = CLOSING.get(mark);
  // »x« and «x»: behind a letter it closes.
  if (closing === undefined || (mark === 0xbb && open > start && BYTE_CLASS[bytes[open - 1]] < STOP)) return -1;
  const limit = Math.min(to, at + QUOTED_MAX);
  let close = at;
  let word = false;
  while (close < limit) {
    if (bytes[close] < 0x80) {
      const bits = BYTE_CLASS[bytes[close]];
      if (!(bits & (LETTER | DIGIT | JOIN))) return -1;
      if (bits & (LETTER | DIGIT)) word = true;
      close++;
      continue;
    }
    if (closing.includes(codePointAt(bytes, close, to))) break;
    const here = wideAt(bytes, close, to);
    if (here >> 3 > UNSPACED) return -1;
    word = true;
    close += here & 7;
  }
  if (close >= limit || !word) return -1;
  const text = decoder.decode(bytes.subarray(at, close));
  return isProtected(text) || hasHiragana(text) ? -1 : close;
}
