import type { Encoding } from '../../contract/dialect.ts';
import { WINDOWS_1252 } from './windows-1252.ts';

/** A unit of UTF-16 becomes 3 bytes at most, a byte of windows-1252 likewise. */
const MOST_PER_UNIT = 3;
const REPLACEMENT = 0xfffd;

/**
 * Rewrites a file's own encoding as UTF-8, exactly: `TextEncoding` gives the very bytes again. Halves of surrogate pairs that
 * stand alone become three bytes each (WTF-8, https://simonsapin.github.io/wtf-8/). Chunks may be cut anywhere.
 */
export class Transcoder {
  /** The text ended in half a character. */
  cut = false;
  private readonly encoding: Encoding;
  /** First byte of a unit whose second one is still to come; -1 if none. */
  private half = -1;
  /** First unit of a pair whose second one is still to come; 0 if none. */
  private high = 0;
  private out = new Uint8Array(0);
  private length = 0;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  /** The chunk as UTF-8, valid until the next call; with UTF-8 the chunk itself. */
  push(bytes: Uint8Array): Uint8Array {
    if (this.encoding === 'utf-8') return bytes;
    // What waited from before may come to 6 bytes.
    const most = (this.encoding === 'windows-1252' ? bytes.length : (bytes.length >> 1) + 1) * MOST_PER_UNIT + 6;
    if (this.out.length < most) this.out = new Uint8Array(most);
    this.length = 0;
    if (this.encoding === 'windows-1252') this.bytes(bytes);
    else this.units(bytes, this.encoding === 'utf-16le');
    return this.out.subarray(0, this.length);
  }

  /** What had waited for a second half that did not come. */
  end(): Uint8Array {
    this.out = new Uint8Array(2 * MOST_PER_UNIT);
    this.length = 0;
    if (this.high !== 0) this.put(this.high);
    if (this.half >= 0) this.put(REPLACEMENT);
    this.cut = this.half >= 0;
    this.high = 0;
    this.half = -1;
    return this.out.subarray(0, this.length);
  }

  private bytes(bytes: Uint8Array): void {
    const { out } = this;
    let { length } = this;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte < 0x80) {
        out[length++] = byte;
      } else {
        this.length = length;
        this.put(WINDOWS_1252[byte]);
        length = this.length;
      }
    }
    this.length = length;
  }

  private units(bytes: Uint8Array, little: boolean): void {
    let at = 0;
    if (this.half >= 0 && bytes.length > 0) {
      this.unit(little ? this.half | (bytes[0] << 8) : (this.half << 8) | bytes[0]);
      this.half = -1;
      at = 1;
    }
    const { out } = this;
    const low = little ? 0 : 1;
    let { length } = this;
    for (const end = bytes.length - 1; at < end; at += 2) {
      const unit = bytes[at + low] | (bytes[at + 1 - low] << 8);
      if (unit < 0x80 && this.high === 0) {
        out[length++] = unit;
      } else {
        this.length = length;
        this.unit(unit);
        length = this.length;
      }
    }
    this.length = length;
    if (at < bytes.length) this.half = bytes[at];
  }

  private unit(unit: number): void {
    const { high } = this;
    if (high !== 0) {
      this.high = 0;
      if ((unit & 0xfc00) === 0xdc00) {
        this.put(0x10000 + ((high & 0x3ff) << 10) + (unit & 0x3ff));
        return;
      }
      this.put(high);
    }
    if ((unit & 0xfc00) === 0xd800) this.high = unit;
    else this.put(unit);
  }

  private put(point: number): void {
    const { out } = this;
    if (point < 0x80) {
      out[this.length++] = point;
      return;
    }
    if (point < 0x800) {
      out[this.length++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        out[this.length++] = 0xe0 | (point >> 12);
      } else {
        out[this.length++] = 0xf0 | (point >> 18);
        out[this.length++] = 0x80 | ((point >> 12) & 0x3f);
      }
      out[this.length++] = 0x80 | ((point >> 6) & 0x3f);
    }
    out[this.length++] = 0x80 | (point & 0x3f);
  }
}
