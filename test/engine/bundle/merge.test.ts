import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lesson, OwnCategory } from '../../../src/contract/teach.ts';
import type { TaughtParts } from '../../../src/engine/bundle/bundle.ts';
import { keyName } from '../../../src/engine/bundle/decode-taught.ts';
import { merge } from '../../../src/engine/bundle/merge.ts';
import { canonicalLessons } from '../../../src/engine/bundle/write-bundle.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';
import { EMPTY, fullBundle, lessonOf, modelOf } from './made-bundle.ts';

const taught = (parts: Partial<TaughtParts>): TaughtParts => {
  const { threshold, categories, rules, lessons, models, modelMode } = EMPTY;
  return { threshold, categories, rules, lessons, models, modelMode, ...parts };
};
const THEIRS = (): 'theirs' => 'theirs';
const categoryOf = (name: string, more: Partial<OwnCategory> = {}): OwnCategory => ({ name, meaning: '', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: false, ...more });

/** What is said of each key. */
function answers(lessons: readonly Lesson[]): Record<string, string> {
  return Object.fromEntries(lessons.flatMap(({ keys, label }) => keys.map((key) => [keyName(key), label])));
}

/** Any lessons over a few keys, so that two such lists meet often. */
const anyLessons = fc.array(fc.record({
  texts: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 4 }), label: fc.constantFrom('Error', 'User Action', 'Fraud'), teaches: fc.boolean(),
}), { maxLength: 6 }).map((all) => canonicalLessons(all.map(({ texts, label, teaches }) => lessonOf(label, texts, { teaches }))));

describe('merging', () => {
  test('with itself, and with nothing, changes nothing and asks nothing', async () => {
    const { threshold, categories, rules, lessons, models, modelMode } = await fullBundle();
    const whole: TaughtParts = { threshold, categories, rules, lessons, models, modelMode };
    expect(merge(whole, whole)).toEqual({ merged: whole, conflicts: [] });
    expect(merge(whole, taught({ threshold }))).toEqual({ merged: whole, conflicts: [] });
    expect(merge(taught({ threshold }), whole)).toEqual({ merged: whole, conflicts: [] });
  });

  test('does so whatever the lessons are', () => {
    fc.assert(fc.property(anyLessons, (lessons) => {
      const { merged, conflicts } = merge(taught({ lessons }), taught({ lessons: [...lessons].reverse() }));
      expect(merged.lessons).toEqual(lessons);
      expect(conflicts).toEqual([]);
    }));
  });

  test('keeps every key once: what only one side says, what both say, and in a conflict the side that was chosen', () => {
    fc.assert(fc.property(anyLessons, anyLessons, fc.constantFrom<'mine' | 'theirs'>('mine', 'theirs'), (mine, theirs, side) => {
      const { merged } = merge(taught({ lessons: mine }), taught({ lessons: theirs }), () => side);
      const [a, b] = [answers(mine), answers(theirs)];
      expect(answers(merged.lessons)).toEqual(side === 'mine' ? { ...b, ...a } : { ...a, ...b });
      const keys = merged.lessons.flatMap((lesson) => lesson.keys.map(keyName));
      expect(keys).toHaveLength(new Set(keys).size);
    }), { numRuns: 500 });
  });

  test('asks about every key that is labelled differently, and about nothing else, in the same order always', () => {
    fc.assert(fc.property(anyLessons, anyLessons, fc.nat(), (mine, theirs, seed) => {
      const turned = <T>(list: readonly T[]): T[] => list.map((_, at) => list[(at + seed) % list.length]);
      const { merged, conflicts } = merge(taught({ lessons: mine }), taught({ lessons: theirs }));
      const again = merge(taught({ lessons: turned(mine) }), taught({ lessons: turned(theirs) }));
      expect(again).toEqual({ merged, conflicts });
      const [a, b] = [answers(mine), answers(theirs)];
      const differing = Object.keys(a).filter((key) => key in b && a[key] !== b[key]);
      expect(conflicts.length > 0).toBe(differing.length > 0);
      expect(new Set(conflicts.map(({ id }) => id)).size).toBe(conflicts.length);
      for (const { id, mine: one, theirs: two } of conflicts) expect([a[id.slice(7)], b[id.slice(7)]]).toEqual([one, two]);
    }), { numRuns: 500 });
  });

  test('adds keys that they know to the lesson that both have', () => {
    const { merged, conflicts } = merge(taught({ lessons: [lessonOf('Error', ['b', 'a'])] }), taught({ lessons: [lessonOf('Error', ['a', 'c'])] }));
    expect(merged.lessons).toEqual([lessonOf('Error', ['b', 'a', 'c'])]);
    expect(conflicts).toEqual([]);
  });

  test('lets each conflict be decided by itself', () => {
    const mine = taught({ lessons: [lessonOf('Error', ['a']), lessonOf('Error', ['b'])], threshold: 0.5 });
    const theirs = taught({ lessons: [lessonOf('Fraud', ['a']), lessonOf('Fraud', ['b'])], threshold: 0.7 });
    const { merged, conflicts } = merge(mine, theirs, ({ kind, what }) => (kind === 'pattern' && what === 'b' ? 'theirs' : 'mine'));
    expect(merged.lessons).toEqual([lessonOf('Error', ['a']), lessonOf('Fraud', ['b'])]);
    expect(merged.threshold).toBe(0.5);
    expect(conflicts.map(({ kind, what, mine: one, theirs: two }) => [kind, what, one, two])).toEqual([['pattern', 'a', 'Error', 'Fraud'], ['pattern', 'b', 'Error', 'Fraud'], ['threshold', 'Sure enough from', '0.50', '0.70']]);
  });
});

