import { AT, CLOSE_BRACKET, COLON, COMMA, EQUALS, GREATER, HASH, LESS, MINUS, OPEN_BRACKET, PIPE, SLASH, SPACE, STAR, TAB, isDigit, isUpper, skipSpaces } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { allCaps, closingBracket, nameLike, qualifiedName, startsWith, tokenEnd, wordEnd } from './header-words.ts';
import { letterLevel, levelWord } from './levels.ts';

const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;

/**
 * Takes the level at `at`. A word in capitals will do as it is; in small letters it must be set off by what
 * follows, else it may be the first word of the message: then the level is known and the word stays.
 */
export function level(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  const from = bytes[at] === LESS ? at + 1 : at;
  const to = wordEnd(bytes, from, end);
  const after = to < end ? bytes[to] : SPACE;
  if (to - from === 1) return oneLetter(state, after);
  const code = levelWord(bytes, from, to);
  // What tests end with; .NET's level is in small letters.
  if (to - from === 4 && startsWith(bytes, from, to, 'FAIL')) return false;
  if (code === 0 || (from > at && after !== GREATER)) return false;
  if (from > at) return take(state, code, to + 1);
  if (allCaps(bytes, from, to)) {
    if (after !== SPACE && after !== TAB && after !== COLON && after !== PIPE && after !== COMMA && after !== SLASH && after !== OPEN_BRACKET && after !== CLOSE_BRACKET && after !== GREATER) return false;
    if (after === COLON && to + 1 < end && bytes[to + 1] !== SPACE) return basicName(state, code, to + 1);
    return take(state, code, after === COLON || after === SLASH || after === GREATER ? to + 1 : to);
  }
  const atStart = at === state.inner;
  const setOff = after === COLON || after === TAB || after === PIPE || after === COMMA || (after === SPACE && (to + 1 >= end || bytes[to + 1] === SPACE || bytes[to + 1] === PIPE)) || state.separator === PIPE;
  if (!state.timed && !(atStart && after === COLON)) return false;
  if (after !== SPACE && !setOff) return false;
  if (setOff && !atStart) return take(state, code, after === COLON ? to + 1 : to);
  state.level = code;
  state.done = true;
  return true;
}

function take(state: HeaderState, code: number, next: number): boolean {
  state.level = code;
  state.at = next;
  return true;
}

/** logcat: "D WindowManager: …" after two ids, "I/ActivityManager( 585): …" at the start. */
function oneLetter(state: HeaderState, after: number): boolean {
  const { bytes, at } = state;
  const code = isUpper(bytes[at]) ? letterLevel(bytes[at]) : 0;
  if (code === 0 || !(after === SLASH || (after === SPACE && state.numbers > 0))) return false;
  return take(state, code, at + 2);
}

/** Python's basic form, LEVEL:name:message. */
function basicName(state: HeaderState, code: number, at: number): boolean {
  const { bytes, end } = state;
  const stop = tokenEnd(bytes, at, end);
  let p = at;
  while (p < (stop < 0 ? end : stop) && bytes[p] !== COLON) p++;
  if (p < end && bytes[p] === COLON && p > at) {
    state.setSource(at, p, true);
    return take(state, code, p + 1);
  }
  return take(state, code, at);
}

/** Takes numbers that stand before a level (ids of processes and threads) and nginx's "123#123: *1". */
export function number(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  let p = wordEnd(bytes, at, end);
  if (p < end && bytes[p] === HASH) {
    p = wordEnd(bytes, p + 1, end);
    if (p >= end || bytes[p] !== COLON) return false;
    p = skipSpaces(bytes, p + 1, end);
    if (p < end && bytes[p] === STAR) p = wordEnd(bytes, p + 1, end);
    state.at = skipSpaces(bytes, p, end);
    state.done = true;
    return true;
  }
  if (state.level > 0 && !(p + 4 < end && bytes[p + 1] === MINUS && bytes[p + 2] === MINUS && bytes[p + 3] === MINUS)) return false;
  let q = skipSpaces(bytes, p, end);
  if (q === p || q >= end) return false;
  if (isDigit(bytes[q])) q = skipSpaces(bytes, wordEnd(bytes, q, end), end);
  if (state.level === 0 && !levelFollows(bytes, q, end)) return false;
  state.numbers++;
  state.at = p;
  return true;
}

/** A level in capitals, in brackets or as one letter stands at `at`. */
function levelFollows(bytes: Uint8Array, at: number, end: number): boolean {
  const from = bytes[at] === OPEN_BRACKET ? at + 1 : at;
  const to = wordEnd(bytes, from, end);
  if (to - from === 1) return isUpper(bytes[from]) && letterLevel(bytes[from]) > 0 && to < end && bytes[to] === SPACE;
  return levelWord(bytes, from, to) > 0 && (from > at || allCaps(bytes, from, to));
}

