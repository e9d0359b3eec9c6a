import { EXAMPLE_CHARS } from '../../contract/pattern.ts';
import type { Rule, RulePart } from '../../contract/rule.ts';
import type { Lesson } from '../../contract/teach.ts';
import { LessonBook, UNTAUGHT } from './lesson-book.ts';
import { WILDCARD } from './placeholder.ts';
import { areOpposite, keepsApart } from './opposite-words.ts';
import type { KeyTable } from './key-table.ts';

/** Share of equal tokens from which two keys may be one pattern. Drain3's default of 0.4 joins what a person would not. */
const SIMILARITY = 0.65;
/** Patterns of one group that a key is compared with: bounds the work where a first word leads thousands of keys. */
const GROUP_CAP = 200;
/** Shorter keys have too little in common to tell a value from a word. */
const TOKENS_MIN = 3;

export interface Merged {
  /** Pattern number by key. Patterns are numbered in order of their first row. */
  readonly patternOf: Uint32Array;
  /** Keys of the first row of each pattern. */
  readonly firstKey: Uint32Array;
  /** Text by pattern: the first key's, with WILDCARD where others differ; a split shows its values. */
  readonly texts: string[];
  /** Lesson by pattern: an index into those given, or UNTAUGHT. */
  readonly taught: Int32Array;
}

/**
 * Joins near-equal keys into patterns, after Drain (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth
 * Tree", ICWS 2017): same number of tokens, same first token, enough equal tokens. Runs once, over keys in order of their
 * first row, so its outcome cannot depend on workers, chunks or timing. Never joined: keys that differ in level, HTTP
 * class, rule verdict, having content at all, in a word that decides the meaning (protected-words.ts, opposite-words.ts), or
 * in what a person said of them. All keys of one split are joined, unless lessons keep them apart.
 *
 * @param rules those that the keys' rule numbers stand for
 */
export function mergeKeys(keys: KeyTable, rules: readonly Rule[] = [], lessons: readonly Lesson[] = []): Merged {
  const book = new LessonBook(lessons, rules);
  const patternOf = new Uint32Array(keys.count);
  const firstKey: number[] = [];
  const texts: string[] = [];
  const taught: number[] = [];
  const groups = new Map<string, Template[]>();
  for (let key = 0; key < keys.count; key++) {
    const text = keys.text(key);
    const tokens = text.split(' ');
    const part = keys.rule[key] < 0 ? undefined : rules[keys.rule[key]]?.part;
    const overflow = keys.overflow[key] === 1;
    const loose = (part !== undefined || tokens.length >= TOKENS_MIN) && !overflow;
    const lesson = overflow ? UNTAUGHT : book.find(text, keys.level[key], keys.http[key], keys.rule[key]);
    const name = `${keys.level[key]} ${keys.http[key]} ${keys.rule[key]} ${keys.content[key]} ${tokens.length} ${part === undefined ? headOf(tokens) : ''}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = []));
    // What was said of a line that only a baseline has is said of none that is here.
    const foreign = lesson !== UNTAUGHT && keys.rows[key] === 0;
    const found = loose ? group.find(({ pattern, tokens: shown }) => book.agree(taught[pattern], lesson) && !(foreign && taught[pattern] === UNTAUGHT) && (part !== undefined || joins(shown, tokens))) : undefined;
    if (found === undefined) {
      const pattern = firstKey.length;
      firstKey.push(key);
      texts.push(overflow ? OVERFLOW_TEXT : shownText(tokens, part));
      taught.push(lesson);
      patternOf[key] = pattern;
      if (loose && group.length < GROUP_CAP) group.push({ pattern, tokens });
    } else {
      const { pattern } = found;
      patternOf[key] = pattern;
      // What only a baseline has changes nothing of how a pattern is shown.
      if (keys.rows[key] > 0 || keys.rows[firstKey[pattern]] === 0) {
        widen(found, tokens);
        texts[pattern] = shownText(found.tokens, part);
      }
      if (taught[pattern] === UNTAUGHT) taught[pattern] = lesson;
    }
  }
  return { patternOf, firstKey: Uint32Array.from(firstKey), texts, taught: Int32Array.from(taught) };
}

/** The masked text; a split shows its values in their places. */
function shownText(tokens: readonly string[], part: RulePart | undefined): string {
  if (part === undefined) return tokens.join(' ');
  const whole = part.where.find(({ token }) => token === null);
  if (whole !== undefined) return whole.value.replace(/\s+/g, ' ').trim().slice(0, EXAMPLE_CHARS);
  const values = new Map(part.where.map(({ token, value }) => [token, value]));
  return tokens.map((token, at) => values.get(at) ?? token).join(' ');
}

/** Shown for lines past the cap of distinct keys. */
export const OVERFLOW_TEXT = '(lines of further patterns, beyond the number kept)';

interface Template {
  readonly pattern: number;
  /** Changes as keys join. */
  readonly tokens: string[];
}

/** The token that must be equal; a placeholder at the start says nothing, so the next one counts too. */
function headOf(tokens: readonly string[]): string {
  return /[<\d]/.test(tokens[0]) ? `${tokens[0]} ${tokens[1] ?? ''}` : tokens[0];
}

function joins(template: readonly string[], tokens: readonly string[]): boolean {
  // Counting first: most candidates differ in too much, and looking words up costs more.
  let spare = Math.floor((1 - SIMILARITY) * tokens.length + 1e-9);
  for (let at = 0; at < tokens.length; at++) if (template[at] !== tokens[at] && --spare < 0) return false;
  for (let at = 0; at < tokens.length; at++) {
    const theirs = template[at];
    if (theirs === tokens[at]) continue;
    // A wildcard may stand for values only, never for a word that decides what the line means.
    if (keepsApart(tokens[at]) || (theirs !== WILDCARD && (keepsApart(theirs) || areOpposite(theirs, tokens[at])))) return false;
  }
  return true;
}

function widen(template: Template, tokens: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) if (template.tokens[at] !== tokens[at]) template.tokens[at] = WILDCARD;
}
