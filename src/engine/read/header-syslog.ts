import { CLOSE_BRACKET, COLON, DOT, MINUS, OPEN_BRACKET, SPACE, isDigit, isLetter, skipSpaces } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { closingBracket, tokenEnd } from './header-words.ts';
import { levelWord } from './levels.ts';

const OPEN_PARENTHESIS = 40;

/** After the stamp of RFC 3164: "host tag[pid]: message", where any of it may be missing. Always ends the header. */
export function syslogTail(state: HeaderState): void {
  const { bytes, end } = state;
  let p = skipSpaces(bytes, state.at, end);
  const hostEnd = tokenEnd(bytes, p, end);
  if (hostEnd > p && bytes[hostEnd - 1] !== COLON && bytes[hostEnd - 1] !== CLOSE_BRACKET && isName(bytes[p])) {
    state.setSource(p, hostEnd, false);
    p = skipSpaces(bytes, hostEnd, end);
  }
  const tail = tagEnd(state, p);
  state.at = tail > 0 ? skipKernelClock(bytes, skipSpaces(bytes, tail, end), end) : p;
  state.done = true;
}

/**
 * After a stamp of RFC 3339, "host tag[pid]: " is taken for syslog only if the tag is unmistakable. Returns
 * whether it was.
 */
export function isoSyslogTail(state: HeaderState): boolean {
  const { bytes, end } = state;
  const host = skipSpaces(bytes, state.at, end);
  const hostEnd = tokenEnd(bytes, host, end);
  if (hostEnd <= host || !isName(bytes[host]) || levelWord(bytes, host, hostEnd) > 0) return false;
  for (let p = host; p < hostEnd; p++) if (!isLetter(bytes[p]) && !isDigit(bytes[p]) && bytes[p] !== DOT && bytes[p] !== MINUS) return false;
  const tag = skipSpaces(bytes, hostEnd, end);
  if (tag >= end || bytes[tag] < 97 && !isLetter(bytes[tag])) return false;
  const tail = tagEnd(state, tag);
  if (tail < 0) return false;
  state.at = skipKernelClock(bytes, skipSpaces(bytes, tail, end), end);
  state.done = true;
  return true;
}

/** Offset behind "tag:", "tag[pid]:", "tag(module)[pid]:" or "tag (module[pid]):" at `at`; −1 if there is none. Notes the tag as source. */
function tagEnd(state: HeaderState, at: number): number {
  const { bytes, end } = state;
  const limit = Math.min(end, at + 80);
  let p = at;
  while (p < limit && bytes[p] !== COLON && bytes[p] !== OPEN_BRACKET && bytes[p] !== SPACE && bytes[p] !== OPEN_PARENTHESIS) p++;
  const tag = p;
  if (p === at || p >= end) return -1;
  if (bytes[p] === SPACE && p + 1 < end && bytes[p + 1] === OPEN_PARENTHESIS) p++;
  if (bytes[p] === OPEN_PARENTHESIS) {
    while (p < limit && bytes[p] !== 41) p++;
    p++;
  }
  let bracketed = false;
  if (p < end && bytes[p] === OPEN_BRACKET) {
    const close = closingBracket(bytes, p, end);
    if (close < 0) return -1;
    bracketed = true;
    p = close + 1;
    if (p + 1 < end && bytes[p] === SPACE && bytes[p + 1] === OPEN_PARENTHESIS) {
      while (p < limit && bytes[p] !== 41) p++;
      p++;
    }
  }
  if (p < end && bytes[p] === COLON && (p + 1 === end || bytes[p + 1] === SPACE || bracketed)) p++;
  else if (!bracketed) return -1;
  state.setSource(at, tag, true);
  return p;
}

/** The kernel's seconds since boot, as syslog passes them on. */
function skipKernelClock(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== OPEN_BRACKET) return at;
  const close = closingBracket(bytes, at, end);
  for (let p = at + 1; p < close; p++) if (!isDigit(bytes[p]) && bytes[p] !== DOT && bytes[p] !== SPACE) return at;
  return close < 0 ? at : skipSpaces(bytes, close + 1, end);
}

function isName(byte: number): boolean {
  return isLetter(byte) || isDigit(byte);
}
