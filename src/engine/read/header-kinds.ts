import { BACKSLASH, CLOSE_BRACKET, COLON, COMMA, DOT, GREATER, HASH, MINUS, OPEN_BRACKET, PIPE, QUOTE, SPACE, STAR, TAB, isDigit, isLetter, isUpper, skipSpaces } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { LONGEST_NAME, allCaps, closingBracket, startsWith, tokenEnd, wordEnd } from './header-words.ts';
import { letterLevel, levelWord, numberedLevel } from './levels.ts';
import { digitsAt, numberAt } from './stamp-digits.ts';
import { Clock } from './stamp-clock.ts';

/** How far into a line an access log's stamp is looked for. */
const ACCESS_REACH = 160;
const clock = new Clock();

/** Takes the priority of syslog, "<34>"; its lower three bits are the severity. */
export function priority(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  const digits = digitsAt(bytes, at + 1, end);
  if (digits === 0 || digits > 3 || at + 1 + digits >= end || bytes[at + 1 + digits] !== GREATER) return false;
  state.level = numberedLevel(numberAt(bytes, at + 1, digits) & 7);
  state.at = at + 2 + digits;
  return true;
}

/** After a priority: "1 2003-10-11T22:14:15.003Z host app procid msgid [data] message" (RFC 5424). Takes all but the message. */
export function rfc5424(state: HeaderState): boolean {
  const { bytes, end, stamps } = state;
  if (state.at + 2 >= end || bytes[state.at] !== 49 || bytes[state.at + 1] !== SPACE) return false;
  let p = state.at + 2;
  const time = stamps.at(bytes, p, end);
  if (stamps.end > p) {
    state.setTime(p, stamps.end, time);
    p = stamps.end;
  } else if (bytes[p] === MINUS) p++;
  else return false;
  for (let field = 0; field < 4; field++) {
    p = skipSpaces(bytes, p, end);
    const to = tokenEnd(bytes, p, end);
    if (to <= p) return false;
    if (field < 2 && bytes[p] !== MINUS) state.setSource(p, to, field === 1);
    p = to;
  }
  p = skipSpaces(bytes, p, end);
  if (p < end && bytes[p] === MINUS) p++;
  while (p < end && bytes[p] === OPEN_BRACKET) {
    const after = structuredDataEnd(bytes, p, end);
    if (after < 0) break;
    p = after;
  }
  p = skipSpaces(bytes, p, end);
  state.at = startsWith(bytes, p, end, '\u00ef\u00bb\u00bf') ? p + 3 : p;
  state.done = true;
  return true;
}

/** Offset after the [element] at `at`, whose values are quoted and escape their quotes; −1 if it does not end. */
function structuredDataEnd(bytes: Uint8Array, at: number, end: number): number {
  let quoted = false;
  for (let p = at; p < end; p++) {
    const byte = bytes[p];
    if (byte === BACKSLASH) p++;
    else if (byte === QUOTE) quoted = !quoted;
    else if (byte === CLOSE_BRACKET && !quoted) return p + 1;
  }
  return -1;
}

/** klog and glog: "I0102 03:04:05.678901       1 file.go:12] message"; newer glog names the year, "I20240102 …". */
export function klogStamp(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  if (!isUpper(bytes[at]) || at + 14 > end) return false;
  const digits = digitsAt(bytes, at + 1, end);
  const day = at + digits - 1;
  if ((digits !== 4 && digits !== 8) || bytes[day + 2] !== SPACE) return false;
  const level = letterLevel(bytes[at]);
  if (level === 0 || !clock.read(bytes, day + 3, end, false)) return false;
  let p = skipSpaces(bytes, clock.end, end);
  p = skipSpaces(bytes, wordEnd(bytes, p, end), end);
  const place = p;
  const to = tokenEnd(bytes, p, end);
  if (to <= p || bytes[to - 1] !== CLOSE_BRACKET) return false;
  while (p < to && bytes[p] !== COLON) p++;
  state.level = level;
  const time = digits === 8 ? state.stamps.at(bytes, at + 1, end) : state.stamps.onDay(numberAt(bytes, at + 1, 2), numberAt(bytes, at + 3, 2), clock);
  state.setTime(at + 1, clock.end, time);
  state.setSource(place, Math.min(p, to - 1), true);
  state.at = skipSpaces(bytes, to, end);
  state.done = true;
  return true;
}

/** After a first stamp, what Kubernetes' container runtimes write: "stdout F message". The rest may have a header of its own. */
export function containerStream(state: HeaderState): boolean {
  const { bytes, at, end } = state;
  const error = startsWith(bytes, at, end, ' stderr ');
  if (!error && !startsWith(bytes, at, end, ' stdout ')) return false;
  const tag = bytes[at + 8];
  // Full or partial line.
  if ((tag !== 70 && tag !== 80) || (at + 9 < end && bytes[at + 9] !== SPACE)) return false;
  state.setSource(at + 1, at + 7, false);
  state.at = state.inner = Math.min(end, at + 10);
  // An indented line has no header of its own.
  if (state.at < end && (bytes[state.at] === SPACE || bytes[state.at] === TAB)) state.done = true;
  else klogStamp(state);
  return true;
}

