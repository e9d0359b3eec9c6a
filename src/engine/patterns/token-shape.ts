import { AT, BYTE_CLASS, COLON, DIGIT, HIGH, JOIN, LETTER, SLASH, isDigit, isHex } from './byte-class.ts';

/**
 * Recognises what a whole token (a run without blanks, brackets, quotes, commas) stands for.
 * The set of shapes follows Drain3's `examples/drain3.ini` and klp's `--normalize`.
 */
export type Shape = 'url' | 'mail' | 'path' | 'ip' | 'id' | 'mac' | 'time' | 'parts';

/** Shape of bytes[start,end), whose class bits (byte-class.ts) OR to `bits`; 'parts' = look at its pieces one by one. */
export function tokenShape(bytes: Uint8Array, start: number, end: number, bits: number): Shape {
  if (bits & SLASH) {
    const shape = slashShape(bytes, start, end, bits);
    if (shape !== 'parts') return shape;
  }
  if (bits & AT && isMail(bytes, start, end)) return 'mail';
  if (!(bits & DIGIT)) return 'parts';
  if (isIpv4(bytes, start, end)) return 'ip';
  if (bits & COLON) {
    const shape = colonShape(bytes, start, end);
    if (shape !== 'parts') return shape;
  }
  if (bits & JOIN) {
    if (end - start === UUID_LENGTH && isUuidAt(bytes, start)) return 'id';
    if (end - start === MAC_LENGTH && isDashedMac(bytes, start)) return 'mac';
    if (isIsoDate(bytes, start, end)) return 'time';
  }
  return 'parts';
}

const SLASH_BYTE = 0x2f;
const BACKSLASH = 0x5c;

function slashShape(bytes: Uint8Array, start: number, end: number, bits: number): Shape {
  let slashes = 0;
  for (let at = start; at < end; at++) {
    if (!(BYTE_CLASS[bytes[at]] & SLASH)) continue;
    if (at > start && bytes[at - 1] === 0x3a && bytes[at] === SLASH_BYTE && bytes[at + 1] === SLASH_BYTE && at + 2 < end) return 'url';
    slashes++;
  }
  if (end - start === slashes) return 'parts';
  if (bits & DIGIT && isSlashDate(bytes, start, end)) return 'time';
  if (!(bits & LETTER)) return bits & DIGIT && bytes[start] === SLASH_BYTE ? 'path' : 'parts';
  const first = bytes[start];
  if (first === SLASH_BYTE || (first === BACKSLASH && slashes > 1)) return 'path';
  if ((first === 0x7e || first === 0x2e) && (BYTE_CLASS[bytes[start + 1]] & SLASH || bytes[start + 1] === 0x2e)) return 'path';
  if (bytes[start + 1] === 0x3a && BYTE_CLASS[bytes[start + 2]] & SLASH) return 'path';
  return slashes > 1 ? 'path' : 'parts';
}

/** 17/06/09, 2024/01/02, 2016/9/27:20:30:31.455, 10/Oct/2000:13:55:36 */
function isSlashDate(bytes: Uint8Array, start: number, end: number): boolean {
  let at = digits(bytes, start, end);
  if (at === start || at - start > 4 || bytes[at] !== SLASH_BYTE) return false;
  let middle = digits(bytes, at + 1, end);
  if (middle === at + 1) {
    middle = at + 4;
    for (let letter = at + 1; letter < middle; letter++) if (!(BYTE_CLASS[bytes[letter]] & LETTER)) return false;
    // Three letters of two bytes each: 10/мар/2000
    if (bytes[at + 1] >= 0x80 && BYTE_CLASS[bytes[middle]] & HIGH) middle += 3;
  }
  if (bytes[middle] !== SLASH_BYTE) return false;
  at = digits(bytes, middle + 1, end);
  if (at === middle + 1) return false;
  for (; at < end; at++) if (!isDigit(bytes[at]) && bytes[at] !== 0x3a && bytes[at] !== 0x2e) return false;
  return true;
}

