import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, CR, DOT, LF, OPEN_BRACE, OPEN_BRACKET, QUOTE, SPACE, TAB } from './ascii.ts';

/** What was found for a path. */
export const JSON_NONE = 0;
export const JSON_STRING = 1;
/** A string with escapes. */
export const JSON_ESCAPED = 2;
/** A number, true, false, an object or an array, as written. */
export const JSON_OTHER = 3;

const FAILED = -1;
const DEEPEST = 8;

/**
 * Finds the values of a few dotted paths in a JSON object without building it. Keys may hold dots themselves
 * ("log.level"). Of a key that comes twice the last counts. What lies off the paths is skipped by its brackets
 * and quotes and not checked further.
 */
export class JsonScanner {
  /** Span and JSON_* kind per path; strings without their quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  private readonly paths: readonly Uint8Array[];
  /** Per depth and path: bytes of the path that the keys so far match, −1 if they do not. */
  private readonly matched: Int32Array;
  private bytes: Uint8Array = new Uint8Array(0);
  private end = 0;
  private escaped = false;

  constructor(paths: readonly string[]) {
    const encoder = new TextEncoder();
    this.paths = paths.map((path) => encoder.encode(path));
    this.starts = new Int32Array(paths.length);
    this.ends = new Int32Array(paths.length);
    this.kinds = new Uint8Array(paths.length);
    this.matched = new Int32Array(paths.length * (DEEPEST + 1));
  }

  /** Scans bytes[from, to). False where they are no single well-formed object, or one that needs a full parser. */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    this.bytes = bytes;
    this.end = to;
    this.kinds.fill(JSON_NONE);
    this.matched.fill(0, 0, this.paths.length);
    const at = this.blanks(from);
    if (bytes[at] !== OPEN_BRACE || at >= to) return false;
    const after = this.object(at, 0);
    return after !== FAILED && this.blanks(after) === to;
  }

  /** Walks the object at `at`; returns the offset after it, or FAILED. */
  private object(at: number, depth: number): number {
    const { bytes } = this;
    let p = this.blanks(at + 1);
    if (p < this.end && bytes[p] === CLOSE_BRACE) return p + 1;
    for (;;) {
      if (p >= this.end || bytes[p] !== QUOTE) return FAILED;
      const key = p + 1;
      const keyEnd = this.string(p);
      if (keyEnd === FAILED || this.escaped) return FAILED;
      p = this.blanks(keyEnd + 1);
      if (p >= this.end || bytes[p] !== COLON) return FAILED;
      p = this.blanks(p + 1);
      if (p >= this.end) return FAILED;
      const after = this.value(p, key, keyEnd, depth);
      if (after === FAILED) return FAILED;
      p = this.blanks(after);
      if (p >= this.end) return FAILED;
      if (bytes[p] === CLOSE_BRACE) return p + 1;
      if (bytes[p] !== COMMA) return FAILED;
      p = this.blanks(p + 1);
    }
  }

  /** Reads the value at `at` of the key in [key, keyEnd); returns the offset after it. */
  private value(at: number, key: number, keyEnd: number, depth: number): number {
    const { bytes, paths, matched } = this;
    const count = paths.length;
    const byte = bytes[at];
    let hits = 0;
    let deeper = false;
    for (let i = 0; i < count; i++) {
      const length = this.keyMatches(paths[i], matched[depth * count + i], key, keyEnd);
      matched[(depth + 1) * count + i] = length;
      if (length === paths[i].length) hits |= 1 << i;
      else if (length > 0) deeper = true;
    }
    if (byte === OPEN_BRACE && deeper && depth + 1 < DEEPEST) {
      for (let i = 0; i < count; i++) if (matched[(depth + 1) * count + i] === paths[i].length) matched[(depth + 1) * count + i] = -1;
      const after = this.object(at, depth + 1);
      if (after !== FAILED) this.note(hits, at, after, JSON_OTHER);
      return after;
    }
    if (byte === QUOTE) {
      const close = this.string(at);
      if (close === FAILED) return FAILED;
      this.note(hits, at + 1, close, this.escaped ? JSON_ESCAPED : JSON_STRING);
      return close + 1;
    }
    const after = byte === OPEN_BRACE || byte === OPEN_BRACKET ? this.container(at) : this.literal(at);
    if (after !== FAILED) this.note(hits, at, after, bytes[at] === 110 ? JSON_NONE : JSON_OTHER);
    return after;
  }

  private note(hits: number, from: number, to: number, kind: number): void {
    for (let i = 0; hits >> i > 0; i++) {
      if ((hits & (1 << i)) === 0) continue;
      this.starts[i] = from;
      this.ends[i] = to;
      this.kinds[i] = kind;
    }
  }

  /** Bytes of `path` matched once this key (and a dot, where more is to come) is added to `before`; −1 if it does not fit. */
  private keyMatches(path: Uint8Array, before: number, key: number, keyEnd: number): number {
    const length = keyEnd - key;
    if (before < 0 || before + length > path.length) return -1;
    for (let i = 0; i < length; i++) if (path[before + i] !== this.bytes[key + i]) return -1;
    const after = before + length;
    if (after === path.length) return after;
    return path[after] === DOT ? after + 1 : -1;
  }

  /** Offset of the quote that closes the string whose opening one is at `at`. Sets `escaped`. */
  private string(at: number): number {
    const { bytes, end } = this;
    this.escaped = false;
    for (let p = at + 1; p < end; p++) {
      const byte = bytes[p];
      if (byte === QUOTE) return p;
      if (byte === BACKSLASH) {
        this.escaped = true;
        p++;
      }
    }
    return FAILED;
  }

  private container(at: number): number {
    const { bytes, end } = this;
    let depth = 0;
    for (let p = at; p < end; p++) {
      const byte = bytes[p];
      if (byte === QUOTE) {
        p = this.string(p);
        if (p === FAILED) return FAILED;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return p + 1;
    }
    return FAILED;
  }

  /** A number, true, false or null. */
  private literal(at: number): number {
    const { bytes, end } = this;
    let p = at;
    while (p < end && bytes[p] !== COMMA && bytes[p] !== CLOSE_BRACE && bytes[p] > SPACE) p++;
    const length = p - at;
    const first = bytes[at];
    if (first === 45 || (first >= 48 && first <= 57)) return p;
    if (length === 4 && (first === 116 || first === 110)) return p;
    return length === 5 && first === 102 ? p : FAILED;
  }

  private blanks(at: number): number {
    const { bytes, end } = this;
    let p = at;
    while (p < end && (bytes[p] === SPACE || bytes[p] === LF || bytes[p] === TAB || bytes[p] === CR)) p++;
    return p;
  }
}
