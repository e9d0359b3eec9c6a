import { BACKSLASH, EQUALS, QUOTE, SPACE, isLetter } from './ascii.ts';
import type { HeaderState } from './header-state.ts';
import { startsWith, wordEnd } from './header-words.ts';
import { levelOf } from './levels.ts';

/** How far into a line its fields are looked at. */
const REACH = 600;
const TIMES = ['time', 'ts', 't', 'timestamp'];
const LEVELS = ['level', 'lvl', 'severity'];
const SOURCES = ['service', 'component', 'logger', 'app', 'source'];

/** logfmt: time, level and source are read from their fields, of which the first of each counts; the whole line stays the message. */
export function logfmtFields(state: HeaderState): boolean {
  const { bytes, start, end, stamps } = state;
  if (!isLetter(bytes[start])) return false;
  const first = keyEnd(bytes, start, end);
  if (first >= end || bytes[first] !== EQUALS) return false;
  const limit = Math.min(end, start + REACH);
  let p = start;
  while (p < limit) {
    const key = keyEnd(bytes, p, limit);
    if (key < limit && bytes[key] === EQUALS && key > p) {
      const quoted = bytes[key + 1] === QUOTE;
      const value = quoted ? key + 2 : key + 1;
      const to = valueEnd(bytes, value, end, quoted);
      if (isOneOf(bytes, p, key, TIMES)) {
        const time = state.timed ? NaN : stamps.at(bytes, value, end);
        if (!state.timed && stamps.end > value) state.setTime(value, stamps.end, time);
      } else if (isOneOf(bytes, p, key, LEVELS)) state.level ||= levelOf(bytes, value, wordEnd(bytes, value, to));
      else if (isOneOf(bytes, p, key, SOURCES)) state.setSource(value, to, true);
      p = quoted ? to + 1 : to;
    } else while (p < limit && bytes[p] !== SPACE) p++;
    while (p < limit && bytes[p] === SPACE) p++;
  }
  return state.timed || state.level > 0;
}

/** End of the key at `at`: letters, digits and what else stands between spaces and the equals sign. */
function keyEnd(bytes: Uint8Array, at: number, end: number): number {
  let p = at;
  while (p < end && bytes[p] !== EQUALS && bytes[p] !== SPACE && bytes[p] !== QUOTE) p++;
  return p;
}

/** End of a value: at the next space, or at the quote that is not escaped. */
function valueEnd(bytes: Uint8Array, at: number, end: number, quoted: boolean): number {
  let p = at;
  while (p < end && bytes[p] !== (quoted ? QUOTE : SPACE)) p += quoted && bytes[p] === BACKSLASH ? 2 : 1;
  return Math.min(p, end);
}

function isOneOf(bytes: Uint8Array, from: number, to: number, words: readonly string[]): boolean {
  for (const word of words) if (word.length === to - from && startsWith(bytes, from, to, word)) return true;
  return false;
}
