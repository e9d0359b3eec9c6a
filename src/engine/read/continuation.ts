import { COLON, GREATER, LESS, OPEN_BRACE, OPEN_BRACKET, SPACE, isDigit, trimEnd } from './ascii.ts';
import type { Entry } from './entry.ts';
import { startsWith } from './header-words.ts';
import { caretLine, closesBody, crashPlace, goLine, markupDepth, opensBody, pythonWarning } from './body-lines.ts';
import { CAUSE, FRAME, GOROUTINE, INDENTED, LINK, NAMED_EXCEPTION, NO_EXCEPTION, PYTHON_FRAME, STACK, TRACEBACK, exceptionLine, finalErrorLine, traceLine } from './trace-lines.ts';

const QUESTION = 63;
/** What the next lines of the entry may be. */
type Stage = 'any' | 'frames' | 'error' | 'linked' | 'goroutines' | 'source' | 'caret' | 'thrown' | 'panic';
/** A traceback after an entry that says of itself that it is no more than this (LEVELS: notice) is not part of it. */
const QUIET = 4;

/**
 * Says of each line whether it goes on with the entry before it, by the grammar of stack traces, indentation and brackets.
 * What it says depends on nothing but the entry's own lines.
 */
export class Continuation {
  private readonly first: { bytes: Uint8Array; start: number; end: number } = { bytes: new Uint8Array(0), start: 0, end: 0 };
  private headed = false;
  private quiet = false;
  private looked = false;
  private stage: Stage = 'any';
  /** Indented lines belong to the entry: it is a trace. */
  private trace = false;
  /** A bracket is open that a line of its own closes. */
  private open = false;
  /** Elements of markup that are open, and whether one may begin. */
  private depth = 0;
  private prolog = false;

  /** Starts with an entry's first line. @param headed it has a time or a level of its own */
  begin(entry: Entry, headed: boolean): void {
    this.first.bytes = entry.bytes;
    this.first.start = entry.messageStart;
    this.first.end = entry.messageEnd;
    this.headed = headed;
    this.quiet = entry.level > 0 && entry.level <= QUIET;
    this.looked = false;
  }

  /** Whether bytes[at, end), a line that is not empty, goes on with the entry; if so it is taken for one of its lines. */
  takes(bytes: Uint8Array, at: number, end: number): boolean {
    if (isDigit(bytes[at])) return false;
    if (!this.looked) this.look();
    switch (traceLine(bytes, at, end)) {
      case FRAME:
        return this.frame(bytes, at, end);
      case PYTHON_FRAME:
        return this.goOn('frames');
      case INDENTED:
        return this.indented(bytes, at, end);
      case CAUSE:
        return (this.headed || this.trace) && this.goOn('any');
      case STACK:
        return (this.headed || this.trace) && this.goOn(this.stage);
      case TRACEBACK:
        return (this.stage === 'linked' || this.stage === 'frames' || (this.stage === 'any' && this.headed && !this.trace && !this.quiet)) && this.goOn('frames');
      case GOROUTINE:
        return (this.headed || this.stage === 'goroutines') && this.goOn('goroutines');
      case LINK:
        return this.trace && this.goOn(this.stage === 'frames' || this.stage === 'error' ? 'linked' : this.stage);
    }
    return this.plain(bytes, at, end);
  }

  private goOn(stage: Stage): boolean {
    this.stage = stage;
    this.trace = true;
    return true;
  }

  private frame(bytes: Uint8Array, at: number, end: number): boolean {
    // "#1" also begins a comment.
    if (bytes[at] > SPACE && !this.trace) return false;
    if (opensBody(bytes, at, end)) this.open = true;
    return this.goOn(this.stage === 'thrown' ? 'any' : this.stage);
  }

  private indented(bytes: Uint8Array, at: number, end: number): boolean {
    if (this.stage === 'source') return this.goOn('caret');
    if (this.stage === 'caret' && caretLine(bytes, at, end)) return this.goOn('thrown');
    return this.headed || this.trace || this.open || this.depth > 0;
  }

  /** A line that begins with no blank and with no word that only traces have. */
  private plain(bytes: Uint8Array, at: number, end: number): boolean {
    if (closesBody(bytes, at, end)) {
      const was = this.open;
      this.open = opensBody(bytes, at, end);
      return was;
    }
    if (bytes[at] === LESS) return this.markup(bytes, at, end);
    switch (this.stage) {
      case 'any':
        break;
      case 'frames':
        return finalErrorLine(bytes, at, end) && this.goOn('error');
      case 'linked':
        return exceptionLine(bytes, at, end) !== NO_EXCEPTION && this.goOn('error');
      case 'error':
        return false;
      case 'goroutines':
        return goLine(bytes, at, end);
      case 'source':
        return this.goOn('caret');
      case 'caret':
        return caretLine(bytes, at, end) && this.goOn('thrown');
      case 'thrown':
      case 'panic':
        if (opensBody(bytes, at, end)) this.open = true;
        return this.goOn('any');
    }
    if (!this.headed || this.trace || exceptionLine(bytes, at, end) !== NAMED_EXCEPTION) return false;
    if (opensBody(bytes, at, end)) this.open = true;
    return this.goOn('any');
  }

  private markup(bytes: Uint8Array, at: number, end: number): boolean {
    if (this.depth <= 0 && !this.prolog) return false;
    const depth = markupDepth(bytes, at, end);
    if (Number.isNaN(depth)) return false;
    this.depth += depth;
    this.prolog = false;
    return true;
  }

  /** What the entry's first line tells of those that follow. Looked at only where one follows that is no entry for sure. */
  private look(): void {
    const { bytes, start } = this.first;
    const end = trimEnd(bytes, start, this.first.end);
    this.looked = true;
    this.stage = 'any';
    this.trace = this.open = this.prolog = false;
    this.depth = 0;
    if (end === start) return;
    const last = bytes[end - 1];
    this.open = last === OPEN_BRACE || last === OPEN_BRACKET || (this.headed && opensBody(bytes, start, end));
    if (last === GREATER) this.lookForMarkup(start, end);
    const kind = traceLine(bytes, start, end);
    if (kind === GOROUTINE || startsWith(bytes, start, end, 'panic: ') || startsWith(bytes, start, end, 'fatal error: ')) this.goOn('goroutines');
    else if (kind === TRACEBACK) this.goOn('frames');
    else if (startsWith(bytes, start, end, "thread '") && bytes[end - 1] === COLON) this.goOn('panic');
    else if (!this.headed) this.lookAtHeadless(start, end);
  }

  private lookAtHeadless(start: number, end: number): void {
    const { bytes } = this.first;
    if (crashPlace(bytes, start, end)) this.stage = 'source';
    else if (startsWith(bytes, start, end, 'Exception ')) this.goOn(bytes[end - 1] === COLON ? 'linked' : 'any');
    else this.trace = exceptionLine(bytes, start, end) !== NO_EXCEPTION || startsWith(bytes, start, end, 'Unhandled exception') || startsWith(bytes, start, end, 'PHP ') || startsWith(bytes, start, end, 'Fatal Python error') || pythonWarning(bytes, start, end);
  }

  private lookForMarkup(start: number, end: number): void {
    const { bytes } = this.first;
    let at = start;
    if (bytes[start] !== LESS) {
      at = end - 1;
      while (at > start && bytes[at] !== LESS) at--;
      if (bytes[at - 1] !== SPACE) return;
    }
    const depth = markupDepth(bytes, at, end);
    this.depth = depth > 0 ? depth : 0;
    this.prolog = depth === 0 && bytes[at + 1] === QUESTION;
  }
}
