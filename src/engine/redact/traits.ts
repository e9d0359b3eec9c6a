/** What one look at a text tells: which finders need to search it at all, and where. */
export interface Traits {
  /** Offsets of colons and equals signs. */
  readonly joints: readonly number[];
  /** Offsets of blanks behind what may be the name of an authentication scheme. */
  readonly schemes: readonly number[];
  /** Longest run of letters, digits and + / _ - */
  readonly run: number;
  /** Most digits in a run of digits with single blanks or hyphens between. */
  readonly digits: number;
  /** Full stops between letters or digits, colons, hyphens. */
  readonly dots: number;
  readonly colons: number;
  readonly hyphens: number;
}

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const CLASS = new Uint8Array(128);
for (let code = 48; code <= 57; code++) CLASS[code] = DIGIT;
for (let code = 65; code <= 90; code++) CLASS[code] = CLASS[code + 32] = LETTER;

const SHORTEST_SCHEME = 5;
const TAB = 9;
const BLANK = 32;
const PLUS = 43;
const HYPHEN = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const EQUALS = 61;
const LOW_LINE = 95;

export function traitsOf(text: string): Traits {
  const joints: number[] = [];
  const schemes: number[] = [];
  let longest = 0, run = 0, most = 0, digits = 0, dots = 0, colons = 0, hyphens = 0;
  let before = OTHER;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? CLASS[code] : OTHER;
    if (kind !== OTHER) {
      if (++run > longest) longest = run;
      if (kind === LETTER) digits = 0;
      else if (++digits > most) most = digits;
      before = kind;
      continue;
    }
    if (code === PLUS || code === SLASH || code === LOW_LINE || code === HYPHEN) {
      if (++run > longest) longest = run;
      if (code === HYPHEN) hyphens++;
    } else {
      if (code === BLANK || code === TAB) {
        if (run >= SHORTEST_SCHEME && before === LETTER) schemes.push(at);
      } else if (code === COLON || code === EQUALS) {
        joints.push(at);
        if (code === COLON) colons++;
      } else if (code === DOT && before !== OTHER) dots++;
      run = 0;
    }
    if (before !== DIGIT || (code !== BLANK && code !== HYPHEN)) digits = 0;
    before = OTHER;
  }
  return { joints, schemes, run: longest, digits: most, dots, colons, hyphens };
}
