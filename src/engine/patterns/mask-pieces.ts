import { BYTE_CLASS, DIGIT, LETTER, isDigit, isHex } from './byte-class.ts';
import { PLACEHOLDER, writePlaceholder } from './placeholder.ts';
import { UUID_LENGTH, isUuidAt } from './token-shape.ts';

/** Hexadecimal words shorter than this are taken for letters and digits (`node1b`, `a1`). */
const HEX_MIN = 6;
/** Letter/digit changes from which a word is an opaque identifier (`x7Kq29Zp`). */
const ID_SWITCHES = 3;
const ID_MIN = 6;

/**
 * Masks a token piece by piece: runs of letters and digits between its punctuation. Words without digits are
 * copied; `blk_-123`, `node12`, `512MB`, `0x1f`, `1.5s`, `deadbeef01` become `blk_<num>`, `node<num>`, `<num>MB`,
 * `<hex>`, `<num>s`, `<hex>`. Writes to out[length…] and returns the new length.
 */
export function maskPieces(bytes: Uint8Array, from: number, end: number, out: Uint8Array, length: number): number {
  let at = from;
  while (at < end) {
    if (!(BYTE_CLASS[bytes[at]] & (LETTER | DIGIT))) {
      // A sign belongs to its number, except between two numbers (a range) or inside a word.
      const sign = bytes[at] === 0x2d && at + 1 < end && isDigit(bytes[at + 1]) && (at === from || !(BYTE_CLASS[bytes[at - 1]] & (LETTER | DIGIT)));
      if (!sign) out[length++] = bytes[at];
      at++;
      continue;
    }
    if (end - at >= UUID_LENGTH && isUuidAt(bytes, at)) {
      length = writePlaceholder(PLACEHOLDER.id, out, length);
      at += UUID_LENGTH;
      continue;
    }
    let stop = at, bits = 0, switches = 0, hex = true, previous = 0;
    while (stop < end) {
      const kind = BYTE_CLASS[bytes[stop]] & (LETTER | DIGIT);
      if (kind === 0) {
        // Decimals and versions are one number.
        if (bits === DIGIT && bytes[stop] === 0x2e && stop + 1 < end && isDigit(bytes[stop + 1])) {
          stop++;
          continue;
        }
        break;
      }
      if (previous !== 0 && kind !== previous) switches++;
      previous = kind;
      bits |= kind;
      if (hex && !isHex(bytes[stop])) hex = false;
      stop++;
    }
    length = maskPiece(bytes, at, stop, bits, switches, hex, out, length);
    at = stop;
  }
  return length;
}

function maskPiece(bytes: Uint8Array, from: number, stop: number, bits: number, switches: number, hex: boolean, out: Uint8Array, length: number): number {
  const size = stop - from;
  if (!(bits & DIGIT)) return copy(bytes, from, stop, out, length);
  if (!(bits & LETTER)) return writePlaceholder(PLACEHOLDER.num, out, length);
  if (size > 2 && bytes[from] === 0x30 && (bytes[from + 1] | 0x20) === 0x78 && hexFrom(bytes, from + 2, stop)) return writePlaceholder(PLACEHOLDER.hex, out, length);
  if (hex && size >= HEX_MIN) return writePlaceholder(PLACEHOLDER.hex, out, length);
  if (switches >= ID_SWITCHES && size >= ID_MIN) return writePlaceholder(PLACEHOLDER.id, out, length);
  let at = from;
  while (at < stop) {
    if (isDigit(bytes[at])) {
      while (at < stop && (isDigit(bytes[at]) || bytes[at] === 0x2e)) at++;
      length = writePlaceholder(PLACEHOLDER.num, out, length);
    } else out[length++] = bytes[at++];
  }
  return length;
}

function hexFrom(bytes: Uint8Array, at: number, stop: number): boolean {
  for (; at < stop; at++) if (!isHex(bytes[at])) return false;
  return true;
}

function copy(bytes: Uint8Array, from: number, stop: number, out: Uint8Array, length: number): number {
  for (let at = from; at < stop; at++) out[length++] = bytes[at];
  return length;
}
