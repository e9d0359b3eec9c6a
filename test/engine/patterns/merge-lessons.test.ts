import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import type { KeyId, Lesson } from '../../../src/contract/teach.ts';
import { KeyIds } from '../../../src/engine/patterns/key-ids.ts';
import { mergeKeys } from '../../../src/engine/patterns/merge.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';
import { tableOf } from './keys.ts';
import type { Line } from './keys.ts';

const RULES: readonly Rule[] = [
  { id: 'some', pattern: 'x', label: 'Error', about: '' },
  splitRule({ text: 'a <num> c d e', level: 0, http: 0, where: [{ token: 1, value: '7' }] }),
  splitRule({ text: 'a <num> c d e', level: 0, http: 0, where: [{ token: 1, value: '8' }] }, 'Resource Usage'),
];

const id = (text: string, rule: string | null = null, level = 0, http: HttpClass = 0): KeyId => ({ text, level, http, rule });
const lesson = (label: string, ...keys: KeyId[]): Lesson => ({ keys, label, how: 'corrected', teaches: true });
const merge = (lines: readonly Line[], lessons: readonly Lesson[]): ReturnType<typeof mergeKeys> => mergeKeys(tableOf(lines), RULES, lessons);

describe('lessons', () => {
  test('keep keys apart that would be one pattern, and rule what joins them', () => {
    const lines = ['user ann did it now', 'user bob did it now', 'user eve did it now'].map((text) => ({ text }));
    const { patternOf, taught } = merge(lines, [lesson('Error', id('user bob did it now')), lesson('User Action', id('user eve did it now'))]);
    expect([...patternOf]).toEqual([0, 0, 1]);
    expect([...taught]).toEqual([0, 1]);
  });

  test('of one label do not', () => {
    const lines = ['user ann did it now', 'user bob did it now'].map((text) => ({ text }));
    const { patternOf, taught } = merge(lines, [lesson('Error', id('user bob did it now')), lesson('Error', id('user ann did it now'))]);
    expect([...patternOf]).toEqual([0, 0]);
    expect([...taught]).toEqual([1]);
  });

  test('rule their own level, HTTP class and rule; a null rule is whatever rule', () => {
    const lines: Line[] = [{ text: 'a b' }, { text: 'a b', level: 3 }, { text: 'a b', http: 5 }, { text: 'a b', rule: 0 }];
    const rules = (...keys: KeyId[]): number[] => [...merge(lines, [lesson('Error', ...keys)]).taught];
    expect(rules(id('a b'))).toEqual([0, -1, -1, 0]);
    expect(rules(id('a b', ''))).toEqual([0, -1, -1, -1]);
    expect(rules(id('a b', 'some'))).toEqual([-1, -1, -1, 0]);
    expect(rules(id('a b', null, 3), id('a b', null, 0, 5))).toEqual([-1, 0, 0, -1]);
    expect([...merge(lines, [lesson('Error', id('a b')), lesson('User Action', id('a b', 'some'))]).taught]).toEqual([0, -1, -1, 1]);
  });

  test('of the whole go on for a split without a label, not for one with', () => {
    const lines: Line[] = [{ text: 'a <num> c d e' }, { text: 'a <num> c d e', rule: 1 }, { text: 'a <num> c d e', rule: 2 }];
    const { patternOf, texts, taught } = merge(lines, [lesson('Error', id('a <num> c d e'))]);
    expect([...patternOf]).toEqual([0, 1, 2]);
    expect(texts).toEqual(['a <num> c d e', 'a 7 c d e', 'a 8 c d e']);
    expect([...taught]).toEqual([0, 0, -1]);
    expect([...merge(lines, [lesson('Error', id('a <num> c d e', RULES[2].id))]).taught]).toEqual([-1, -1, 0]);
  });

  test('say nothing of the overflow', () => {
    const table = tableOf([{ text: 'a' }, { text: '' }], 1);
    expect([...mergeKeys(table, RULES, [lesson('Error', id(''))]).taught]).toEqual([-1, -1]);
  });
});

