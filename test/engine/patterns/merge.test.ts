import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import { OVERFLOW_TEXT, mergeKeys } from '../../../src/engine/patterns/merge.ts';
import { isProtected } from '../../../src/engine/patterns/protected-words.ts';
import { tableOf } from './keys.ts';
import type { Line } from './keys.ts';

const merge = (lines: readonly Line[]): ReturnType<typeof mergeKeys> => mergeKeys(tableOf(lines));
const patterns = (...texts: string[]): number[] => [...merge(texts.map((text) => ({ text }))).patternOf];

describe('joins', () => {
  test('keys that differ in a value', () => {
    const merged = merge([{ text: 'user alice asked for page start' }, { text: 'user bob asked for page start' }, { text: 'user carol asked for page start' }]);
    expect([...merged.patternOf]).toEqual([0, 0, 0]);
    expect(merged.texts).toEqual(['user <*> asked for page start']);
    expect([...merged.firstKey]).toEqual([0]);
  });

  test('keys that differ in two of six values, not in three', () => {
    expect(patterns('a b c d e f', 'a b c d x y')).toEqual([0, 0]);
    expect(patterns('a b c d e f', 'a b c x y z')).toEqual([0, 1]);
  });

  test('a wildcard takes further values in', () => {
    const merged = merge(['disk sda of host oak answers', 'disk sdb of host oak answers', 'disk sdc of host elm answers'].map((text) => ({ text })));
    expect(merged.texts).toEqual(['disk <*> of host <*> answers']);
  });
});

describe('never joins', () => {
  const sentence = (word: string): string => `the link of node <num> in rack <num> was ${word} by control`;

  test.each([
    ['up', 'down'], ['accepted', 'denied'], ['failed', 'succeeded'], ['ok', 'error'], ['opened', 'closed'], ['enabled', 'disabled'], ['blocked', 'unblocked'],
    ['found', 'missing'], ["'failed'", "'ok'"], ['"started"', '"stopped"'], ['state=active', 'state=inactive'], ['LoginFailed', 'LoginAccepted'], ['login_failed', 'login_accepted'], ['FAILED.', 'PASSED.'],
  ])('%s with %s', (one, other) => {
    expect(patterns(sentence(one), sentence(other))).toEqual([0, 1]);
    expect(patterns(sentence('x'), sentence('y'), sentence(one))).toEqual([0, 0, 1]);
    expect(patterns(sentence(one), sentence('x'))).toEqual([0, 1]);
  });

  test.each([['set', 'cleared'], ['HIT', 'MISS'], ["didn't", 'did'], ['sealed', 'unsealed'], ['normally', 'abnormally'], ['entering', 'leaving'], ['compliant', 'non-compliant'], ['recoverable.', 'unrecoverable.'], ['approved', 'declined']])('%s with %s, its opposite', (one, other) => {
    expect(patterns(sentence(one), sentence(other))).toEqual([0, 1]);
  });

  test('keys of two levels, HTTP classes or rules', () => {
    for (const change of [{ level: 6 }, { http: 5 as HttpClass }, { rule: 1 }, { content: false }]) {
      expect([...merge([{ text: 'a b c d e f' }, { text: 'a b c d e x', ...change }]).patternOf]).toEqual([0, 1]);
    }
  });

  test('keys of two lengths or two first words', () => {
    expect(patterns('a b c d e', 'a b c d e f')).toEqual([0, 1]);
    expect(patterns('a b c d e f', 'x b c d e f')).toEqual([0, 1]);
    // A placeholder at the start says nothing, so the next word must be equal too.
    expect(patterns('<ip> sent b c d e', '<ip> b b c d e')).toEqual([0, 1]);
  });

  test('short keys', () => {
    expect(patterns('job alpha', 'job beta')).toEqual([0, 1]);
    expect(patterns('alpha', 'beta', '')).toEqual([0, 1, 2]);
  });

  test('the overflow with anything', () => {
    const table = tableOf([{ text: 'a b c d' }, { text: 'a b c e' }, { text: 'x', level: 3 }, { text: 'y' }], 1);
    const merged = mergeKeys(table);
    expect([...merged.patternOf]).toEqual([0, 1, 2]);
    expect(merged.texts).toEqual(['a b c d', OVERFLOW_TEXT, OVERFLOW_TEXT]);
  });
});

describe('many keys', () => {
  test('of one first word are compared with a bounded number of patterns', () => {
    const far = Array.from({ length: 260 }, (_, at) => ({ text: `head a${at} b${at} c${at} d${at} e${at}` }));
    const merged = merge([...far, { text: 'head a3 b3 c3 d3 other' }, { text: 'head a250 b250 c250 d250 other' }]);
    expect(merged.patternOf[260]).toBe(3);
    expect(merged.patternOf[261]).toBe(260);
    expect(merged.texts[3]).toBe('head a3 b3 c3 d3 <*>');
  });
});

describe('whatever the keys', () => {
  const words = fc.constantFrom('disk', 'node', '<num>', 'red', 'blue', 'failed', 'ok', 'up', 'down', "'up'", 'a=<num>', '<*>');
  const line = fc.record({ text: fc.array(words, { minLength: 1, maxLength: 7 }).map((tokens) => tokens.join(' ')), level: fc.constantFrom(0, 6), http: fc.constantFrom<HttpClass>(0, 5), rule: fc.constantFrom(-1, 0) });

  test('patterns are numbered by first row, cover every key, and mix nothing that matters', () => {
    fc.assert(fc.property(fc.array(line, { maxLength: 120 }), (lines) => {
      const table = tableOf(lines);
      const merged = mergeKeys(table);
      const count = merged.texts.length;
      expect(merged.firstKey.length).toBe(count);
      expect([...merged.firstKey]).toEqual([...merged.firstKey].sort((a, b) => a - b));
      merged.firstKey.forEach((key, pattern) => expect(merged.patternOf[key]).toBe(pattern));
      for (let key = 0; key < table.count; key++) {
        const first = merged.firstKey[merged.patternOf[key]];
        expect(first).toBeLessThanOrEqual(key);
        expect([table.level[key], table.http[key], table.rule[key]]).toEqual([table.level[first], table.http[first], table.rule[first]]);
        const deciding = (one: number): string[] => table.text(one).split(' ').map((token) => (isProtected(token) ? token : ''));
        expect(deciding(key)).toEqual(deciding(first));
        const shown = merged.texts[merged.patternOf[key]].split(' ');
        table.text(key).split(' ').forEach((token, at) => expect([token, '<*>']).toContain(shown[at]));
      }
    }), { numRuns: 200 });
  });

  test('how often and in what order rows repeat does not matter', () => {
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(), { maxLength: 60 }), (lines, again) => {
      const once = merge(lines);
      const repeated = merge([...lines, ...again.map((at) => lines[at % lines.length])]);
      expect(repeated).toEqual(once);
    }));
  });
});
