import { PLACEHOLDER, WILDCARD } from '../patterns/placeholder.ts';
import type { Placeholder } from '../patterns/placeholder.ts';
import { seenInExpression } from './check-rule.ts';
import { compileRules } from './compile-rules.ts';

/** Expressions for what a placeholder stands for: as a person would write them, not as narrow as can be. */
const EXPRESSIONS: Readonly<Record<Placeholder, string>> = {
  num: '[-+]?[0-9.]+', hex: '(?:0x)?[0-9a-f]+', id: String.raw`\S+`, ip: String.raw`[0-9a-f.:]+(?:/[0-9]+)?`, mac: '[0-9a-f:-]+',
  path: String.raw`\S+`, url: String.raw`\S+`, mail: String.raw`\S+@\S+`, time: String.raw`\S+`, str: '[^"\']+',
};
/** The same with digits, dates and blanks that are not ASCII. */
const WIDE_EXPRESSIONS: Readonly<Record<Placeholder, string>> = { ...EXPRESSIONS, num: String.raw`[-+]?[0-9０-９٠-٩۰-۹.,．，\x{a0}\x{202f}]+`, time: String.raw`\S.*?` };
const WIDE_BLANKS = String.raw`[\s\x{a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+`;
const PART = new RegExp(`<(${Object.keys(PLACEHOLDER).join('|')})>|([1-5])xx|${escaped(WILDCARD)}| |[^]`, 'gu');
/** How far the message may be from its masked text. */
interface Leeway {
  readonly blank: string;
  /** What masking drops of a longer run of one placeholder. */
  readonly rest: string;
  /** What looks like a placeholder may stand in the message itself. */
  readonly literal: boolean;
  /** Digits, dates and blanks need not be ASCII. */
  readonly wide?: boolean;
}

const ANY_BLANKS = { blank: String.raw`\s+`, rest: '', literal: false };
const ANY_REST = { ...ANY_BLANKS, rest: '(?s:.*?)' };
const WIDE = { rest: '', literal: false, wide: true };
const LEEWAYS: readonly Leeway[] = [
  { blank: ' ', rest: '', literal: false }, ANY_BLANKS, ANY_REST, { ...ANY_REST, literal: true },
  { ...WIDE, blank: ' ' }, { ...WIDE, blank: WIDE_BLANKS }, { blank: WIDE_BLANKS, rest: ANY_REST.rest, literal: true, wide: true },
];
const encoder = new TextEncoder();

/**
 * An expression for the lines of a pattern: its words as they stand, something fit for each placeholder, `\S+` where its keys
 * differ. It matches all examples: where the whole text does not (they may be cut, or masking may have been), less of it is used.
 * @param text as the pattern table shows it
 * @param examples messages of the pattern, also cut ones
 * @returns null where not even the first word fits the examples
 */
export function proposeRule(text: string, examples: readonly string[]): string | null {
  const messages = examples.map((example) => encoder.encode(example.replace(/…$/, '')));
  for (const pattern of candidates(text)) {
    const matcher = compileRules([{ id: 'proposed', pattern, label: '', about: '' }]);
    if (messages.every((message) => matcher.match(message, 0, message.length) === 0)) return pattern;
  }
  return null;
}

/** From the strictest on. */
function* candidates(text: string): Generator<string> {
  const words = text.split(' ');
  for (let count = words.length; count > 0; count = count > 1 ? Math.ceil(count / 2) : 0) {
    const part = words.slice(0, count).join(' ');
    const whole = count === words.length;
    for (const leeway of LEEWAYS) {
      const body = expression(part, leeway);
      if (whole) yield `^${body}$`;
      yield `^${body}`;
      yield body;
    }
  }
}

function expression(text: string, { blank, rest, literal, wide }: Leeway): string {
  const expressions = wide === true ? WIDE_EXPRESSIONS : EXPRESSIONS;
  let previous = '';
  return text.replace(PART, (part: string, name: Placeholder | undefined, status: string | undefined) => {
    if (name !== undefined) {
      const again = name === previous;
      previous = name;
      return (literal ? `(?:${expressions[name]}|${part})` : expressions[name]) + (again ? rest : '');
    }
    if (/[\p{L}\p{N}]/u.test(part)) previous = '';
    if (status !== undefined) return `${status}[0-9]{2}`;
    if (part === WILDCARD) return String.raw`\S+`;
    return part === ' ' ? blank : escaped(part);
  });
}

function escaped(text: string): string {
  return seenInExpression(text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
}
