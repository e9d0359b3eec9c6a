import { CLOSE_BRACKET, COLON, DOT, GREATER, HASH, LESS, MINUS, OPEN_BRACE, OPEN_BRACKET, PLUS, QUOTE, SPACE, TAB, isDigit, isLetter, isUpper } from './ascii.ts';
import { startsWith } from './header-words.ts';

/** An exception's name is no longer than this. */
const LONGEST_EXCEPTION = 160;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const UNDERSCORE = 95;
const DOLLAR = 36;

/** What a line of bytes[at, end) is in a stack trace. `at` is the first byte of the line, `end` has no terminator. */
export type TraceLine = typeof NO_TRACE | typeof FRAME | typeof PYTHON_FRAME | typeof INDENTED | typeof CAUSE | typeof TRACEBACK | typeof GOROUTINE | typeof LINK | typeof STACK;
export const NO_TRACE = 0;
/** A line that only a stack trace has: "\tat …", "    at …", "\tfrom …", "#0 …", "\t... 12 more". */
export const FRAME = 1;
/** `  File "x.py", line 3, in f`: a line with the error comes when the indented ones end. */
export const PYTHON_FRAME = 2;
/** Begins with a blank, and may be anything. */
export const INDENTED = 3;
/** "Caused by: …" and its kin at the start of a line: a further exception of the same trace. */
export const CAUSE = 4;
/** "Traceback (most recent call last):" */
export const TRACEBACK = 5;
/** "goroutine 1 [running]:" */
export const GOROUTINE = 6;
/** What stands between the parts of a trace: "During handling of the above exception …", `"""`, "Node.js v20.1.0". */
export const LINK = 7;
/** "Stack trace:" alone: numbered frames follow (PHP). */
export const STACK = 8;

/** Kind of a line that does not begin with a digit. */
export function traceLine(bytes: Uint8Array, at: number, end: number): TraceLine {
  const first = bytes[at];
  if (first === SPACE || first === TAB) return indentedLine(bytes, at, end);
  switch (first) {
    case 67: // C
      return startsWith(bytes, at, end, 'Caused by: ') ? CAUSE : startsWith(bytes, at, end, 'Current thread 0x') ? LINK : NO_TRACE;
    case 83: // S
      return startsWith(bytes, at, end, 'Suppressed: ') ? CAUSE : startsWith(bytes, at, end, 'Stack trace:') ? STACK : NO_TRACE;
    case 115: // s
      return startsWith(bytes, at, end, 'stack backtrace:') ? LINK : NO_TRACE;
    case 110: // n
      return startsWith(bytes, at, end, 'note: run with `RUST_BACKTRACE') || startsWith(bytes, at, end, 'note: Some details are omitted') ? LINK : NO_TRACE;
    case OPEN_BRACKET:
      if (startsWith(bytes, at, end, '[stacktrace]')) return STACK;
      return startsWith(bytes, at, end, '[SQL: ') || startsWith(bytes, at, end, '[parameters: ') ? LINK : NO_TRACE;
    case OPEN_PARENTHESIS:
      return startsWith(bytes, at, end, '(Background on this error at: ') || startsWith(bytes, at, end, '(Use `node --trace') ? LINK : NO_TRACE;
    case 87: // W
      return startsWith(bytes, at, end, 'Wrapped by: ') ? CAUSE : NO_TRACE;
    case 84: // T
      return startsWith(bytes, at, end, 'Traceback (most recent call last)') ? TRACEBACK : startsWith(bytes, at, end, 'The above exception was the direct cause') || startsWith(bytes, at, end, 'Thread 0x') ? LINK : NO_TRACE;
    case 68: // D
      return startsWith(bytes, at, end, 'During handling of the above exception') ? LINK : NO_TRACE;
    case 69: // E
      return startsWith(bytes, at, end, "Emitted 'error' event") || startsWith(bytes, at, end, 'Extension modules: ') ? LINK : NO_TRACE;
    case 82: // R
      return startsWith(bytes, at, end, 'Require stack:') ? LINK : NO_TRACE;
    case 78: // N
      return startsWith(bytes, at, end, 'Node.js v') ? LINK : NO_TRACE;
    case 103: // g
      return startsWith(bytes, at, end, 'goroutine ') && end - at > 12 && isDigit(bytes[at + 10]) && bytes[end - 1] === COLON ? GOROUTINE : NO_TRACE;
    case HASH:
      return end - at > 3 && isDigit(bytes[at + 1]) && (bytes[at + 2] === SPACE || (isDigit(bytes[at + 2]) && bytes[at + 3] === SPACE)) ? FRAME : NO_TRACE;
    case MINUS:
      return startsWith(bytes, at, end, '--- End of ') || startsWith(bytes, at, end, '- /') ? LINK : NO_TRACE;
    case QUOTE:
      return end - at === 3 && startsWith(bytes, at, end, '"""') ? LINK : NO_TRACE;
  }
  return NO_TRACE;
}

