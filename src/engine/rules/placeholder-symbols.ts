import { BLANK, BYTE_CLASS, DIGIT, LETTER, STOP } from '../patterns/byte-class.ts';
import type { Placeholder } from '../patterns/placeholder.ts';
import { MAX_SYMBOL } from './rule-program.ts';

/** Sorted, disjoint ranges of code points: [low, high, low, high, …]. */
type Ranges = Int32Array;

/** ASCII symbols that pass, as ranges; above ASCII everything is a letter to the masker, and bad bytes are U+FFFD. */
function ranges(passes: (byte: number) => boolean, aboveAscii: boolean): Ranges {
  const found: number[] = [];
  for (let byte = 0; byte < 0x80; byte++) if (passes(byte)) found.push(byte, byte);
  if (aboveAscii) found.push(0x80, MAX_SYMBOL);
  return Int32Array.from(found);
}

function anyOf(chars: string): Ranges {
  return ranges((byte) => chars.includes(String.fromCharCode(byte)), false);
}

const NUMERALS = '0123456789';
const HEX = `${NUMERALS}abcdefABCDEF`;
const JOINS = '._-+%~#$*';

/** What single symbols of a message can be where its masked text has a placeholder or a space. */
export const SYMBOL_SETS = {
  blank: ranges((byte) => BYTE_CLASS[byte] === BLANK, false),
  sign: anyOf('+-'),
  digit: anyOf(NUMERALS),
  decimal: anyOf(`${NUMERALS}.`),
  hex: anyOf(`${HEX}xX`),
  address: anyOf(`${HEX}:.-/`),
  letter: ranges((byte) => (BYTE_CLASS[byte] & LETTER) !== 0, true),
  opaque: ranges((byte) => (BYTE_CLASS[byte] & (LETTER | DIGIT)) !== 0 || byte === 0x2d, true),
  value: ranges((byte) => (BYTE_CLASS[byte] & (LETTER | DIGIT)) !== 0 || JOINS.includes(String.fromCharCode(byte)), true),
  clock: anyOf(`${NUMERALS}${JOINS}:/TZ`),
  token: ranges((byte) => BYTE_CLASS[byte] < STOP, true),
  between: ranges((byte) => (BYTE_CLASS[byte] & (LETTER | DIGIT)) === 0, false),
} as const;
export type SymbolSet = keyof typeof SYMBOL_SETS;

/** `set` once (neither flag), at most once (`optional`), any number of times (`many`). */
export interface Piece {
  readonly set: SymbolSet;
  readonly optional?: boolean;
  readonly many?: boolean;
}

/**
 * Strings that a placeholder stands for, as a sequence of pieces: all that the masker replaces by it (mask.ts, mask-pieces.ts,
 * token-shape.ts), and in places more. Whoever reasons about "every line of this key" may rely on the former only.
 */
export const STANDS_FOR: Readonly<Record<Placeholder, readonly Piece[]>> = {
  num: [{ set: 'sign', optional: true }, { set: 'digit' }, { set: 'decimal', many: true }],
  hex: [{ set: 'hex' }, { set: 'hex' }, { set: 'hex' }, { set: 'hex', many: true }],
  id: [{ set: 'opaque' }, { set: 'opaque', many: true }],
  ip: [{ set: 'address' }, { set: 'address' }, { set: 'address', many: true }],
  mac: [{ set: 'address' }, { set: 'address', many: true }],
  path: [{ set: 'token' }, { set: 'token', many: true }],
  url: [{ set: 'token' }, { set: 'token', many: true }],
  mail: [{ set: 'token' }, { set: 'token', many: true }],
  // At most one name of a month, of three bytes.
  time: [{ set: 'digit' }, { set: 'clock', many: true }, { set: 'letter', optional: true }, { set: 'letter', optional: true }, { set: 'letter', optional: true }, { set: 'clock', many: true }],
  str: [{ set: 'value' }, { set: 'value', many: true }],
};

/** What may follow the second of two neighbouring placeholders of one kind, since masking drops further ones of the run with what is between them. */
export const RUN_REST: Readonly<Record<Placeholder, readonly SymbolSet[]>> = {
  num: ['between', 'decimal'], hex: ['between', 'hex'], id: ['between', 'opaque'], ip: ['between', 'address'], mac: ['between', 'address'],
  path: ['between', 'token'], url: ['between', 'token'], mail: ['between', 'token'], time: ['between', 'clock', 'letter'], str: ['between', 'value'],
};
