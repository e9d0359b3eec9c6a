import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/engine/rules/compile-rules.ts';
import { RuleError } from '../../../src/engine/rules/rule-error.ts';
import { oracle, rule } from './re2-oracle.ts';

const encoder = new TextEncoder();

function first(patterns: readonly string[], message: string | Uint8Array): number {
  const bytes = typeof message === 'string' ? encoder.encode(message) : message;
  return compileRules(patterns.map(rule)).match(bytes, 0, bytes.length);
}

const ATOMS = [
  'a', 'b', 'k', 's', 'S', '0', '_', ' ', 'é', 'ß', 'σ', 'İ', 'ſ', '\u{1F600}', '\u{10400}', '.', '\\d', '\\D', '\\w', '\\W', '\\s', '\\n', '\\x00', '\\x{fffd}',
  '\\b', '\\B', '^', '$', '\\A', '\\z', '[a-c]', '[^a]', '[^\\n]', '[^\\x00-\\x7f]', '[[:alpha:]]', '[[:^digit:]]', '\\pL', '(?s:.)', '(?m:^)', '(?m:$)', '(?-i:A)', '(?U:a+)',
];
const TIMES = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}?', '{2,}'];

const { regex } = fc.letrec<{ regex: string }>((tie) => ({
  regex: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...ATOMS),
    fc.tuple(tie('regex'), tie('regex')).map(([one, two]) => one + two),
    fc.tuple(tie('regex'), tie('regex')).map(([one, two]) => `(${one}|${two})`),
    fc.tuple(tie('regex'), fc.constantFrom(...TIMES)).map(([one, times]) => `(?:${one})${times}`),
    fc.tuple(tie('regex'), tie('regex')).map(([one, two]) => `${one}|${two}`),
  ),
}));

const PIECES = [
  'a', 'b', 'c', 'k', 's', 'K', 'S', 'A', '0', '_', ' ', '\n', '\0', 'é', 'É', 'ſ', '\u212a', 'σ', 'ς', 'ß', 'ẞ', 'i', 'İ', '\ufeff', '\ufffd', '\u{1F600}', '\u{10428}',
].map((text) => [...encoder.encode(text)]);
const BROKEN = [[0xff], [0x80], [0xc3], [0xe2, 0x84], [0xf0, 0x9f], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe0, 0x80]];
const message = fc.array(fc.constantFrom(...PIECES, ...PIECES, ...BROKEN), { maxLength: 12 }).map((pieces) => Uint8Array.from(pieces.flat()));

describe('compileRules', () => {
  it('equals re2js rule by rule on any patterns and bytes', () => {
    const sets = fc.tuple(fc.array(regex, { minLength: 1, maxLength: 5 }), fc.array(message, { minLength: 8, maxLength: 8 }));
    fc.assert(fc.property(sets, ([patterns, messages]) => {
      const rules = patterns.map(rule);
      const matcher = compileRules(rules);
      const expected = oracle(rules);
      for (const bytes of messages) expect(matcher.match(bytes, 0, bytes.length)).toBe(expected(bytes));
    }), { numRuns: 1500, seed: 1 });
  });

  it('gives the first rule in order, wherever in the message it matches', () => {
    expect(first(['late', 'early'], 'early comes before late')).toBe(0);
    expect(first(['x', 'early', 'late'], 'late and early')).toBe(1);
    expect(first(['x', 'y'], 'neither')).toBe(-1);
    expect(first([], 'anything')).toBe(-1);
    expect(first(['x*'], '')).toBe(0);
  });

  it('reads one message of a larger buffer and nothing around it', () => {
    const bytes = encoder.encode('xxfailxx');
    const matcher = compileRules([rule('^fail$')]);
    expect(matcher.match(bytes, 2, 6)).toBe(0);
    expect(matcher.match(bytes, 1, 6)).toBe(-1);
    expect(compileRules([rule('é$')]).match(encoder.encode('é').subarray(0, 2), 0, 1)).toBe(-1);
  });

  it('keeps a byte-order mark as a character', () => {
    expect(first(['^a'], '\ufeffa')).toBe(-1);
    expect(first(['^\\x{feff}a$'], '\ufeffa')).toBe(0);
  });

  it.each([['look-ahead', 'a(?=b)'], ['look-behind', '(?<=a)b'], ['back-reference', '(a)\\1'], ['an open group', '(a'], ['too many repetitions', 'a{5000}']])('refuses %s, naming the rule', (_, pattern) => {
    expect(() => compileRules([rule('fine', 0), rule(pattern, 1)])).toThrow(RuleError);
    try {
      compileRules([rule('fine', 0), rule(pattern, 1)]);
    } catch (error) {
      expect(error).toMatchObject({ name: 'RuleError', ruleId: 'rule-1' });
      expect((error as RuleError).reason).not.toBe('');
    }
  });

  it('stays exact when hostile rules overflow the table and have to be parted', () => {
    const patterns = ['[ab]*a[ab]{200}c', '[ab]*b[ab]{150}d', 'never', '(?:a[ab]{90}b[ab]{90}a)+e'];
    const rules = patterns.map(rule);
    const matcher = compileRules(rules);
    const expected = oracle(rules);
    let state = 1;
    for (const [length, end] of [[20_000, ''], [20_000, 'c'], [20_000, 'd'], [300, 'e'], [20_000, 'never']] as const) {
      const letters = Array.from({ length }, () => (state = (state * 48271) % 0x7fffffff) % 2 ? 'a' : 'b').join('');
      const bytes = encoder.encode(letters + end);
      expect(matcher.match(bytes, 0, bytes.length)).toBe(expected(bytes));
    }
  });

  it('is exact when rules are too many for one automaton', () => {
    const rules = Array.from({ length: 300 }, (_, i) => rule(`word${i}[a-z]{80}end`, i));
    const matcher = compileRules(rules);
    for (const i of [0, 7, 150, 299]) {
      const bytes = encoder.encode(`- word${i}${'q'.repeat(80)}end`);
      expect(matcher.match(bytes, 0, bytes.length)).toBe(i);
    }
  });
});
