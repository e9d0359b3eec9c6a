import { BLANK, BYTE_CLASS } from './byte-class.ts';
import type { Masker } from './mask.ts';
import { blankLength } from './wide-text.ts';

const SPACE = 0x20;

/**
 * Where the tokens of a masked text (split at single spaces) stand in the text that it was made of. One object may serve
 * many messages; its arrays hold the last one's spans.
 */
export class TokenSpans {
  count = 0;
  /** What was masked: the message, or the gist of one over several lines. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Token i is bytes[from[i], to[i]): with the whole of a run of placeholders that masking cut short. */
  from = new Uint32Array(64);
  to = new Uint32Array(64);

  /** Reads off the masker's last message. */
  read(masker: Masker): void {
    const bytes = masker.text;
    this.bytes = bytes;
    this.count = 0;
    let from = masker.start;
    for (let at = 0; at < masker.length; at++) {
      if (masker.out[at] !== SPACE) continue;
      this.add(bytes, from, masker.origins[at]);
      from = masker.origins[at];
    }
    let end = masker.end;
    while (end > from && BYTE_CLASS[bytes[end - 1]] === BLANK) end--;
    this.add(bytes, from, end);
  }

  private add(bytes: Uint8Array, from: number, to: number): void {
    let first = from;
    for (let size = blankLength(bytes, first, to); size > 0; size = blankLength(bytes, first, to)) first += size;
    if (this.count === this.from.length) {
      this.from = doubled(this.from);
      this.to = doubled(this.to);
    }
    this.from[this.count] = first;
    this.to[this.count++] = to;
  }
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
