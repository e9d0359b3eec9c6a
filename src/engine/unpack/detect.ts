import type { Encoding, Packing } from '../../contract/dialect.ts';
import { isZstdMagic } from './zstd-frame.ts';

/** Bytes of a file's start that tell how it is packed. */
export const MAGIC_BYTES = 4;

/** By the file's first bytes: what it is called says too little. */
export function packingOf(head: Uint8Array): Packing {
  if (head.length < MAGIC_BYTES) return 'none';
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  const magic = (head[0] | (head[1] << 8) | (head[2] << 16) | (head[3] << 24)) >>> 0;
  if (isZstdMagic(magic)) return 'zstd';
  // "PK" and the kind of the first record: a file's, or the end of an archive that is empty.
  return magic === 0x04034b50 || magic === 0x06054b50 ? 'zip' : 'none';
}

/** Of all units of UTF-16 without a byte-order mark, so many at least are ASCII, in any script: spaces and line ends. */
const ASCII_UNITS = 0.02;

/** The encoding of a text, by its first part: a byte-order mark, NUL bytes on one side of each pair, or what is no UTF-8. */
export function encodingOf(sample: Uint8Array): Encoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  return utf16By(sample) ?? (isMostlyUtf8(sample) ? 'utf-8' : 'windows-1252');
}

function utf16By(sample: Uint8Array): Encoding | null {
  const pairs = sample.length >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * pairs; at++) if (sample[at] === 0) zeros[at & 1]++;
  const side = zeros[1] > zeros[0] ? 1 : 0;
  if (zeros[side] < Math.max(2, ASCII_UNITS * pairs) || zeros[1 - side] > 0.05 * zeros[side]) return null;
  // The other byte of such a pair is a character of text, seldom anything else.
  let text = 0;
  for (let at = 0; at < pairs; at++) {
    const other = sample[2 * at + 1 - side];
    if (sample[2 * at + side] === 0 && (other >= 0x20 || other === 0x0a || other === 0x0d || other === 0x09)) text++;
  }
  if (text < 0.95 * zeros[side] || isTextBetween(sample, side)) return null;
  return side === 1 ? 'utf-16le' : 'utf-16be';
}

/** Most pairs have no NUL and are two ASCII characters: a text in which some NULs happen to stand on one side. */
function isTextBetween(sample: Uint8Array, side: number): boolean {
  const pairs = sample.length >> 1;
  let plain = 0;
  for (let at = 0; at < pairs; at++) if (isAsciiText(sample[2 * at + side]) && isAsciiText(sample[2 * at + 1 - side])) plain++;
  return 2 * plain > pairs;
}

function isAsciiText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Has no bytes that UTF-8 cannot have, or no more of them than characters that are rightly made of several. A character cut by the sample's end is no matter. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  let right = 0, wrong = 0;
  for (let at = 0; at < sample.length; ) {
    if (sample[at] < 0x80) {
      at++;
      continue;
    }
    const length = sequenceAt(sample, at);
    if (length > 0) right++;
    else if (length === 0) wrong++;
    else break;
    at += Math.max(1, length);
  }
  return right >= wrong;
}

/** Length of the sequence of several bytes at `at` (RFC 3629); 0 if it is none, -1 if the sample ends within it. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next++) {
    if (at + next >= bytes.length) return -1;
    const byte = bytes[at + next];
    if ((byte & 0xc0) !== 0x80) return 0;
    if (next === 1 && ((first === 0xe0 && byte < 0xa0) || (first === 0xed && byte > 0x9f) || (first === 0xf0 && byte < 0x90) || (first === 0xf4 && byte > 0x8f))) return 0;
  }
  return length;
}
