import type { Rule } from '../../contract/rule.ts';
import { UNSEEN } from '../../contract/unseen.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { RuleError } from './rule-error.ts';
import { parseRule } from './rule-program.ts';

/** Own rules kept at most. */
export const MOST_RULES = 10_000;
/** Longer expressions are lists; a rule each, or a pattern's own label, serves better. */
const MOST_CHARS = 5000;
/** Instructions of one rule: what an entry may cost per byte at worst. The largest built-in rule has 313. */
const MOST_INSTRUCTIONS = 3000;
/** Instructions of all own rules together: the built-in rules have some 6,000, and each 20,000 more cost a further pass over every entry. */
const MOST_TOGETHER = 100_000;
const MOST_ID_CHARS = 80;
const MOST_LABEL_CHARS = 100;
const MOST_ABOUT_CHARS = 300;

/** Unseen as names, but of these it can be told that they are there. */
const BLANKS = /[\t\r\n]/g;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const BUILT_IN_IDS: ReadonlySet<string> = new Set(BUILT_IN_RULES.map(({ id }) => id));

/** Why a person's rule cannot be used, as a sentence; null if it can. Does not look at other rules of theirs. */
export function checkRule(rule: Rule): string | null {
  const answer = measured(rule);
  return typeof answer === 'string' ? answer : null;
}

/** The first of some rules that cannot be used, and why; null if all can, also together. */
export function checkRules(rules: readonly Rule[]): { readonly rule: Rule; readonly reason: string } | null {
  const seen = new Set<string>();
  let together = 0;
  for (const [at, rule] of rules.entries()) {
    if (at >= MOST_RULES) return { rule, reason: `there are more than ${MOST_RULES} rules.` };
    if (seen.has(rule.id)) return { rule, reason: 'another rule has the same id.' };
    seen.add(rule.id);
    const size = measured(rule);
    if (typeof size === 'string') return { rule, reason: size };
    together += size;
    if (together > MOST_TOGETHER) return { rule, reason: `the rules up to here are too large together: every entry would take long. Split the list, or use fewer counted repetitions.` };
  }
  return null;
}

/** Instructions of a rule, or why it cannot be used. */
function measured({ id, pattern, label, about }: Rule): number | string {
  if (!ID.test(id) || id.length > MOST_ID_CHARS) return `its id must be lower-case words with hyphens between, at most ${MOST_ID_CHARS} characters.`;
  if (id.startsWith('split-')) return 'ids that begin with “split-” are those of splits.';
  if (BUILT_IN_IDS.has(id)) return 'its id is that of a built-in rule. Give it another one.';
  if (label.trim() === '' || label.length > MOST_LABEL_CHARS) return `it needs a category of at most ${MOST_LABEL_CHARS} characters.`;
  if (UNSEEN.test(label)) return 'its category holds characters that cannot be seen. Type it, rather than paste it.';
  if (about.length > MOST_ABOUT_CHARS) return `its description is longer than ${MOST_ABOUT_CHARS} characters.`;
  if (UNSEEN.test(about.replace(BLANKS, ' '))) return 'its description holds characters that cannot be seen. Type it, rather than paste it.';
  if (pattern === '') return 'its expression is empty and would match every entry.';
  const unseen = UNSEEN.exec(pattern.replace(BLANKS, ' '));
  if (unseen !== null) return `its expression holds a character that cannot be seen. Write it as ${codeOf(unseen[0])}.`;
  if (pattern.length > MOST_CHARS) return `its expression is longer than ${MOST_CHARS} characters.`;
  try {
    const size = parseRule({ id, pattern, label, about }, 0).instructions.length;
    return size <= MOST_INSTRUCTIONS ? size : `its expression is too large (${size} steps, at most ${MOST_INSTRUCTIONS}). Use smaller counted repetitions, such as + for {1,500}.`;
  } catch (error) {
    if (error instanceof RuleError) return inWords(error.reason, pattern);
    throw error;
  }
}

/** A character as expressions may write it: \x{202E}. */
function codeOf(character: string): string {
  return `\\x{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

/** A text with what cannot be seen in it as expressions write it. */
export function seenInExpression(text: string): string {
  return text.replace(new RegExp(UNSEEN, 'gu'), codeOf);
}

/** What people know from other dialects, and what to do without it. */
const LACKING: readonly (readonly [sign: RegExp, words: string])[] = [
  [/\(\?<?[=!]/, 'look-ahead and look-behind are not supported, since rules run in linear time. Match the whole, or make two rules: the first one that matches wins.'],
  [/\\[1-9]|\\k</, 'back-references are not supported, since rules run in linear time.'],
  [/\(\?>|[*+?}]\+/, 'atomic groups and possessive repetitions are not supported, and not needed: rules never backtrack.'],
];

/** The parser's complaint, in words. `reason` ends with the part of the expression at which it stopped. */
function inWords(reason: string, pattern: string): string {
  const bare = reason.replace(/^error parsing regexp: /, '').replace('(?i)', '');
  const refused = /`([^]*)`$/.exec(bare)?.[1] ?? '';
  const lacking = LACKING.find(([sign]) => sign.test(refused) && sign.test(pattern));
  if (lacking !== undefined) return lacking[1];
  if (/invalid repeat count|expression too large/.test(bare)) return 'it repeats too often: counted repetitions may come to 1,000 together.';
  return `its expression is not valid: ${bare}.`;
}
