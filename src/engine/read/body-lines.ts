import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, DOT, GREATER, LESS, OPEN_BRACE, OPEN_BRACKET, SLASH, SPACE, TAB, isDigit, isLetter, skipSpaces, trimEnd } from './ascii.ts';
import { startsWith } from './header-words.ts';
import { endsIn, nameEnd } from './trace-lines.ts';

const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const BANG = 33;
const SEMICOLON = 59;
const QUESTION = 63;
const CARET = 94;

/** A line of a goroutine's stack at the start of a line: "main.f(0x1)", "created by net/http.Serve", "[signal SIGSEGV …", "exit status 2", "rax    0x0". */
export function goLine(bytes: Uint8Array, at: number, end: number): boolean {
  if (startsWith(bytes, at, end, 'created by ') || startsWith(bytes, at, end, '[signal ') || startsWith(bytes, at, end, 'exit status ') || startsWith(bytes, at, end, 'runtime stack:') || startsWith(bytes, at, end, 'panic(')) return true;
  if (!isLetter(bytes[at])) return false;
  let dot = false;
  for (let p = at; p < end && bytes[p] !== SPACE; p++) {
    if (bytes[p] === DOT || bytes[p] === SLASH) dot = true;
    else if (bytes[p] === OPEN_PARENTHESIS) return dot && (bytes[end - 1] === CLOSE_PARENTHESIS || bytes[end - 1] === COMMA);
  }
  // Registers: two to six letters and digits, blanks, a hexadecimal number.
  let p = at;
  while (p < end && p - at < 7 && (isLetter(bytes[p]) || isDigit(bytes[p]))) p++;
  return bytes[p] === SPACE && startsWith(bytes, skipSpaces(bytes, p, end), end, '0x') && bytes.indexOf(SPACE, skipSpaces(bytes, p, end)) < 0;
}

/** Whether the line opens something that a later one closes: its last byte is a bracket. */
export function opensBody(bytes: Uint8Array, at: number, end: number): boolean {
  const to = trimEnd(bytes, at, end);
  return to > at && (bytes[to - 1] === OPEN_BRACE || bytes[to - 1] === OPEN_BRACKET || bytes[to - 1] === OPEN_PARENTHESIS);
}

/** Nothing but closing brackets, and what may follow them: "}", "});", "],". */
export function closesBody(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  if (first !== CLOSE_BRACE && first !== CLOSE_BRACKET && first !== CLOSE_PARENTHESIS) return false;
  for (let p = at + 1; p < end; p++) {
    const byte = bytes[p];
    if (byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET && byte !== CLOSE_PARENTHESIS && byte !== COMMA && byte !== SEMICOLON && byte !== SPACE) return false;
  }
  return true;
}

/** How much deeper in elements bytes[at, end) ends than it began, where it is markup from its first byte to its last; NaN where it is not. */
export function markupDepth(bytes: Uint8Array, at: number, end: number): number {
  const to = trimEnd(bytes, at, end);
  if (to - at < 3 || bytes[at] !== LESS || bytes[to - 1] !== GREATER || !markupByte(bytes[at + 1])) return NaN;
  let depth = 0;
  for (let p = at; p < to; p++) {
    if (bytes[p] !== LESS || p + 1 === to) continue;
    if (bytes[p + 1] === SLASH) depth--;
    else if (isLetter(bytes[p + 1])) depth++;
    if (!markupByte(bytes[p + 1])) continue;
    while (p < to && bytes[p] !== GREATER) p++;
    if (bytes[p - 1] === SLASH) depth--;
  }
  return depth;
}

function markupByte(byte: number): boolean {
  return isLetter(byte) || byte === SLASH || byte === BANG || byte === QUESTION;
}

/** Node's "node:events:502" or "/srv/app.js:12", which a crash begins with. */
export function crashPlace(bytes: Uint8Array, at: number, end: number): boolean {
  let p = end;
  while (p > at && isDigit(bytes[p - 1])) p--;
  if (p === end || bytes[p - 1] !== COLON) return false;
  if (startsWith(bytes, at, end, 'node:') || startsWith(bytes, at, end, '[eval]:')) return true;
  if (bytes[at] !== SLASH && !startsWith(bytes, at, end, 'file:///')) return false;
  for (let q = at; q < p; q++) if (bytes[q] === SPACE) return false;
  return endsIn(bytes, at, p - 1, '.js') || endsIn(bytes, at, p - 1, '.cjs') || endsIn(bytes, at, p - 1, '.mjs') || endsIn(bytes, at, p - 1, '.ts');
}

/** A line of carets that points into the one above. */
export function caretLine(bytes: Uint8Array, at: number, end: number): boolean {
  let carets = 0;
  for (let p = at; p < end; p++) {
    if (bytes[p] === CARET) carets++;
    else if (bytes[p] !== SPACE && bytes[p] !== TAB) return false;
  }
  return carets > 0;
}

/** "/srv/batch.py:53: RuntimeWarning: …", which shows the line of code below. */
export function pythonWarning(bytes: Uint8Array, at: number, end: number): boolean {
  const limit = Math.min(end, at + 300);
  for (let p = at; p + 5 < limit; p++) {
    if (bytes[p] !== COLON || !isDigit(bytes[p + 1])) continue;
    let q = p + 1;
    while (q < limit && isDigit(bytes[q])) q++;
    if (bytes[q] === COLON) q++;
    if (q >= limit || bytes[q] !== SPACE) return false;
    const stop = nameEnd(bytes, q + 1, end);
    return stop > 0 && endsIn(bytes, q + 1, stop, 'Warning');
  }
  return false;
}
