import { COLON, DOT, MINUS, SPACE, isDigit, isLetter, skipSpaces, trimEnd } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { allCaps, closingBracket, startsWith, wordEnd } from './header-words.ts';
import { letterLevel, levelWord } from './levels.ts';

const LONGEST_CONTEXT = 200;
const UNDERSCORE = 95;

/**
 * Takes the [bracketed] part at `at` into the header if it belongs there: a stamp, a level, module:level, a
 * process or thread, a request context. Returns whether it did.
 */
export function bracket(state: HeaderState): boolean {
  const { bytes } = state;
  const close = closingBracket(bytes, state.at, state.end);
  if (close < 0) return false;
  const from = skipSpaces(bytes, state.at + 1, close);
  const to = trimEnd(bytes, from, close);
  const taken = to === from || stampInside(state, from, to) || levelInside(state, from, to) || contextInside(state, from, to);
  if (taken) state.at = close + 1;
  return taken;
}

function stampInside(state: HeaderState, from: number, to: number): boolean {
  if (state.timed) return false;
  const { bytes, stamps } = state;
  let at = from;
  if (to - from > 12 && letterLevel(bytes[from]) > 0 && bytes[from + 1] === SPACE && isDigit(bytes[from + 2])) at = from + 2;
  const time = stamps.at(bytes, at, to);
  if (stamps.end > at) {
    state.setTime(at, stamps.end, time);
    if (at > from) {
      state.level = letterLevel(bytes[from]);
      state.setSource(skipSpaces(bytes, stamps.end, to), to, true);
    } else levelAfterStamp(state, skipSpaces(bytes, stamps.end, to), to);
    return true;
  }
  // Seconds since boot, as the kernel writes them.
  let dots = 0;
  for (let p = from; p < to; p++) {
    if (bytes[p] === DOT) dots++;
    else if (!isDigit(bytes[p])) return false;
  }
  if (dots !== 1) return false;
  state.setTime(from, to, NaN);
  return true;
}

/** Rust's env_logger has all of its header in brackets: "[2024-01-02T03:04:05Z WARN  shop::orders] message". */
function levelAfterStamp(state: HeaderState, from: number, to: number): void {
  const { bytes } = state;
  const end = wordEnd(bytes, from, to);
  const level = end > from && state.level === 0 && allCaps(bytes, from, end) ? levelWord(bytes, from, end) : 0;
  if (level === 0 || (end < to && bytes[end] !== SPACE)) return;
  state.level = level;
  state.setSource(skipSpaces(bytes, end, to), to, true);
}

function levelInside(state: HeaderState, from: number, to: number): boolean {
  if (state.level > 0) return false;
  const { bytes } = state;
  state.level = to - from === 1 ? letterLevel(bytes[from]) : levelWord(bytes, from, to);
  if (state.level > 0) return true;
  let colon = to - 1;
  while (colon > from && bytes[colon] !== COLON) colon--;
  if (colon === from || to - from > 60) return false;
  state.level = levelWord(bytes, colon + 1, to);
  if (state.level > 0) state.setSource(from, colon, true);
  return state.level > 0;
}

function contextInside(state: HeaderState, from: number, to: number): boolean {
  const { bytes } = state;
  const context = isContext(bytes, from, to);
  if (context) return true;
  if (state.sourceSure || to - from > LONGEST_CONTEXT) return false;
  let spaces = 0;
  for (let p = from; p < to; p++) {
    if (bytes[p] === SPACE && ++spaces > 2) return false;
    if (bytes[p] === COLON && p + 1 < to && bytes[p + 1] === SPACE) return false;
  }
  const colon = state.level > 0 ? placeColon(bytes, from, to) : 0;
  if (colon > 0) state.setSource(from, colon, true);
  else if (isLetter(bytes[from]) && !threadLike(bytes, from, to)) state.setSource(from, to, false);
  return true;
}

/** Offset of the colon in "shop.orders:17", a name and a line's number; 0 where it is something else. */
function placeColon(bytes: Uint8Array, from: number, to: number): number {
  let p = to;
  while (p > from && isDigit(bytes[p - 1])) p--;
  const colon = p - 1;
  if (p === to || colon <= from || bytes[colon] !== COLON) return 0;
  for (let i = from; i < colon; i++) if (!isLetter(bytes[i]) && bytes[i] !== DOT && bytes[i] !== UNDERSCORE && (i === from || !isDigit(bytes[i]))) return 0;
  return colon;
}

/** Process ids, client addresses, request ids: never part of a message. */
function isContext(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] === MINUS || startsWith(bytes, from, to, 'req-') || startsWith(bytes, from, to, 'client ') || startsWith(bytes, from, to, 'pid ') || startsWith(bytes, from, to, 'tid ') || startsWith(bytes, from, to, 'MY-') || startsWith(bytes, from, to, 'myid:')) return true;
  for (let p = from; p < to; p++) if (!isDigit(bytes[p]) && bytes[p] !== COLON && bytes[p] !== 35) return false;
  return true;
}

function threadLike(bytes: Uint8Array, from: number, to: number): boolean {
  if (isDigit(bytes[to - 1]) || startsWith(bytes, from, to, 'main')) return true;
  for (let p = from; p + 6 <= to; p++) if (startsWith(bytes, p, to, 'hread')) return true;
  return false;
}
