import type { PatternText } from '../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import { compileRules } from '../../src/engine/rules/compile-rules.ts';
import { classOf } from './items.ts';
import { NOTHING } from './opinion.ts';

/** By message: the class of the first built-in rule that matches it, NOTHING if none does. */
export function rulesOn(messages: readonly string[]): Int32Array {
  const matcher = compileRules(BUILT_IN_RULES);
  const encoder = new TextEncoder();
  return Int32Array.from(messages, (message) => {
    const bytes = encoder.encode(message);
    const rule = matcher.match(bytes, 0, bytes.length);
    return rule < 0 || BUILT_IN_RULES[rule].label === '' ? NOTHING : classOf(BUILT_IN_RULES[rule].label);
  });
}

/**
 * Rows that may be scored: of equal keys (masked text and level) the first, and none whose key also occurs in another group that
 * is learnt from when its own is left out.
 * @param group by row: what is left out together
 */
export function distinctRows(patterns: readonly PatternText[], group: ArrayLike<number>): number[] {
  const rowsOf = new Map<string, number[]>();
  patterns.forEach(({ text, level }, row) => {
    const key = `${level} ${text}`;
    const rows = rowsOf.get(key);
    if (rows === undefined) rowsOf.set(key, [row]);
    else rows.push(row);
  });
  return [...rowsOf.values()].filter((rows) => rows.every((row) => group[row] === group[rows[0]])).map(([first]) => first);
}
