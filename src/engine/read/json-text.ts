import { BACKSLASH } from './ascii.ts';

const ESCAPES = new Map<number, number>([[98, 8], [102, 12], [110, 10], [114, 13], [116, 9]]);
const REPLACEMENT = 0xfffd;

/** Undoes the escapes of a JSON string into a buffer of its own, as UTF-8. Lone surrogates become U+FFFD. */
export class JsonText {
  bytes = new Uint8Array(256);

  /** Content of the string in text[from, to); returns its length in `bytes`. */
  unescape(text: Uint8Array, from: number, to: number): number {
    if (this.bytes.length < to - from) this.bytes = new Uint8Array((to - from) * 2);
    const { bytes } = this;
    let n = 0;
    for (let p = from; p < to; p++) {
      if (text[p] !== BACKSLASH) {
        bytes[n++] = text[p];
        continue;
      }
      p++;
      if (text[p] !== 117) {
        bytes[n++] = ESCAPES.get(text[p]) ?? text[p];
        continue;
      }
      let code = unitAt(text, p + 1, to);
      p += 4;
      if (code >= 0xd800 && code < 0xdc00 && text[p + 1] === BACKSLASH && text[p + 2] === 117) {
        const low = unitAt(text, p + 3, to);
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + low - 0xdc00;
          p += 6;
        }
      }
      n = putCode(bytes, n, code >= 0xd800 && code < 0xe000 ? REPLACEMENT : code);
    }
    return n;
  }
}

/** Value of four hexadecimal digits; U+FFFD where they are none. */
function unitAt(text: Uint8Array, at: number, to: number): number {
  if (at + 4 > to) return REPLACEMENT;
  let value = 0;
  for (let p = at; p < at + 4; p++) {
    const byte = text[p];
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : (byte | 32) - 87;
    if (digit < 0 || digit > 15) return REPLACEMENT;
    value = value * 16 + digit;
  }
  return value;
}

/** An escape is never shorter than the UTF-8 that it stands for, so the buffer suffices. */
function putCode(bytes: Uint8Array, at: number, code: number): number {
  let n = at;
  if (code < 0x80) bytes[n++] = code;
  else if (code < 0x800) {
    bytes[n++] = 0xc0 | (code >> 6);
    bytes[n++] = 0x80 | (code & 63);
  } else if (code < 0x10000) {
    bytes[n++] = 0xe0 | (code >> 12);
    bytes[n++] = 0x80 | ((code >> 6) & 63);
    bytes[n++] = 0x80 | (code & 63);
  } else {
    bytes[n++] = 0xf0 | (code >> 18);
    bytes[n++] = 0x80 | ((code >> 12) & 63);
    bytes[n++] = 0x80 | ((code >> 6) & 63);
    bytes[n++] = 0x80 | (code & 63);
  }
  return n;
}
