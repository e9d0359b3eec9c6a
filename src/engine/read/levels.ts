import { LEVELS } from '../../contract/level.ts';
import type { Level, LevelCode } from '../../contract/level.ts';

/** Words that logs use for their levels, in lower case. */
const WORDS: Readonly<Record<Exclude<Level, ''>, string>> = {
  trace: 'trace trace1 trace2 trace3 trace4 trace5 trace6 trace7 trace8 trc trce finer finest verbose verb vrb',
  debug: 'debug dbg dbug debg fine debug1 debug2 debug3 debug4 debug5 config',
  info: 'info inf information informational log success',
  notice: 'notice note',
  warning: 'warning warn wrn warnung avertissement',
  error: 'error err eror severe fail failure fehler schwerwiegend grave',
  critical: 'critical crit crt fatal ftl panic dpanic',
  alert: 'alert',
  emergency: 'emergency emerg',
};

const LONGEST = 13;
const levelOfWord = new Map<number, { readonly word: string; readonly code: LevelCode }[]>();
for (const [level, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) {
    const hash = wordHash(word.charCodeAt(0), word.charCodeAt(word.length - 1), word.length);
    levelOfWord.set(hash, [...(levelOfWord.get(hash) ?? []), { word, code: LEVELS.indexOf(level as Level) }]);
  }
}

/** RFC 5424 severities 0…7. */
const SEVERITIES = [9, 8, 7, 6, 5, 4, 3, 2];

function wordHash(first: number, last: number, length: number): number {
  return (first << 16) | (last << 8) | length;
}

/** Code of the level word that bytes[from, to) is, in any case; 0 if it is none. Also a number, see numberedLevel. */
export function levelOf(bytes: Uint8Array, from: number, to: number): LevelCode {
  const code = levelWord(bytes, from, to);
  if (code !== 0 || to - from > 2) return code;
  if (to - from === 1) return letterLevel(bytes[from]) || (isNumeral(bytes[from]) ? numberedLevel(bytes[from] - 48) : 0);
  return isNumeral(bytes[from]) && isNumeral(bytes[from + 1]) ? numberedLevel((bytes[from] - 48) * 10 + bytes[from + 1] - 48) : 0;
}

/** As levelOf, for words only: what may stand anywhere in the header of a line. */
export function levelWord(bytes: Uint8Array, from: number, to: number): LevelCode {
  const length = to - from;
  if (length < 3 || length > LONGEST) return 0;
  const candidates = levelOfWord.get(wordHash(bytes[from] | 32, bytes[to - 1] | 32, length));
  if (candidates === undefined) return 0;
  for (const { word, code } of candidates) {
    let i = 1;
    while (i < length && (bytes[from + i] | 32) === word.charCodeAt(i)) i++;
    if (i === length) return code;
  }
  return 0;
}

/** The one-letter levels of klog, logcat and glog. */
export function letterLevel(byte: number): LevelCode {
  switch (byte & ~32) {
    case 86: case 84: return 1; // V, T
    case 68: return 2; // D
    case 73: return 3; // I
    case 78: return 4; // N
    case 87: return 5; // W
    case 69: return 6; // E
    case 67: case 70: return 7; // C, F
    default: return 0;
  }
}

/** RFC 5424 severity 0…7 (GELF, journald), or the tens of pino and bunyan. */
export function numberedLevel(value: number): LevelCode {
  if (value >= 0 && value <= 7) return SEVERITIES[value];
  if (value < 10) return 0;
  return value < 20 ? 1 : value < 30 ? 2 : value < 40 ? 3 : value < 50 ? 5 : value < 60 ? 6 : 7;
}

function isNumeral(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
