import { NO_RULE_CHANGES } from '../../../src/contract/rule.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule, RuleChanges } from '../../../src/contract/rule.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { checkRule } from '../../../src/engine/rules/check-rule.ts';
import { effectiveRules, freshRuleId, importRules, moveRule, putRule, putSplit, removeRule, removeSplit, switchRule } from '../../../src/engine/rules/rule-set.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';

const own = (id: string, pattern = id): Rule => ({ id, pattern, label: 'Error', about: 'made up', origin: 'own' });
const split = (value: string, label = ''): Rule => splitRule({ text: 'a <num>', level: 0, http: 0, where: [{ token: 1, value }] }, label);
const ids = (state: RuleChanges): string[] => effectiveRules(state).map(({ id }) => id);
const BUILT_IN = BUILT_IN_RULES.map(({ id }) => id);

describe('a set of rules', () => {
  it('is the built-in one at first', () => expect(effectiveRules(NO_RULE_CHANGES)).toEqual(BUILT_IN_RULES));

  it('puts splits before own rules before built-in ones', () => {
    const state = putSplit(putRule(putRule(NO_RULE_CHANGES, own('one')), own('two')), split('7'));
    expect(ids(state)).toEqual([split('7').id, 'two', 'one', ...BUILT_IN]);
    expect(ids(putRule(state, own('three'), 2))).toEqual([split('7').id, 'two', 'one', 'three', ...BUILT_IN]);
    expect(ids(putRule(state, own('three'), 99)).indexOf('three')).toBe(3);
  });

  it('changes a rule in its place', () => {
    const state = putRule(putRule(putRule(NO_RULE_CHANGES, own('one')), own('two')), own('one', 'other'));
    expect(state.own.map(({ id, pattern }) => [id, pattern])).toEqual([['two', 'two'], ['one', 'other']]);
  });

  it('moves, removes, switches off and on', () => {
    const three = ['c', 'b', 'a'].reduce((state, id) => putRule(state, own(id)), NO_RULE_CHANGES);
    expect(moveRule(three, 'a', 2).own.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(moveRule(three, 'c', -5).own.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(moveRule(three, 'none', 0)).toEqual(three);
    expect(removeRule(three, 'b').own.map(({ id }) => id)).toEqual(['a', 'c']);
    const off = switchRule(switchRule(three, BUILT_IN[3], false), BUILT_IN[3], false);
    expect(ids(off)).toEqual(ids(three).filter((id) => id !== BUILT_IN[3]));
    expect(switchRule(off, BUILT_IN[3], true)).toEqual(three);
    expect(three.own.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('has each split once, in an order that does not depend on when it was made', () => {
    const splits = ['1', '2', '3', '4', '5'].map((value) => split(value));
    const made = (list: readonly Rule[]): RuleChanges => list.reduce(putSplit, NO_RULE_CHANGES);
    expect(ids(made(splits))).toEqual(ids(made(splits.toReversed())));
    expect(putSplit(made(splits), split('3', 'Error')).splits.map(({ label }) => label).sort()).toEqual(['', '', '', '', 'Error']);
    expect(removeSplit(made(splits), splits[0].id).splits).toEqual(splits.slice(1));
  });

  it('takes rules of a file over, telling which were changed', () => {
    const state = putRule(putRule(NO_RULE_CHANGES, own('one')), own('two'));
    const { state: after, replaced } = importRules(state, [own('three'), own('one', 'other'), own('two')]);
    expect(after.own.map(({ id, pattern }) => [id, pattern])).toEqual([['three', 'three'], ['two', 'two'], ['one', 'other']]);
    expect(replaced).toEqual(['one']);
  });

  it('refuses what cannot be used, and stays as it was', () => {
    for (const bad of [own('x', '(?=a)'), own('Not Kebab'), own(BUILT_IN[0]), own('split-1'), { ...own('x'), label: ' ' }]) {
      expect(() => putRule(NO_RULE_CHANGES, bad)).toThrow(expect.objectContaining({ name: 'rules-refused' }));
      expect(() => importRules(NO_RULE_CHANGES, [own('fine'), bad])).toThrow(`“${bad.id}”`);
    }
  });

  it('finds ids that are free and can be used', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (words) => {
      const first = freshRuleId(NO_RULE_CHANGES, words);
      expect(checkRule(own(first, 'a'))).toBeNull();
      expect(freshRuleId(putRule(NO_RULE_CHANGES, own(first, 'a')), words)).not.toBe(first);
    }));
    expect(freshRuleId(NO_RULE_CHANGES, 'Disk is full!')).toBe('disk-is-full');
    expect(freshRuleId(NO_RULE_CHANGES, '日本')).toBe('rule');
  });
});

describe('a rule that cannot be used', () => {
  it.each([
    ['a(?=b)', 'look-ahead'], ['a(?!b)', 'look-ahead'], ['(?<=a)b', 'look-behind'], ['(?<!a)b', 'look-behind'], [String.raw`(a)\1`, 'back-references'], ['(?>a)', 'atomic'], ['a++', 'possessive'],
    ['(a', 'missing closing'], ['[a', 'missing closing'], ['*a', 'missing argument'], ['a{5000}', 'too often'], ['(a{1000}){1000}', 'too often'], ['((a{100}){100}){100}', 'too often'], ['((a{0,1000}){0,1000}){0,1000}', 'too often'],
    ['(a?){1000}a{1000}', 'too large'], ['', 'empty'], ['a'.repeat(6000), 'longer'], [`${'('.repeat(2000)}a${')'.repeat(2000)}`, 'deep'], [String.raw`a\Z`, 'escape'],
  ])('%s is refused at once, in words', (pattern, words) => {
    const start = performance.now();
    const reason = checkRule(own('mine', pattern));
    expect(performance.now() - start).toBeLessThan(1000);
    expect(reason).toContain(words);
    expect(reason).not.toContain('(?i)');
    expect(reason).toMatch(/\.$/);
  });

  it('is none that is built in', () => {
    expect(BUILT_IN_RULES.map((rule, at) => checkRule({ ...rule, id: `copy-${at}` })).filter((reason) => reason !== null)).toEqual([]);
  });

  it('is one that is too large only together with others', () => {
    const large = Array.from({ length: 60 }, (_, at) => own(`rule-${at}`, 'a{1000}b{1000}'.replace('a', `x${at}`)));
    expect(checkRule(large[59])).toBeNull();
    expect(() => importRules(NO_RULE_CHANGES, large)).toThrow('too large together');
  });
});