/** log4j's TTCC: milliseconds since the program started, "[thread] LEVEL name - message". */
export function sinceStart(state: HeaderState): boolean {
  const { bytes, start, end } = state;
  const digits = digitsAt(bytes, start, end);
  const open = start + digits + 1;
  if (digits === 0 || digits > 9 || open >= end || bytes[open - 1] !== SPACE || bytes[open] !== OPEN_BRACKET) return false;
  const close = closingBracket(bytes, open, end);
  if (close < 0 || close + 2 >= end || bytes[close + 1] !== SPACE) return false;
  const to = wordEnd(bytes, close + 2, end);
  const level = allCaps(bytes, close + 2, to) ? levelWord(bytes, close + 2, to) : 0;
  if (level === 0) return false;
  state.level = level;
  const from = skipSpaces(bytes, to, end);
  // Name and nested context end with " - ".
  for (let p = from; p + 2 < end && p < from + LONGEST_NAME; p++) {
    if (bytes[p] !== SPACE || bytes[p + 1] !== MINUS || bytes[p + 2] !== SPACE) continue;
    state.setSource(from, Math.max(from, Math.min(p, tokenEnd(bytes, from, end))), true);
    state.at = p + 3;
    return true;
  }
  state.at = from;
  return true;
}

/** Ruby's Logger: "E, [2024-01-02T03:04:05.678901 #1234] ERROR -- name: message". */
export function rubyHeader(state: HeaderState): boolean {
  const { bytes, at, end, stamps } = state;
  if (at + 5 > end || bytes[at + 1] !== COMMA || bytes[at + 3] !== OPEN_BRACKET) return false;
  const time = stamps.at(bytes, at + 4, end);
  const timeEnd = stamps.end;
  const close = timeEnd > at + 4 ? closingBracket(bytes, at + 3, end) : -1;
  const word = close < 0 ? end : skipSpaces(bytes, close + 1, end);
  const to = wordEnd(bytes, word, end);
  if (to === word || !startsWith(bytes, to, end, ' -- ')) return false;
  const name = to + ' -- '.length;
  let colon = name;
  while (colon < end && bytes[colon] !== COLON) colon++;
  state.setTime(at + 4, timeEnd, time);
  // Of no level it says ANY.
  state.level = levelWord(bytes, word, to);
  state.setSource(name, Math.min(colon, name + LONGEST_NAME), true);
  state.at = Math.min(end, colon + (bytes[colon + 1] === SPACE ? 2 : 1));
  state.done = true;
  return true;
}

/** What PHP calls its errors, as levels. */
const PHP_LEVELS: readonly (readonly [string, number])[] = [
  ['PHP Warning: ', 5], ['PHP Notice: ', 4], ['PHP Deprecated: ', 4], ['PHP Fatal error: ', 7], ['PHP Parse error: ', 7], ['PHP Recoverable fatal error: ', 6],
];

/** PHP's "PHP Warning:  Undefined variable" at the start of a message, of which the words stay a part. */
export function phpLevel(state: HeaderState): void {
  const { bytes, at, end } = state;
  if (!startsWith(bytes, at, end, 'PHP ')) return;
  for (const [words, level] of PHP_LEVELS) if (startsWith(bytes, at, end, words)) state.level = level;
}

/** Redis: "123:M 02 Jan 2024 03:04:05.678 * message". */
export function redisHeader(state: HeaderState): boolean {
  const { bytes, at, end, stamps } = state;
  const digits = digitsAt(bytes, at, end);
  const role = at + digits + 1;
  if (digits === 0 || role + 2 >= end || bytes[role - 1] !== COLON || !isUpper(bytes[role]) || bytes[role + 1] !== SPACE) return false;
  const time = stamps.at(bytes, role + 2, end);
  const mark = stamps.end + 1;
  if (stamps.end === role + 2 || mark + 1 >= end || bytes[mark + 1] !== SPACE) return false;
  const level = bytes[mark] === STAR ? 4 : bytes[mark] === HASH ? 5 : bytes[mark] === MINUS ? 3 : bytes[mark] === DOT ? 2 : 0;
  if (level === 0) return false;
  state.setTime(role + 2, stamps.end, time);
  state.level = level;
  state.at = mark + 2;
  state.done = true;
  return true;
}

/** Takes a first word that is followed by a stamp (a file's, service's or node's name), or "name | ". */
export function leadingName(state: HeaderState): boolean {
  const { bytes, at, end, stamps } = state;
  const to = tokenEnd(bytes, at, end);
  if (to <= at || to >= end) return false;
  let p = skipSpaces(bytes, to, end);
  const piped = p < end && bytes[p] === PIPE;
  if (piped) p = skipSpaces(bytes, p + 1, end);
  stamps.at(bytes, p, end);
  const stamped = stamps.end > p;
  if (!stamped && !(piped && isLetter(bytes[at]) && isDigit(bytes[to - 1]))) return false;
  if (isLetter(bytes[at])) state.setSource(at, to, false);
  state.at = p;
  return true;
}

/** An access log: the stamp in brackets further on is read, and the virtual host where there is one; the whole line stays the message. */
export function accessStamp(state: HeaderState): boolean {
  const { bytes, start, stamps } = state;
  const limit = Math.min(state.end, start + ACCESS_REACH);
  for (let p = start + 1; p < limit; p++) {
    if (bytes[p] !== OPEN_BRACKET || bytes[p - 1] !== SPACE) continue;
    const time = stamps.at(bytes, p + 1, state.end);
    if (stamps.end === p + 1) return false;
    state.setTime(p + 1, stamps.end, time);
    virtualHost(state);
    return true;
  }
  return false;
}

/** Apache's vhost_combined names the server before the client, "shop.example:443 192.0.2.1 - -". */
function virtualHost(state: HeaderState): void {
  const { bytes, start, end } = state;
  const to = tokenEnd(bytes, start, end);
  let colon = to - 1;
  while (colon > start && isDigit(bytes[colon])) colon--;
  if (!isLetter(bytes[start]) || colon === to - 1 || colon <= start || bytes[colon] !== COLON) return;
  state.setSource(start, colon, true);
}