describe('keys by name', () => {
  const lines: Line[] = [{ text: 'a b' }, { text: 'c d', rule: 0 }, { text: 'c d', level: 3 }, { text: 'e f' }, { text: 'e f', rule: 0 }, { text: 'a <num> c d e', rule: 1 }];
  const table = tableOf(lines);
  const keyIds = new KeyIds(table, mergeKeys(table, RULES), RULES);

  test('name a rule only where rules divide a text, and for splits', () => {
    expect(keyIds.of([0, 1, 2, 3, 4, 5])).toEqual([[id('a b')], [id('c d')], [id('c d', null, 3)], [id('e f', '')], [id('e f', 'some')], [id('a <num> c d e', RULES[1].id)]]);
    expect(keyIds.of([4, 0])).toEqual([[id('e f', 'some')], [id('a b')]]);
  });

  test('are found again', () => {
    expect([...keyIds.patternsOf(keyIds.of([0, 1, 2, 3, 4, 5]).flat())]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...keyIds.patternsOf([id('e f'), id('none'), id('e f'), id('a b', 'some')])]).toEqual([3, -1, 3, -1]);
    expect(keyIds.patternsOf([])).toHaveLength(0);
  });

  test('are none for the overflow', () => {
    const small = tableOf([{ text: 'a' }, { text: 'b' }], 1);
    expect(new KeyIds(small, mergeKeys(small), RULES).of([0, 1])).toEqual([[id('a')], []]);
  });
});

const words = fc.constantFrom('disk', 'node', '<num>', 'red', 'blue', 'failed', 'ok', "'up'");
const line = fc.record({ text: fc.array(words, { minLength: 1, maxLength: 7 }).map((tokens) => tokens.join(' ')), level: fc.constantFrom(0, 6), rule: fc.constantFrom(-1, 0, 1, 2) });

test('whatever is said of whole patterns, the same keys make the same patterns, and each has what was said of it', () => {
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 80 }), fc.array(fc.constantFrom('', 'Error', 'User Action')), (lines, said) => {
    const table = tableOf(lines);
    const before = mergeKeys(table, RULES);
    const labels = before.texts.map((_, pattern) => (said.length === 0 ? '' : said[pattern % said.length]));
    const keys = new KeyIds(table, before, RULES).of(labels.map((_, pattern) => pattern));
    const lessons = labels.flatMap((label, pattern) => (label === '' ? [] : [lesson(label, ...keys[pattern])]));
    const after = mergeKeys(table, RULES, lessons);
    expect([...after.patternOf]).toEqual([...before.patternOf]);
    expect(after.texts).toEqual(before.texts);
    expect([...after.taught].map((at) => (at < 0 ? '' : lessons[at].label))).toEqual(labels);
    expect(mergeKeys(table, RULES, lessons.toReversed()).patternOf).toEqual(before.patternOf);
  }), { numRuns: 300 });
});

test('in files in another order, no pattern holds keys of two labels', () => {
  fc.assert(fc.property(fc.array(line, { minLength: 2, maxLength: 60 }), fc.array(fc.constantFrom('', 'Error', 'User Action'), { minLength: 1 }), (lines, said) => {
    const first = tableOf(lines);
    const merged = mergeKeys(first, RULES);
    const keys = new KeyIds(first, merged, RULES).of(merged.texts.map((_, pattern) => pattern));
    const lessons = keys.flatMap((own, pattern) => (said[pattern % said.length] === '' ? [] : [lesson(said[pattern % said.length], ...own)]));
    const table = tableOf(lines.toReversed());
    const again = mergeKeys(table, RULES, lessons);
    const patterns = new KeyIds(table, again, RULES).patternsOf(lessons.flatMap(({ keys: own }) => own));
    lessons.flatMap((one) => one.keys.map(() => one.label)).forEach((label, at) => expect(lessons[again.taught[patterns[at]]].label).toBe(label));
  }), { numRuns: 300 });
});
