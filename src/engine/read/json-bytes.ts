import { CLOSE_BRACKET, COMMA, OPEN_BRACKET, SPACE, isDigit } from './ascii.ts';

/** A JSON list of byte values, as journald writes text that JSON cannot hold: [27, 91, 49]. */
export class ByteList {
  bytes = new Uint8Array(64);
  length = 0;

  /** Reads the list in text[from, to) into `bytes`; false where it is none, or empty. */
  read(text: Uint8Array, from: number, to: number): boolean {
    this.length = 0;
    if (text[from] !== OPEN_BRACKET || text[to - 1] !== CLOSE_BRACKET) return false;
    if (this.bytes.length < to - from) this.bytes = new Uint8Array((to - from) * 2);
    let value = -1;
    for (let p = from + 1; p < to; p++) {
      const byte = text[p];
      if (isDigit(byte)) value = Math.max(0, value) * 10 + byte - 48;
      else if (byte === COMMA || byte === CLOSE_BRACKET) {
        if (value < 0) return false;
        this.bytes[this.length++] = value;
        value = -1;
      } else if (byte > SPACE) return false;
      if (value > 255) return false;
    }
    return true;
  }
}