function indentedLine(bytes: Uint8Array, at: number, end: number): TraceLine {
  let p = at;
  while (p < end && (bytes[p] === SPACE || bytes[p] === TAB)) p++;
  if (p === end) return INDENTED;
  switch (bytes[p]) {
    case 97: // a
      return startsWith(bytes, p, end, 'at ') && calledPlace(bytes, p + 3, end) ? FRAME : INDENTED;
    case 70: // F
      return startsWith(bytes, p, end, 'File "') && lineNumberFollows(bytes, p + 6, end) ? PYTHON_FRAME : INDENTED;
    case 102: // f
      return startsWith(bytes, p, end, 'from ') && rubyPlace(bytes, p + 5, end) ? FRAME : INDENTED;
    case DOT:
      return startsWith(bytes, p, end, '... ') && isDigit(bytes[p + 4]) ? FRAME : INDENTED;
    case MINUS:
      return startsWith(bytes, p, end, '--- End of ') ? FRAME : INDENTED;
    case PLUS:
      return startsWith(bytes, p, end, '+ Exception Group Traceback') || startsWith(bytes, p, end, '+-+--') || startsWith(bytes, p, end, '+----') ? FRAME : INDENTED;
  }
  return INDENTED;
}

/** After "at ": a call "x.y(…)", a place "file:12:5", or "<anonymous>"; not a sentence. */
function calledPlace(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] === LESS && bytes[end - 1] === GREATER) return true;
  // .NET: "at Shop.Cart.Add(Int32 n) in /src/Cart.cs:line 12"
  let p = at;
  while (p < end && bytes[p] !== SPACE && bytes[p] !== OPEN_PARENTHESIS) p++;
  if (p > at && bytes[p] === OPEN_PARENTHESIS) return true;
  if (bytes[end - 1] === CLOSE_PARENTHESIS || bytes[end - 1] === OPEN_BRACE) return bytes.subarray(at, end).includes(OPEN_PARENTHESIS);
  p = end;
  for (let number = 0; number < 2; number++) {
    const stop = p;
    while (p > at && isDigit(bytes[p - 1])) p--;
    if (p === stop || p <= at || bytes[--p] !== COLON) return false;
  }
  return p > at;
}

/** After "from ": Ruby's "app.rb:7:in `call'". */
function rubyPlace(bytes: Uint8Array, at: number, end: number): boolean {
  for (let p = at; p + 4 < end; p++) if (bytes[p] === COLON && isDigit(bytes[p - 1]) && startsWith(bytes, p, end, ':in ')) return true;
  return false;
}

function lineNumberFollows(bytes: Uint8Array, at: number, end: number): boolean {
  for (let p = at; p + 7 < end; p++) if (bytes[p] === QUOTE) return startsWith(bytes, p, end, '", line ');
  return false;
}

/** No name of an exception stands at the start. */
export const NO_EXCEPTION = 0;
/** `Error: message`, `KeyError`: what JavaScript and Python print. */
export const SIMPLE_EXCEPTION = 1;
/** `java.net.ConnectException: message`, `System.IO.IOException`, `EndOfStreamException`. */
export const NAMED_EXCEPTION = 2;

/** Whether the line is an exception's name, alone or followed by a colon and its message. */
export function exceptionLine(bytes: Uint8Array, at: number, end: number): typeof NO_EXCEPTION | typeof SIMPLE_EXCEPTION | typeof NAMED_EXCEPTION {
  const stop = nameEnd(bytes, at, end);
  if (stop < 0) return NO_EXCEPTION;
  if (endsIn(bytes, at, stop, 'Exception') || endsIn(bytes, at, stop, 'ExceptionGroup')) return NAMED_EXCEPTION;
  let dots = 0;
  for (let p = at; p < stop; p++) if (bytes[p] === DOT) dots++;
  if (endsIn(bytes, at, stop, 'Error')) return dots > 0 ? NAMED_EXCEPTION : SIMPLE_EXCEPTION;
  return NO_EXCEPTION;
}

/** Whether the line can be the last one of a Python traceback: a dotted name and a colon, or a name like KeyboardInterrupt alone. Words that name a level are none. */
export function finalErrorLine(bytes: Uint8Array, at: number, end: number): boolean {
  const stop = nameEnd(bytes, at, end);
  if (stop < 0) return false;
  let last = at;
  let lower = false;
  for (let p = at; p < stop; p++) {
    if (bytes[p] === DOT) last = p + 1;
    else if (!isUpper(bytes[p])) lower = true;
  }
  return lower && (stop < end || isUpper(bytes[last]));
}

/** End of the dotted name at `at` that is followed by ": " or nothing; −1 where there is none. */
export function nameEnd(bytes: Uint8Array, at: number, end: number): number {
  if (!isLetter(bytes[at]) && bytes[at] !== UNDERSCORE) return -1;
  const limit = Math.min(end, at + LONGEST_EXCEPTION);
  let p = at + 1;
  while (p < limit && (isLetter(bytes[p]) || isDigit(bytes[p]) || bytes[p] === DOT || bytes[p] === DOLLAR || bytes[p] === UNDERSCORE)) p++;
  // Node: "Error [ERR_X]: message", "TypeError [CODE]: message"
  if (p + 2 < limit && bytes[p] === SPACE && bytes[p + 1] === OPEN_BRACKET && isUpper(bytes[p + 2])) {
    const stop = p;
    while (p < limit && bytes[p] !== CLOSE_BRACKET) p++;
    return bytes[p + 1] === COLON ? stop : -1;
  }
  if (p === end) return p;
  return p < limit && bytes[p] === COLON && (p + 1 === end || bytes[p + 1] === SPACE) ? p : -1;
}

/** bytes[from, to) ends in ASCII `text`. */
export function endsIn(bytes: Uint8Array, from: number, to: number, text: string): boolean {
  return to - text.length >= from && startsWith(bytes, to - text.length, to, text);
}
