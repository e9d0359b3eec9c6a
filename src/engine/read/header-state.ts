import { CLOSE_BRACKET, COLON, COMMA, MINUS, PIPE, SPACE, TAB } from './ascii.ts';
import type { Entry } from './entry.ts';
import type { Stamps } from './stamps.ts';

/** What has been understood of a line's header so far, and where reading stands. One object serves all lines. */
export class HeaderState {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  /** Where the line starts that stands within a container's line; else `start`. */
  inner = 0;
  at = 0;
  end = 0;
  /** A stamp was read, though perhaps one without a value. */
  timed = false;
  time = NaN;
  timeStart = 0;
  timeEnd = 0;
  level = 0;
  sourceStart = 0;
  sourceEnd = 0;
  /** The source is a component's name, not a mere guess (thread, file, host). */
  sourceSure = false;
  /** Spaces skipped before `at`. */
  gap = 0;
  /** The explicit separator skipped before `at`: - | : , or 0. */
  separator = 0;
  /** Plain numbers (process or thread ids) skipped since the stamp. */
  numbers = 0;
  /** The message starts at `at`: nothing more belongs to the header. */
  done = false;
  readonly stamps: Stamps;

  constructor(stamps: Stamps) {
    this.stamps = stamps;
  }

  reset(entry: Entry): void {
    this.bytes = entry.bytes;
    this.start = this.inner = this.at = entry.start;
    this.end = entry.end;
    this.timed = this.sourceSure = this.done = false;
    this.time = NaN;
    this.level = this.gap = this.separator = this.numbers = 0;
    this.timeStart = this.timeEnd = this.sourceStart = this.sourceEnd = entry.start;
  }

  /** Forgets all but the span. */
  restart(): void {
    this.at = this.inner = this.start;
    this.timed = this.sourceSure = this.done = false;
    this.time = NaN;
    this.level = this.gap = this.separator = this.numbers = 0;
    this.timeStart = this.timeEnd = this.sourceStart = this.sourceEnd = this.start;
  }

  get hasSource(): boolean {
    return this.sourceEnd > this.sourceStart;
  }

  /** A sure source replaces a guess; nothing replaces a sure one. */
  setSource(from: number, to: number, sure: boolean): void {
    if (this.sourceSure || to <= from || (!sure && this.hasSource)) return;
    this.sourceStart = from;
    this.sourceEnd = to;
    this.sourceSure = sure;
  }

  /** Books a stamp in [from, to). The first that has a value counts. */
  setTime(from: number, to: number, value: number): void {
    if (this.timed && !Number.isNaN(this.time)) return;
    this.timed = true;
    this.time = value;
    this.timeStart = from;
    this.timeEnd = to;
  }

  /** Skips spaces, and separators that stand alone: " - ", "|", ": ", ", ", and a comma right after the stamp. */
  skipSeparators(): void {
    const { bytes, end } = this;
    let p = this.at;
    this.gap = this.separator = 0;
    for (let turn = 0; turn < 3; turn++) {
      const before = p;
      while (p < end && (bytes[p] === SPACE || bytes[p] === TAB)) p++;
      this.gap += p - before;
      const length = p < end && p > this.start ? this.separatorAt(p) : 0;
      if (length === 0) break;
      this.separator = bytes[p];
      p += length;
    }
    this.at = p;
  }

  /** Length of the separator at `p`, 0 if none. */
  private separatorAt(p: number): number {
    const { bytes, end } = this;
    const byte = bytes[p];
    const next = p + 1 < end ? bytes[p + 1] : SPACE;
    const open = next === SPACE || next === TAB;
    if (byte === MINUS) {
      if (open) return 1;
      return next === MINUS && p + 3 < end && bytes[p + 2] === MINUS && bytes[p + 3] === SPACE ? 3 : 0;
    }
    if (byte === PIPE) return next === PIPE ? 0 : 1;
    if (byte === COLON) return open || bytes[p - 1] === CLOSE_BRACKET ? 1 : 0;
    return byte === COMMA && (open || (this.timed && p === this.timeEnd)) ? 1 : 0;
  }
}