describe('rules, categories and models', () => {
  const ruleOf = (id: string, pattern: string, label = 'Error') => ({ id, pattern, label, about: 'x', origin: 'own' as const });

  test('own rules keep mine’s order, theirs come after; another expression under the same id is a conflict', () => {
    const mine = taught({ rules: { own: [ruleOf('b', 'b'), ruleOf('a', 'a')], off: ['x'], splits: [] } });
    const theirs = taught({ rules: { own: [ruleOf('c', 'c'), ruleOf('a', 'other')], off: ['y', 'x'], splits: [] } });
    const { merged, conflicts } = merge(mine, theirs, THEIRS);
    expect(merged.rules).toEqual({ own: [ruleOf('b', 'b'), ruleOf('a', 'other'), ruleOf('c', 'c')], off: ['x', 'y'], splits: [] });
    expect(conflicts).toEqual([{ id: 'rule a', kind: 'rule', what: 'a', mine: 'a → Error', theirs: 'other → Error' }]);
  });

  test('the same part with another label is a conflict', () => {
    const part = { text: 'backup of <*> done', level: 0, http: 0 as const, where: [{ token: 2, value: 'ledger' }] };
    const [mine, theirs] = ['Error', ''].map((label) => taught({ rules: { own: [], off: [], splits: [splitRule(part, label)] } }));
    const { merged, conflicts } = merge(mine, theirs, THEIRS);
    expect(merged.rules.splits).toEqual([splitRule(part, '')]);
    expect(conflicts).toMatchObject([{ kind: 'part', mine: 'Error', theirs: 'told apart only' }]);
  });

  test('the same category with another meaning or colour is a conflict, which says what differs', () => {
    const mine = taught({ categories: [categoryOf('Fraud', { meaning: 'money' })] });
    const theirs = taught({ categories: [categoryOf('Fraud', { problem: true }), categoryOf('Other')] });
    const { merged, conflicts } = merge(mine, theirs, THEIRS);
    expect(merged.categories).toEqual(theirs.categories);
    expect(conflicts).toEqual([{ id: 'category Fraud', kind: 'category', what: 'Fraud', mine: '“money”, no problem', theirs: 'no meaning given, a problem' }]);
  });

  test('a category that is spelled with other capitals is the same, wherever it is named', () => {
    const mine = taught({ categories: [categoryOf('Fraud')], lessons: [lessonOf('Fraud', ['a'])] });
    const theirs = taught({ categories: [categoryOf('FRAUD')], lessons: [lessonOf('FRAUD', ['a']), lessonOf('FRAUD', ['b'])], rules: { own: [ruleOf('r', 'r', 'FRAUD')], off: [], splits: [] } });
    const { merged, conflicts } = merge(mine, theirs);
    expect(conflicts).toEqual([]);
    expect(merged.lessons).toEqual([lessonOf('Fraud', ['a']), lessonOf('Fraud', ['b'])]);
    expect(merged.rules.own[0].label).toBe('Fraud');
    expect(merged.categories).toEqual(mine.categories);
  });

  test('the same model is there once; how models vote is asked where both have some', async () => {
    const [one, two] = [await modelOf('one', [1]), await modelOf('two', [2])];
    const mine = taught({ models: [one], modelMode: 'add' });
    expect(merge(mine, taught({ models: [{ ...one, name: 'renamed' }, two], modelMode: 'replace' }), THEIRS)).toMatchObject({ merged: { models: [one, two], modelMode: 'replace' }, conflicts: [{ id: 'models' }] });
    expect(merge(mine, taught({ modelMode: 'replace' }))).toMatchObject({ merged: { models: [one], modelMode: 'add' }, conflicts: [] });
    expect(merge(taught({}), taught({ models: [two], modelMode: 'replace' }))).toMatchObject({ merged: { models: [two], modelMode: 'replace' }, conflicts: [] });
  });
});
