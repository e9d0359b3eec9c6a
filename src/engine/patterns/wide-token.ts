import { AT, BYTE_CLASS, COLON, DIGIT, JOIN, LETTER, SLASH, isDigit } from './byte-class.ts';
import { anyDigits, signDate } from './local-date.ts';
import { MARK, UNSPACED, WIDE_BLANK, WIDE_DIGIT, WIDE_LETTER, codePointAt, wideAt } from './wide-text.ts';

/** What a piece of a token with characters above ASCII is. */
export const BLANKS = 0, MARKS = 1, WORDS = 2, TOKEN = 3, NUMBER = 4, TIME = 5;
export type WidePiece = typeof BLANKS | typeof MARKS | typeof WORDS | typeof TOKEN | typeof NUMBER | typeof TIME;

/** The piece that `nextPiece` found. */
export const piece = {
  kind: WORDS as WidePiece,
  end: 0,
  /** Class bits of a TOKEN. */
  bits: 0,
};

const SEPARATORS: ReadonlySet<number> = new Set([...'．，：／－'].map((sign) => sign.codePointAt(0) ?? 0));
const CLOCK_SIGN = 0xff1a;
const DATE_SIGNS: ReadonlySet<number> = new Set([0xff0f, 0xff0d]);

/**
 * Finds the piece of bytes[from, to) that begins at `at`, into `piece`: unspaced scripts are parted from numbers and from
 * words of other scripts that are glued to them ("ジョブ123が失敗"), full-width digits are numbers, and Chinese signs of dates are seen.
 * @param stop end of the message: a date may go on behind the token
 */
export function nextPiece(bytes: Uint8Array, at: number, from: number, to: number, stop: number): void {
  const here = bytes[at] < 0x80 ? 0 : wideAt(bytes, at, to);
  const kind = here >> 3;
  if (isDigit(bytes[at]) || kind === WIDE_DIGIT) {
    const end = signDate(bytes, at, stop);
    if (end > 0) return found(TIME, end);
  }
  if (kind === WIDE_DIGIT) return wideNumber(bytes, at, to);
  if (kind === WIDE_BLANK) return found(BLANKS, at + (here & 7));
  if (kind === MARK) return found(MARKS, at + (here & 7));
  if (kind === UNSPACED) return found(WORDS, unspacedEnd(bytes, at, to));
  const grouped = groupedNumber(bytes, at, to);
  if (grouped > 0) return found(NUMBER, grouped);
  tokenPiece(bytes, at, from, to);
}

function found(kind: WidePiece, end: number): void {
  piece.kind = kind;
  piece.end = end;
}

function unspacedEnd(bytes: Uint8Array, at: number, to: number): number {
  while (at < to && bytes[at] >= 0x80) {
    const here = wideAt(bytes, at, to);
    if (here >> 3 !== UNSPACED) break;
    at += here & 7;
  }
  return at;
}

/** １２３, １．５, １２：００, ２０２４／０３／１５ */
function wideNumber(bytes: Uint8Array, at: number, to: number): void {
  let end = anyDigits(bytes, at, to);
  let clock = 0, days = 0;
  while (end < to && bytes[end] >= 0x80) {
    const sign = codePointAt(bytes, end, to);
    if (!SEPARATORS.has(sign)) break;
    const next = anyDigits(bytes, end + 3, to);
    if (next === end + 3) break;
    if (sign === CLOCK_SIGN) clock++;
    if (DATE_SIGNS.has(sign)) days++;
    end = next;
  }
  found(clock > 0 || days > 1 ? TIME : NUMBER, end);
}

/** End of a number whose groups of three digits a no-break space parts (1 234 567), 0 where there is none. */
function groupedNumber(bytes: Uint8Array, at: number, to: number): number {
  let end = anyDigits(bytes, at, to);
  if (end === at || end - at > 3) return 0;
  let groups = 0;
  while (end < to && bytes[end] >= 0x80) {
    const here = wideAt(bytes, end, to);
    const next = end + (here & 7);
    if (here >> 3 !== WIDE_BLANK || anyDigits(bytes, next, to) !== next + 3 || !isDigit(bytes[next])) break;
    end = next + 3;
    groups++;
  }
  return groups > 0 && !(end < to && BYTE_CLASS[bytes[end]] & (LETTER | DIGIT | JOIN | SLASH | COLON | AT) && bytes[end] < 0x80) ? end : 0;
}

/** Letters of spaced scripts with what holds an ASCII token together; a path takes names in unspaced scripts with it. */
function tokenPiece(bytes: Uint8Array, at: number, from: number, to: number): void {
  let end = at, bits = 0;
  const glued = at > from && !(bytes[at - 1] < 0x80) && wideBefore(bytes, from, at) === UNSPACED;
  while (end < to) {
    if (bytes[end] < 0x80) {
      bits |= BYTE_CLASS[bytes[end++]];
      continue;
    }
    const here = wideAt(bytes, end, to);
    if (here >> 3 === WIDE_LETTER) {
      bits |= LETTER;
      end += here & 7;
    } else if (here >> 3 === UNSPACED && !glued && BYTE_CLASS[bytes[end - 1]] & SLASH) {
      bits |= LETTER;
      end = unspacedEnd(bytes, end, to);
      if (end >= to || !(BYTE_CLASS[bytes[end]] & (SLASH | JOIN))) break;
    } else break;
  }
  found(TOKEN, end);
  piece.bits = bits;
}

/** Kind of the character above ASCII that ends at bytes[at]. */
function wideBefore(bytes: Uint8Array, from: number, at: number): number {
  let start = at - 1;
  while (start > from && (bytes[start] & 0xc0) === 0x80) start--;
  return wideAt(bytes, start, at) >> 3;
}

const STATUS_WORDS: readonly Uint8Array[] = ['コード', 'ステータス'].map((word) => new TextEncoder().encode(word));

/** Whether bytes[at, end) ends with a word for a status or its code: a number after it may still be one of HTTP. */
export function speaksOfStatus(bytes: Uint8Array, at: number, end: number): boolean {
  return STATUS_WORDS.some((word) => end - at >= word.length && word.every((byte, i) => bytes[end - word.length + i] === byte));
}