/** Takes the name of a program part at `at`: "dfs.DataNode: ", "com.example.Server - ", "CBS    ", "name [req-…]". */
export function name(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  if (state.sourceSure || !(state.timed || state.level > 0)) return false;
  const stop = tokenEnd(bytes, at, end);
  if (stop <= at) return false;
  if (state.separator === PIPE && pipedName(state, stop)) return true;
  const colon = bytes[stop - 1] === COLON ? stop - 1 : stop;
  const next = skipSpaces(bytes, stop, end);
  const mark = next < end ? bytes[next] : 0;
  const dashed = next > stop && (mark === MINUS || mark === PIPE || mark === COLON) && (next + 1 >= end || bytes[next + 1] === SPACE);
  const likely = nameLike(bytes, at, colon);
  let named = false;
  if (colon < stop) named = state.level > 0 && (likely || state.numbers > 1 || isRootLogger(bytes, at, colon));
  else if (mark === OPEN_PARENTHESIS) return placedName(state, stop, next);
  else if (dashed) named = likely || state.separator === MINUS || state.separator === PIPE;
  else if (mark === OPEN_BRACKET) named = likely && closingBracket(bytes, next, end) > 0 && (state.level > 0 || idFollows(bytes, next + 1, end));
  else if (mark === TAB) named = likely && state.level > 0;
  else if (next > stop + 1) named = state.level > 0 && (likely || state.gap > 1);
  else if (next > stop && state.level > 0) named = likely && qualifiedName(bytes, at, stop);
  else if (next > stop && levelFollows(bytes, next, end)) {
    if (!likely && accountLike(bytes, at, stop)) {
      state.at = stop;
      return true;
    }
    named = likely;
  }
  if (!named) return idBeforeColon(state, at, stop);
  state.setSource(at, colon, state.level > 0 || dashed);
  state.at = stop;
  return true;
}

/** log4j's "shop.Orders (Orders.java:44) - ". */
function placedName(state: HeaderState, stop: number, open: number): boolean {
  const { bytes, at, end } = state;
  let close = open;
  while (close < end && bytes[close] !== CLOSE_PARENTHESIS && bytes[close] !== SPACE) close++;
  if (!nameLike(bytes, at, stop) || !startsWith(bytes, close, end, ') - ')) return false;
  state.setSource(at, stop, true);
  state.at = close + 1;
  return true;
}

/** What Python calls the logger that has no name. */
function isRootLogger(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 4 && startsWith(bytes, from, to, 'root');
}

/** Between tight bars, "|Step_LSC|30002312|": the first that starts with a letter is the source. */
function pipedName(state: HeaderState, stop: number): boolean {
  const { bytes, at } = state;
  let p = at;
  while (p < stop && bytes[p] !== PIPE) p++;
  if (p === at || p === stop) return false;
  if (!isDigit(bytes[at])) state.setSource(at, p, false);
  state.at = p;
  return true;
}

/** "1234]:" at `at`. */
function idFollows(bytes: Uint8Array, at: number, end: number): boolean {
  let p = at;
  while (p < end && isDigit(bytes[p])) p++;
  return p > at && p + 1 < end && bytes[p] === CLOSE_BRACKET && bytes[p + 1] === COLON;
}

/** PostgreSQL's "user@database" and "user=…,db=…". */
function accountLike(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (bytes[p] === AT || bytes[p] === EQUALS) return true;
  return false;
}

/** "ActivityManager( 585): " and "app[123]: " after a level. */
function idBeforeColon(state: HeaderState, at: number, stop: number): boolean {
  const { bytes, end } = state;
  if (state.level === 0) return false;
  let p = at;
  while (p < stop && bytes[p] !== OPEN_BRACKET && bytes[p] !== 40) p++;
  if (p === at || p >= end || (bytes[p] !== OPEN_BRACKET && bytes[p] !== 40)) return false;
  let q = skipSpaces(bytes, p + 1, end);
  const digits = q;
  while (q < end && isDigit(bytes[q])) q++;
  if (q === digits || q + 1 >= end || (bytes[q] !== CLOSE_BRACKET && bytes[q] !== 41) || bytes[q + 1] !== COLON) return false;
  state.setSource(at, p, true);
  state.at = q + 2;
  return true;
}

/** "R02-M1-N0 RAS KERNEL INFO": up to four words in capitals before a level. Takes them and the level. */
export function upperCaseRun(state: HeaderState): boolean {
  const { bytes, end } = state;
  if (!state.timed || state.level > 0) return false;
  let from = state.at;
  let lastFrom = from;
  let lastTo = from;
  for (let words = 0; words < 5; words++) {
    const to = tokenEnd(bytes, from, end);
    if (to <= from) return false;
    const code = allCaps(bytes, from, to) ? levelWord(bytes, from, to) : 0;
    if (code > 0 && words > 1) {
      state.sourceStart = lastFrom;
      state.sourceEnd = lastTo;
      return take(state, code, to);
    }
    for (let p = from; p < to; p++) if (bytes[p] > 96 || bytes[p] < 45) return false;
    lastFrom = from;
    lastTo = to;
    from = skipSpaces(bytes, to, end);
  }
  return false;
}
