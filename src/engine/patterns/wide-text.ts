/**
 * What characters above ASCII are to the masker. Ranges after Unicode 16 (Blocks.txt, and the scripts that UAX #14 breaks
 * without spaces); what is not named here is a letter of a script with spaces.
 */
export const WIDE_LETTER = 0;
/** Of a script that puts no blanks between words, or glues particles to numbers (Korean). */
export const UNSPACED = 1;
/** Punctuation and symbols. */
export const MARK = 2;
/** Full-width and Arabic digits. */
export const WIDE_DIGIT = 3;
export const WIDE_BLANK = 4;

/** Kind and length of the character at bytes[at…] before `end`, as kind × 8 + bytes. Bytes that are no UTF-8 are letters. */
export function wideAt(bytes: Uint8Array, at: number, end: number): number {
  const point = codePointAt(bytes, at, end);
  if (point < 0) return WIDE_LETTER * 8 + 1;
  return kindOf(point) * 8 + (point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
}

/** Code point of the character above ASCII at bytes[at…], -1 where there is none. */
export function codePointAt(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at];
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + size > end) return -1;
  let point = lead & (0x7f >> size);
  for (let next = 1; next < size; next++) {
    if ((bytes[at + next] & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (bytes[at + next] & 0x3f);
  }
  return point;
}

/** [first, last, kind] of code points, ascending. An apostrophe (’) and the dots of a shortened id (9f3…a1) hold a word together. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [0xa0, 0xa0, WIDE_BLANK], [0xa1, 0xa9, MARK], [0xab, 0xb4, MARK], [0xb6, 0xb9, MARK], [0xbb, 0xbf, MARK],
  [0x660, 0x669, WIDE_DIGIT], [0x6f0, 0x6f9, WIDE_DIGIT],
  // Thai, Lao; Burmese; Hangul; Khmer
  [0xe00, 0xeff, UNSPACED], [0x1000, 0x11ff, UNSPACED], [0x1780, 0x17ff, UNSPACED],
  [0x2000, 0x200a, WIDE_BLANK], [0x2010, 0x2017, MARK], [0x201a, 0x2025, MARK], [0x2027, 0x2027, MARK], [0x2028, 0x2029, WIDE_BLANK], [0x202f, 0x202f, WIDE_BLANK], [0x2030, 0x205e, MARK], [0x205f, 0x205f, WIDE_BLANK],
  [0x2070, 0x2bff, MARK], [0x2e00, 0x2e7f, MARK],
  [0x3000, 0x3000, WIDE_BLANK], [0x3001, 0x3004, MARK], [0x3005, 0x3007, UNSPACED], [0x3008, 0x3020, MARK], [0x3030, 0x3030, MARK],
  // Kana, Bopomofo, Han, Hangul
  [0x3031, 0x30fa, UNSPACED], [0x30fb, 0x30fb, MARK], [0x30fc, 0x318f, UNSPACED], [0x31a0, 0x31ff, UNSPACED], [0x3200, 0x33ff, MARK],
  [0x3400, 0xa4cf, UNSPACED], [0xa960, 0xa97f, UNSPACED], [0xac00, 0xd7ff, UNSPACED], [0xf900, 0xfaff, UNSPACED],
  [0xff01, 0xff0f, MARK], [0xff10, 0xff19, WIDE_DIGIT], [0xff1a, 0xff20, MARK], [0xff3b, 0xff40, MARK], [0xff5b, 0xff65, MARK],
  [0xff66, 0xffdc, UNSPACED], [0xffe0, 0xffee, MARK], [0x20000, 0x3ffff, UNSPACED],
];

function kindOf(point: number): number {
  // Latin, Greek and Cyrillic letters.
  if (point >= 0xc0 && point < 0x660) return WIDE_LETTER;
  let low = 0, high = RANGES.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last, kind] = RANGES[middle];
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return kind;
  }
  return WIDE_LETTER;
}

/** Bytes of the blank at bytes[at…]: ASCII or not; 0 where there is none. */
export function blankLength(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  if (bytes[at] <= 0x20 || bytes[at] === 0x7f) return 1;
  if (bytes[at] < 0x80) return 0;
  const here = wideAt(bytes, at, end);
  return here >> 3 === WIDE_BLANK ? here & 7 : 0;
}

/** Whether the quoted text is a value, not a phrase, as far as its script tells: hiragana is what Japanese words are bent with. */
export function hasHiragana(text: string): boolean {
  return /[\u3041-\u3096]/.test(text);
}

/** The largest offset ≤ `limit` at which no UTF-8 sequence (of at most 4 bytes) is cut; `limit` where there is none near. */
export function wholeCharacters(bytes: Uint8Array, limit: number): number {
  for (let at = limit; at > limit - 4; at--) if ((bytes[at] & 0xc0) !== 0x80) return at;
  return limit;
}
