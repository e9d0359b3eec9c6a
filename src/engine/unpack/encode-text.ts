import type { Encoding } from '../../contract/dialect.ts';
import { windows1252Byte } from './windows-1252.ts';

const QUESTION_MARK = 0x3f;
const REPLACEMENT = 0xfffd;
const NOTHING = new Uint8Array(0);

/**
 * Turns UTF-8 back into a file's own encoding: the reverse of `Transcoder`. What that made of a file's bytes gives the very
 * bytes again, lone surrogates included: they stand as three bytes (WTF-8, https://simonsapin.github.io/wtf-8/). Chunks may
 * be cut anywhere.
 */
export class TextEncoding {
  /** Characters that the encoding lacks, written as "?". */
  unwritable = 0;
  private readonly encoding: Encoding;
  /** Bits so far of a sequence that has begun, how many bytes it still needs, and the least point for its length. */
  private point = 0;
  private needed = 0;
  private least = 0;
  private out: Uint8Array = NOTHING;
  private length = 0;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  /** The given UTF-8 in the encoding; with UTF-8 the array itself. Of a character that is cut, the end is waited for. */
  encode(bytes: Uint8Array): Uint8Array {
    if (this.encoding === 'utf-8') return bytes;
    // A byte yields 2 at most; one more character may have been waiting.
    this.out = new Uint8Array(bytes.length * 2 + 4);
    this.length = 0;
    for (let at = 0; at < bytes.length; at++) this.byte(bytes[at]);
    return this.taken();
  }

  /** What is left at the end: a mark for a character that was cut, else nothing. */
  end(): Uint8Array {
    this.out = new Uint8Array(4);
    this.length = 0;
    if (this.needed > 0) this.put(REPLACEMENT);
    this.needed = 0;
    return this.taken();
  }

  private taken(): Uint8Array {
    const made = this.out.subarray(0, this.length);
    this.out = NOTHING;
    return made;
  }

  private byte(byte: number): void {
    if (this.needed > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.point = (this.point << 6) | (byte & 0x3f);
        if (--this.needed === 0) this.put(this.point < this.least || this.point > 0x10ffff ? REPLACEMENT : this.point);
        return;
      }
      this.needed = 0;
      this.put(REPLACEMENT);
    }
    if (byte < 0x80) this.put(byte);
    else if (byte >= 0xc2 && byte < 0xe0) this.begin(byte & 0x1f, 1, 0x80);
    else if (byte >= 0xe0 && byte < 0xf0) this.begin(byte & 0x0f, 2, 0x800);
    else if (byte >= 0xf0 && byte < 0xf5) this.begin(byte & 0x07, 3, 0x10000);
    else this.put(REPLACEMENT);
  }

  private begin(bits: number, needed: number, least: number): void {
    this.point = bits;
    this.needed = needed;
    this.least = least;
  }

  private put(point: number): void {
    if (this.encoding === 'windows-1252') {
      const byte = windows1252Byte(point);
      if (byte < 0) this.unwritable++;
      this.out[this.length++] = byte < 0 ? QUESTION_MARK : byte;
    } else if (point < 0x10000) {
      this.unit(point);
    } else {
      this.unit(0xd7c0 + (point >> 10));
      this.unit(0xdc00 | (point & 0x3ff));
    }
  }

  private unit(unit: number): void {
    const little = this.encoding === 'utf-16le';
    this.out[this.length++] = little ? unit & 0xff : unit >> 8;
    this.out[this.length++] = little ? unit >> 8 : unit & 0xff;
  }
}
