import { COLON, LF, SPACE, TAB, isDigit, isLetter, trimEnd } from '../read/ascii.ts';
import { caretLine, closesBody, crashPlace, pythonWarning } from '../read/body-lines.ts';
import { startsWith } from '../read/header-words.ts';
import { CAUSE, INDENTED, NO_EXCEPTION, NO_TRACE, PYTHON_FRAME, TRACEBACK, exceptionLine, finalErrorLine, traceLine } from '../read/trace-lines.ts';

/** Lines of a gist, and bytes of each. */
const MOST_PIECES = 4;
/** Of a message without a trace. */
const MOST_PLAIN = 3;
/** A first line that is shorter only names what speaks. */
const SHORT = 24;
const FIRST_BYTES = 600;
const PIECE_BYTES = 240;
/** Lines of a message without a trace are added until there are so many bytes. */
const ENOUGH = 100;
/** So much of a message is looked through. */
const MOST_BYTES = 1 << 20;
const CR = 13;
/** Stands between the lines. */
const BETWEEN = new TextEncoder().encode(' | ');

/**
 * What a message of several lines says, in one line: its first line and, of a stack trace, the lines with the first and the
 * root exception (Java: the last "Caused by"; Python: the last line; Go: the panic), never its frames; of other messages up to two
 * more lines. A pure function of the message. After `find`, bytes[start, end) has it: part of the message itself or a copy.
 */
export class Gist {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  private readonly scratch = new Uint8Array(FIRST_BYTES + (MOST_PIECES - 1) * (PIECE_BYTES + BETWEEN.length));
  /** Pieces of the message: from and to of each. */
  private readonly spans = new Int32Array(2 * MOST_PIECES);
  private pieces = 0;
  private opening = false;
  private firstError = -1;
  private lastError = -1;
  private lastErrorEnd = -1;
  private firstErrorEnd = -1;
  private traced = false;
  /** Lines of code follow, up to the one with the error. */
  private inPython = false;

  /** Finds the gist of bytes[from, to). */
  find(bytes: Uint8Array, from: number, to: number): void {
    this.pieces = 0;
    this.firstError = this.lastError = -1;
    this.traced = this.inPython = this.opening = false;
    this.bytes = bytes;
    const stop = Math.min(to, from + MOST_BYTES);
    for (let at = from; at < stop; ) {
      const feed = bytes.indexOf(LF, at);
      const next = feed < 0 || feed > stop ? stop : feed;
      this.line(at, next > at && bytes[next - 1] === CR ? next - 1 : next);
      at = next + 1;
    }
    this.choose(from, to);
  }

  /** Looks at one line of the message. */
  private line(at: number, end: number): void {
    const { bytes } = this;
    let from = at;
    while (from < end && (bytes[from] === SPACE || bytes[from] === TAB)) from++;
    if (from === end) return;
    const kind = traceLine(bytes, at, end);
    if (kind === PYTHON_FRAME || kind === TRACEBACK) this.inPython = this.traced = true;
    else if (kind === CAUSE) this.error(from, end);
    else if (kind === INDENTED) {
      if (this.inPython) return;
      // .NET: " ---> System.IO.IOException: …"; Python's groups: "  | ValueError: …"
      const name = from + (startsWith(bytes, from, end, '---> ') ? 5 : startsWith(bytes, from, end, '| ') ? 2 : startsWith(bytes, from, end, '[cause]: ') ? 9 : 0);
      if (exceptionLine(bytes, name, end) !== NO_EXCEPTION || startsWith(bytes, name, end, 'Caused by: ')) this.error(name, end);
      else this.plain(from, end);
    } else if (kind === NO_TRACE) this.unindented(from, end);
    else this.traced = true;
  }

