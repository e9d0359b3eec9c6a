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
  /** Text by pattern: the first key's, with WILDCARD where others differ. */
  readonly texts: string[];
}

/**
 * Joins near-equal keys into patterns, after Drain (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth
 * Tree", ICWS 2017): same number of tokens, same first token, enough equal tokens. Runs once, over keys in order of their
 * first row, so its outcome cannot depend on workers, chunks or timing. Never joined: keys that differ in level, HTTP
 * class, rule verdict, having content at all, or in a word that decides the meaning (protected-words.ts, opposite-words.ts).
 */
export function mergeKeys(keys: KeyTable): Merged {
  const patternOf = new Uint32Array(keys.count);
  const firstKey: number[] = [];
  const texts: string[] = [];
  const groups = new Map<string, Template[]>();
  for (let key = 0; key < keys.count; key++) {
    const text = keys.text(key);
    const tokens = text.split(' ');
    const loose = tokens.length >= TOKENS_MIN && keys.overflow[key] === 0;
    const name = `${keys.level[key]} ${keys.http[key]} ${keys.rule[key]} ${keys.content[key]} ${tokens.length} ${headOf(tokens)}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = []));
    const found = loose ? group.find((template) => joins(template, tokens)) : undefined;
    if (found === undefined) {
      const pattern = firstKey.length;
      firstKey.push(key);
      texts.push(keys.overflow[key] ? OVERFLOW_TEXT : text);
      patternOf[key] = pattern;
      if (loose && group.length < GROUP_CAP) group.push({ pattern, tokens });
    } else {
      patternOf[key] = found.pattern;
      widen(found, tokens);
      texts[found.pattern] = found.tokens.join(' ');
    }
  }
  return { patternOf, firstKey: Uint32Array.from(firstKey), texts };
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

function joins(template: Template, tokens: readonly string[]): boolean {
  // Counting first: most candidates differ in too much, and looking words up costs more.
  let spare = Math.floor((1 - SIMILARITY) * tokens.length + 1e-9);
  for (let at = 0; at < tokens.length; at++) if (template.tokens[at] !== tokens[at] && --spare < 0) return false;
  for (let at = 0; at < tokens.length; at++) {
    const theirs = template.tokens[at];
    if (theirs === tokens[at]) continue;
    // A wildcard may stand for values only, never for a word that decides what the line means.
    if (keepsApart(tokens[at]) || (theirs !== WILDCARD && (keepsApart(theirs) || areOpposite(theirs, tokens[at])))) return false;
  }
  return true;
}

function widen(template: Template, tokens: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) if (template.tokens[at] !== tokens[at]) template.tokens[at] = WILDCARD;
}
