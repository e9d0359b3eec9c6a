import { CLOSE_BRACKET, COLON, DOT, LESS, MINUS, OPEN_BRACKET, SPACE, isDigit, isLetter, skipSpaces } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { closingBracket, startsWith, tokenEnd, wordEnd } from './header-words.ts';
import { levelWord, numberedLevel } from './levels.ts';

const PERCENT = 37;
const OPEN_PARENTHESIS = 40;

/** After the stamp of RFC 3164: "host tag[pid]: message", where any of it may be missing. Always ends the header. */
export function syslogTail(state: HeaderState): void {
  const { bytes, end } = state;
  // Cisco's devices put a colon behind the time.
  let p = skipSpaces(bytes, state.at < end && bytes[state.at] === COLON ? state.at + 1 : state.at, end);
  const hostEnd = tokenEnd(bytes, p, end);
  if (hostEnd > p && bytes[hostEnd - 1] !== COLON && bytes[hostEnd - 1] !== CLOSE_BRACKET && isName(bytes[p])) {
    state.setSource(p, hostEnd, false);
    p = skipSpaces(bytes, hostEnd, end);
  }
  // After the host, some devices write a colon that stands alone.
  if (p + 1 < end && bytes[p] === COLON && bytes[p + 1] === SPACE) p = skipSpaces(bytes, p + 1, end);
  const tail = tagEnd(state, p);
  state.at = tail > 0 ? afterLevel(state, skipKernelClock(bytes, skipSpaces(bytes, tail, end), end)) : p;
  if (p < end && bytes[p] === PERCENT) ciscoLevel(state, p);
  state.done = true;
}

/** Apple's "<Error>: " at `at`, behind the tag: takes the level and returns the offset of the message. */
function afterLevel(state: HeaderState, at: number): number {
  const { bytes, end } = state;
  if (at >= end || bytes[at] !== LESS) return at;
  const to = wordEnd(bytes, at + 1, end);
  const level = startsWith(bytes, to, end, '>: ') ? levelWord(bytes, at + 1, to) : 0;
  if (level === 0) return at;
  state.level = level;
  return to + 3;
}

/** "%ASA-4-106023: ", "%SYS-5-CONFIG_I: ", "%PLATFORM-SW1-3-X: " at `at`: the number is a severity as of RFC 5424. */
function ciscoLevel(state: HeaderState, at: number): void {
  const { bytes, end } = state;
  for (let p = at + 1; p + 2 < end && bytes[p] !== SPACE && bytes[p] !== COLON; p++) {
    if (bytes[p] !== MINUS || bytes[p + 2] !== MINUS || bytes[p + 1] < 48 || bytes[p + 1] > 55) continue;
    state.level = numberedLevel(bytes[p + 1] - 48);
    return;
  }
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
  const colon = skipSpaces(bytes, hostEnd, end);
  const tag = colon + 1 < end && bytes[colon] === COLON && bytes[colon + 1] === SPACE ? skipSpaces(bytes, colon + 1, end) : colon;
  if (tag >= end || (bytes[tag] < 97 && !isLetter(bytes[tag]) && bytes[tag] !== PERCENT)) return false;
  const tail = tagEnd(state, tag);
  if (tail < 0) return false;
  if (bytes[tag] === PERCENT) ciscoLevel(state, tag);
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
