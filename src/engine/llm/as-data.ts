/** What surrounds every piece of a log in a question. No text that went through `asData` holds either, nor any `<` or `>` at all. */
export const OPEN = '<log>', CLOSE = '</log>';

/** Stands where the middle of a long text was left out. */
const GAP = ' … ';
/** Of a longer text only so many code units at each end are looked at, per byte that may stay: most of them may be unseen ones. */
const LOOKED_AT = 4;

const LINE_ENDS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
/** Colours and the like of terminals (ECMA-48, CSI and OSC sequences): they say nothing. */
const TERMINAL = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
/** Formats, halves of characters, fillers, variation selectors: what hides, reorders or smuggles text. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\ufe00-\ufe0f\u{e0000}-\u{e0fff}]/gu;
const CONTROLS = /\p{Cc}/gu;
const BLANKS = /[\t\p{Zs}]+/gu;
/** More than two marks on one letter are there to flood. */
const MARKS = /(\p{M}{2})\p{M}+/gu;
/** `###`, `---`, fences and the like, with which models are told that a new part begins. */
const RULES = /([^\p{L}\p{N}\s])\1{2,}/gu;

/**
 * What of a text has a meaning to the templates of chat models: each of them marks its turns with `<…>`, `<|…|>`, `<｜…｜>` or `[…]`,
 * and the runtimes take those for marks wherever they stand. So no such bracket stays, nor one that is normalised to it.
 */
const BRACKETS: Readonly<Record<string, string>> = {
  '<': '‹', '＜': '‹', '﹤': '‹', '≮': '‹', '>': '›', '＞': '›', '﹥': '›', '≯': '›', '[': '(', '［': '(', '﹇': '(', ']': ')', '］': ')', '﹈': ')', '｜': '|', '▁': '_', '＿': '_',
};
const BRACKET = /[<＜﹤≮>＞﹥≯[［﹇\]］﹈｜▁＿]/g;

const encoder = new TextEncoder();

/**
 * A text of a log as it may stand in a question: one line, nothing unseen, nothing that could end its own delimiter or pass for a
 * mark of a chat template, and at most `bytes` bytes of UTF-8 (a token of any model is at least one), the end kept as well as the
 * beginning. The same text always gives the same.
 */
export function asData(text: string, bytes: number): string {
  return cut(neutral(ends(text, bytes * LOOKED_AT)), bytes);
}

function ends(text: string, units: number): string {
  return text.length <= units * 2 ? text : `${text.slice(0, units)}${GAP}${text.slice(-units)}`;
}

function neutral(text: string): string {
  return text
    .replace(UNSEEN, '')
    .replace(TERMINAL, '')
    .replace(LINE_ENDS, '⏎')
    .replace(BLANKS, ' ')
    .replace(CONTROLS, '·')
    .replace(BRACKET, (bracket) => BRACKETS[bracket])
    .replace(MARKS, '$1')
    .replace(RULES, '$1$1')
    .trim();
}

/** Two thirds from the beginning, one third from the end, whole characters. */
function cut(text: string, bytes: number): string {
  if (encoder.encode(text).length <= bytes) return text;
  const left = Math.max(0, bytes - encoder.encode(GAP).length);
  const characters = [...text];
  const head = fitting(characters, Math.ceil((left * 2) / 3));
  const tail = fitting(characters.reverse(), Math.floor(left / 3)).reverse();
  return `${head.join('').trimEnd()}${GAP}${tail.join('').trimStart()}`;
}

function fitting(characters: readonly string[], bytes: number): string[] {
  let left = bytes;
  const end = characters.findIndex((character) => (left -= encoder.encode(character).length) < 0);
  return characters.slice(0, end < 0 ? characters.length : end);
}
