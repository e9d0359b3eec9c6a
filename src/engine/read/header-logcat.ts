import { CLOSE_BRACKET, COLON, MINUS, SLASH, SPACE, isDigit, isUpper, skipSpaces } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { tokenEnd } from './header-words.ts';
import { letterLevel } from './levels.ts';
import { digitsAt } from './stamp-digits.ts';

/** Tags are shorter. */
const LONGEST_TAG = 100;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
/** Android Studio's letter for "assert". */
const UPPER_A = 65;

/** Android's logcat, `-v brief` or what follows the time of `-v time`: "D/Tag     ( 1702): message" (AOSP, logprint.cpp). */
export function logcatBrief(state: HeaderState, at: number): boolean {
  const { bytes, end } = state;
  if (at + 6 > end || bytes[at + 1] !== SLASH || letterOf(bytes[at]) === 0) return false;
  const limit = Math.min(end - 3, at + LONGEST_TAG);
  for (let p = at + 2; p < limit; p++) {
    if (bytes[p] !== OPEN_PARENTHESIS) continue;
    const close = idsEnd(bytes, p + 1, end);
    if (close >= end || bytes[close] !== CLOSE_PARENTHESIS || bytes[close + 1] !== COLON) continue;
    take(state, letterOf(bytes[at]), at + 2, p, bytes[close + 2] === SPACE ? close + 3 : close + 2);
    return true;
  }
  return false;
}

/** After a time: "  1702  2395 D Tag     : message" (`-v threadtime`), with a user's number before under `-v uid`, or the brief form. */
export function logcatTail(state: HeaderState): boolean {
  const { bytes, end } = state;
  let p = skipSpaces(bytes, state.at, end);
  if (p === state.at) return false;
  if (p < end && isUpper(bytes[p])) return logcatBrief(state, p);
  let numbers = 0;
  for (; p < end && isDigit(bytes[p]); numbers++) p = skipSpaces(bytes, p + digitsAt(bytes, p, end), end);
  if (numbers === 1 && bytes[p] === MINUS) return studio(state, p + 1);
  if (numbers < 2 || numbers > 3 || p + 1 >= end || bytes[p + 1] !== SPACE || bytes[p - 1] !== SPACE || letterOf(bytes[p]) === 0) return false;
  const tag = p + 2;
  const limit = Math.min(end, tag + LONGEST_TAG);
  let colon = tag;
  while (colon < limit && !(bytes[colon] === COLON && (colon + 1 === end || bytes[colon + 1] === SPACE))) colon++;
  if (colon >= limit) return false;
  take(state, letterOf(bytes[p]), tag, colon, Math.min(end, colon + 2));
  return true;
}

/**
 * What Android Studio exports, behind "pid-": "tid  Tag      com.example.shop   D  message", in older versions
 * "tid/com.example.shop D/Tag: message".
 */
function studio(state: HeaderState, at: number): boolean {
  const { bytes, end } = state;
  const ids = at + digitsAt(bytes, at, end);
  if (ids === at || ids >= end) return false;
  if (bytes[ids] === SLASH) {
    const level = skipSpaces(bytes, Math.max(ids, tokenEnd(bytes, ids, end)), end);
    let colon = level + 2;
    while (colon < end && bytes[colon] !== COLON) colon++;
    if (colon + 1 >= end || bytes[level + 1] !== SLASH || letterOf(bytes[level]) === 0) return false;
    take(state, letterOf(bytes[level]), level + 2, colon, Math.min(end, colon + 2));
    return true;
  }
  const tag = skipSpaces(bytes, ids, end);
  const tagEnd = columnEnd(bytes, tag, end);
  const level = skipSpaces(bytes, columnEnd(bytes, skipSpaces(bytes, tagEnd, end), end), end);
  if (tag < ids + 2 || level + 2 >= end || bytes[level + 1] !== SPACE || bytes[level + 2] !== SPACE || letterOf(bytes[level]) === 0) return false;
  take(state, letterOf(bytes[level]), tag, tagEnd, level + 3);
  return true;
}

/** End of a column, which two spaces follow. */
function columnEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + LONGEST_TAG);
  let p = at;
  while (p < limit && !(bytes[p] === SPACE && bytes[p + 1] === SPACE)) p++;
  return p;
}

/** `-v long`: "[ 01-02 03:04:05.678  1702: 2395 D/Tag      ]", all of the line; its message is in the lines that follow. */
export function logcatLong(state: HeaderState): boolean {
  const { bytes, start, end, stamps } = state;
  if (bytes[start + 1] !== SPACE || bytes[end - 1] !== CLOSE_BRACKET) return false;
  const at = start + 2;
  const time = stamps.at(bytes, at, end);
  if (stamps.end === at) return false;
  const p = skipSpaces(bytes, idsEnd(bytes, stamps.end, end), end);
  if (p + 2 >= end || bytes[p + 1] !== SLASH || letterOf(bytes[p]) === 0 || bytes[p - 1] !== SPACE) return false;
  state.setTime(at, stamps.end, time);
  take(state, letterOf(bytes[p]), p + 2, end - 1, end);
  return true;
}

/** Offset behind numbers with spaces and colons among them. */
function idsEnd(bytes: Uint8Array, at: number, end: number): number {
  let p = at;
  while (p < end && (bytes[p] === SPACE || bytes[p] === COLON || isDigit(bytes[p]))) p++;
  return p;
}

function letterOf(byte: number): number {
  return byte === UPPER_A ? 7 : isUpper(byte) ? letterLevel(byte) : 0;
}

function take(state: HeaderState, level: number, tag: number, tagEnd: number, message: number): void {
  const { bytes } = state;
  let to = tagEnd;
  while (to > tag && bytes[to - 1] === SPACE) to--;
  state.level = level;
  state.setSource(tag, to, true);
  state.at = message;
  state.done = true;
}
