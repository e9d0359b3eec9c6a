import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COLON, LF, OPEN_BRACE, OPEN_BRACKET, QUOTE, SPACE } from './ascii.ts';

/**
 * Where in a JSON document reading stands, outside of its entries: how deep, and how much of the path to the list of entries
 * has been entered. Without a path the entries are the elements of a list at the top, or objects that follow each other.
 */
export class JsonWalk {
  /** Objects and arrays that are open. */
  depth = 0;
  /** Elements of the list stand here. */
  inList: boolean;
  /** The object at the top that is open, or was last, held the list. */
  found = false;
  private readonly path: readonly Uint8Array[];
  /** Names of the path that have been entered. */
  private entered = 0;
  /** The value that follows is that of the next name of the path. */
  private due = false;
  private readonly saved = { depth: 0, entered: 0, inList: false, found: false, due: false };

  /** `path`: dotted. `inside`: reading starts among the elements. */
  constructor(path: string, inside: boolean) {
    const encoder = new TextEncoder();
    this.path = path === '' ? [] : path.split('.').map((name) => encoder.encode(name));
    this.inList = path === '' || inside;
    if (!inside) return;
    this.entered = this.path.length;
    this.depth = this.entered + 1;
    this.found = true;
  }

  /** Notes the place, to go back to where the bytes end before a gap does. */
  save(): void {
    const { saved } = this;
    saved.depth = this.depth;
    saved.entered = this.entered;
    saved.inList = this.inList;
    saved.found = this.found;
    saved.due = this.due;
  }

  restore(): void {
    const { saved } = this;
    this.depth = saved.depth;
    this.entered = saved.entered;
    this.inList = saved.inList;
    this.found = saved.found;
    this.due = saved.due;
  }

  /** To the top: whatever was open is taken as closed. */
  reset(): void {
    this.depth = this.entered = 0;
    this.due = this.found = false;
    this.inList = this.path.length === 0;
  }

  /** Among the elements: past separators and the brackets of the list, up to a line's end, what is no separator, or the list's end. */
  separators(bytes: Uint8Array, at: number, to: number, keep: boolean): number {
    for (let p = at; p < to; p++) {
      const byte = bytes[p];
      if (byte === LF) return p + 1;
      if (byte === OPEN_BRACKET) {
        if (this.path.length > 0 || this.depth > 0) {
          if (!keep) return p;
        } else this.depth = 1;
      } else if (byte === CLOSE_BRACKET) {
        if (keep) continue;
        this.close();
        if (!this.inList) return p + 1;
      } else if (byte > SPACE && byte !== 44) return p;
    }
    return to;
  }

  /** Outside the list: up to a line's end, or to the first element of the list. */
  walk(bytes: Uint8Array, at: number, to: number): number {
    for (let p = at; p < to; p++) {
      const byte = bytes[p];
      if (byte === LF) return p + 1;
      if (byte === QUOTE) {
        const key = p + 1;
        p = stringEnd(bytes, p, to);
        if (p >= to) return to;
        if (bytes[p] === LF) return p + 1;
        this.due = this.depth === this.entered + 1 && this.names(bytes, key, p) && isKey(bytes, p + 1, to);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.open(byte);
        if (this.inList) return p + 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.close();
        if (this.depth === 0) return p + 1;
      } else if (byte !== COLON && byte > SPACE) this.due = false;
    }
    return to;
  }

  private open(byte: number): void {
    if (this.depth === 0) this.found = false;
    this.depth++;
    if (!this.due) return;
    this.due = false;
    const list = this.entered + 1 === this.path.length;
    if (list !== (byte === OPEN_BRACKET)) return;
    this.entered++;
    this.inList = list;
    this.found ||= list;
  }

  private close(): void {
    this.depth = Math.max(0, this.depth - 1);
    if (this.path.length === 0) return;
    if (this.entered > 0 && this.depth <= this.entered) {
      this.entered--;
      this.inList = false;
    }
  }

  private names(bytes: Uint8Array, from: number, to: number): boolean {
    const name = this.path[this.entered];
    if (name === undefined || name.length !== to - from) return false;
    for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
    return true;
  }
}

/** Offset of the quote that closes the string at `at`, of a line's end before it, or `to`. */
function stringEnd(bytes: Uint8Array, at: number, to: number): number {
  let p = at + 1;
  while (p < to && bytes[p] !== QUOTE && bytes[p] !== LF) p += bytes[p] === BACKSLASH && bytes[p + 1] !== LF ? 2 : 1;
  return Math.min(p, to);
}

function isKey(bytes: Uint8Array, at: number, to: number): boolean {
  let p = at;
  while (p < to && bytes[p] <= SPACE && bytes[p] !== LF) p++;
  return bytes[p] === COLON;
}