  private unindented(from: number, end: number): void {
    const { bytes } = this;
    const python = this.inPython;
    this.inPython = false;
    if (exceptionLine(bytes, from, end) !== NO_EXCEPTION || (python && finalErrorLine(bytes, from, end)) || startsWith(bytes, from, end, 'panic: ') || startsWith(bytes, from, end, 'fatal error: ')) this.error(from, end);
    else if (crashPlace(bytes, from, end)) this.opening = true;
    else if (this.opening) this.opening = false; // The line of code that a crash shows.
    else this.plain(from, end);
  }

  private error(from: number, end: number): void {
    const { bytes } = this;
    this.traced = true;
    this.opening = false;
    // An exception without a message only wraps the next one.
    if (this.firstError < 0 || bytes[trimEnd(bytes, this.firstError, this.firstErrorEnd) - 1] === COLON) {
      this.firstError = from;
      this.firstErrorEnd = end;
    }
    this.lastError = from;
    this.lastErrorEnd = end;
  }

  /** A line that may say something. The first one always counts; others where there is no trace. */
  private plain(from: number, end: number): void {
    const { bytes } = this;
    if (this.opening) {
      this.opening = false;
      return;
    }
    if (this.pieces === MOST_PLAIN || this.firstError >= 0 || (this.pieces > 0 && this.traced) || caretLine(bytes, from, end) || closesBody(bytes, from, end) || !hasContent(bytes, from, end)) return;
    this.add(from, end);
    // What follows is the line of code.
    if (pythonWarning(bytes, from, end)) this.traced = true;
  }

  private add(from: number, end: number): void {
    this.spans[2 * this.pieces] = from;
    this.spans[2 * this.pieces + 1] = end;
    this.pieces++;
  }

  /** Makes the gist of what was found. */
  private choose(from: number, to: number): void {
    const { spans } = this;
    if (this.firstError >= 0) {
      const most = this.pieces > 1 && spans[1] - spans[0] < SHORT ? 2 : 1;
      this.pieces = Math.min(most, this.pieces);
      this.add(this.firstError, this.firstErrorEnd);
      if (this.lastError > this.firstError) this.add(this.lastError, this.lastErrorEnd);
    } else if (this.traced) this.pieces = Math.min(this.pieces, 1);
    if (this.pieces === 0) {
      this.start = from;
      this.end = cutAt(this.bytes, from, firstLineEnd(this.bytes, from, to), FIRST_BYTES);
    } else if (this.pieces === 1) {
      this.start = spans[0];
      this.end = cutAt(this.bytes, spans[0], spans[1], FIRST_BYTES);
    } else this.join();
  }

  private join(): void {
    const { bytes, scratch, spans } = this;
    let length = 0;
    for (let piece = 0; piece < this.pieces; piece++) {
      if (piece > 0 && this.firstError < 0 && length >= ENOUGH) break;
      if (piece > 0) {
        scratch.set(BETWEEN, length);
        length += BETWEEN.length;
      }
      const from = spans[2 * piece];
      const end = cutAt(bytes, from, spans[2 * piece + 1], piece === 0 ? FIRST_BYTES : PIECE_BYTES);
      scratch.set(bytes.subarray(from, end), length);
      length += end - from;
    }
    this.bytes = scratch;
    this.start = 0;
    this.end = length;
  }
}

/** End of the first line of bytes[from, to) that is not empty. */
function firstLineEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === LF || bytes[at] === CR || bytes[at] === SPACE || bytes[at] === TAB)) at++;
  while (at < to && bytes[at] !== LF) at++;
  return at;
}

/** bytes[from, end), or where it is longer than `most` its whole words. */
function cutAt(bytes: Uint8Array, from: number, end: number, most: number): number {
  if (end - from <= most) return end;
  let at = from + most;
  while (at > from + (most >> 1) && bytes[at] !== SPACE) at--;
  if (bytes[at] === SPACE) return at;
  at = from + most;
  while ((bytes[at] & 0xc0) === 0x80) at--;
  return at;
}

/** Has a letter or digit of any script. */
function hasContent(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    if (isDigit(bytes[at]) || isLetter(bytes[at]) || bytes[at] > 127) return true;
  }
  return false;
}
