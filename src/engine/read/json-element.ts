import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, LF, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './ascii.ts';

/** The element does not end within the bytes. */
export const UNCLOSED = -1;
/** Its brackets do not match, or a string runs over the end of a line. */
export const BROKEN = -2;
/** An element longer than this counts as broken: nothing that long is an entry. */
export const LONGEST_ELEMENT = 16 * 1024 * 1024;
/** Brackets within so many others are only counted. */
const DEEPEST = 1000;

/** Finds where the object or array ends that starts at a byte; its content is not checked any further. Uses no recursion. */
export class JsonElement {
  /** How many bytes the last search looked at. */
  reach = 0;
  private readonly open = new Uint8Array(DEEPEST);

  /** Offset after the element that starts with the bracket at `at`, UNCLOSED or BROKEN. */
  end(bytes: Uint8Array, at: number, to: number): number {
    const { open } = this;
    this.reach = to - at;
    let depth = 0;
    for (let p = at; p < to; p++) {
      const byte = bytes[p];
      if (byte === QUOTE) {
        p++;
        while (p < to && bytes[p] !== QUOTE && bytes[p] !== LF) p += bytes[p] === BACKSLASH ? 2 : 1;
        if (p >= to) return UNCLOSED;
        if (bytes[p] === LF) return this.broken(p - at);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (depth < DEEPEST) open[depth] = byte;
        depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--;
        // A closing bracket is two after its opening one in ASCII.
        if (depth < DEEPEST && open[depth] !== byte - 2) return this.broken(p - at);
        if (depth === 0) return p + 1;
      }
    }
    return UNCLOSED;
  }

  private broken(reach: number): number {
    this.reach = reach;
    return BROKEN;
  }
}