function isMail(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] !== 0x40) at++;
  if (at === start || at + 1 >= end) return false;
  let dot = -1;
  for (let next = at + 1; next < end; next++) {
    const bits = BYTE_CLASS[bytes[next]];
    if (bits & (AT | SLASH | COLON)) return false;
    if (bytes[next] === 0x2e) dot = next;
  }
  // The last label of a host name has no digit; this tells name@host.org from object@1a.2b.
  if (dot < 0 || dot + 1 >= end) return false;
  for (let next = dot + 1; next < end; next++) if (!(BYTE_CLASS[bytes[next]] & LETTER)) return false;
  return true;
}

/** a.b.c.d with an optional :port or /prefix length. */
export function isIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (let part = 0; part < 4; part++) {
    const stop = digits(bytes, at, end);
    if (stop === at || stop - at > 3) return false;
    at = stop;
    if (part < 3) {
      if (bytes[at] !== 0x2e || at >= end) return false;
      at++;
    }
  }
  if (at === end) return true;
  if (bytes[at] !== 0x3a && bytes[at] !== SLASH_BYTE) return false;
  const stop = digits(bytes, at + 1, end);
  return stop === end && stop > at + 1;
}

/** Clock times, hardware addresses and IPv6: tokens of hexadecimal groups and colons. */
function colonShape(bytes: Uint8Array, start: number, end: number): Shape {
  let colons = 0, decimal = true, group = 0, longest = 0, twoEach = true, empty = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x3a) {
      colons++;
      if (group !== 2) twoEach = false;
      if (group === 0) empty = true;
      group = 0;
      continue;
    }
    if (byte === 0x2e && colons >= 2 && decimal && !empty) return digits(bytes, at + 1, end) === end ? 'time' : 'parts';
    if (!isHex(byte)) return 'parts';
    if (!isDigit(byte)) decimal = false;
    if (++group > longest) longest = group;
  }
  // `::` stands for zeros of an IPv6 address (RFC 4291 section 2.2).
  if (empty) return colons >= 2 && longest <= 4 ? 'ip' : 'parts';
  if (decimal && colons <= 2 && longest <= 2) return colons === 2 ? 'time' : 'parts';
  if (twoEach && group === 2 && colons >= 4) return 'mac';
  return colons >= 2 && longest <= 4 && !(decimal && colons === 2) ? 'ip' : 'parts';
}

const MAC_LENGTH = 17;

/** Six pairs of hexadecimal digits with dashes between: 00-1a-2b-3c-4d-5e */
function isDashedMac(bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < MAC_LENGTH; at++) if (at % 3 === 2 ? bytes[start + at] !== 0x2d : !isHex(bytes[start + at])) return false;
  return true;
}

export const UUID_LENGTH = 36;

/** RFC 9562: 8-4-4-4-12 hexadecimal digits from bytes[start] on; the caller knows that so many bytes are there. */
export function isUuidAt(bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < UUID_LENGTH; at++) {
    const byte = bytes[start + at];
    if (at === 8 || at === 13 || at === 18 || at === 23 ? byte !== 0x2d : !isHex(byte)) return false;
  }
  return true;
}

/** RFC 3339 dates and date-times: 2024-01-02, 2024-01-02T03:04:05.678Z, 2017-05-16_13:53:08 */
function isIsoDate(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 8 || digits(bytes, start, end) !== start + 4 || bytes[start + 4] !== 0x2d) return false;
  const month = digits(bytes, start + 5, end);
  if (month === start + 5 || month > start + 7 || bytes[month] !== 0x2d) return false;
  const day = digits(bytes, month + 1, end);
  if (day === month + 1 || day > month + 3) return false;
  for (let at = day; at < end; at++) {
    const byte = bytes[at];
    if (!isDigit(byte) && !(BYTE_CLASS[byte] & (COLON | JOIN)) && byte !== 0x54 && byte !== 0x5a) return false;
  }
  return true;
}

/** A number as a whole: sign, digits, decimals, exponent-free; versions and fractions too. */
export function onlyNumber(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  if (bytes[at] === 0x2d || bytes[at] === 0x2b) at++;
  if (at >= end || !isDigit(bytes[at])) return false;
  for (; at < end; at++) {
    if (isDigit(bytes[at])) continue;
    if (bytes[at] !== 0x2e || !isDigit(bytes[at + 1]) || at + 1 >= end) return false;
  }
  return true;
}

/** Offset after the run of decimal digits at `at`. */
export function digits(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isDigit(bytes[at])) at++;
  return at;
}
