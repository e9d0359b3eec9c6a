import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/contract/rule.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { parseRuleFile, writeRuleFile } from '../../../src/engine/rules/rule-file.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';

const RULES: readonly Rule[] = [
  { id: 'disk-full', pattern: String.raw`no space left\b.*"x"`, label: 'Resource Usage', about: 'disk is full', origin: 'own' },
  { id: 'grüße'.normalize('NFKD').replace(/[^a-z]/g, ''), pattern: 'Grüße 日本', label: 'My own: ÄÖ', about: '', origin: 'own' },
];
const file = (rules: unknown, more: object = {}): string => JSON.stringify({ format: 'winnow-rules', version: 1, rules, ...more });
const rule = (change: object): object => ({ id: 'mine', pattern: 'a', label: 'Error', about: '', ...change });

describe('a file of rules', () => {
  it('comes back as it was written, without splits', () => {
    const split = splitRule({ text: 'a <num>', level: 0, http: 0, where: [{ token: 1, value: '7' }] });
    expect(parseRuleFile(writeRuleFile([split, ...RULES]))).toEqual(RULES);
    expect(parseRuleFile(writeRuleFile([]))).toEqual([]);
    expect(JSON.parse(writeRuleFile(RULES))).toMatchObject({ format: 'winnow-rules', version: 1 });
  });

  it('may leave descriptions out and have members of its own', () => {
    expect(parseRuleFile(file([{ id: 'mine', pattern: 'a', label: 'Error', colour: 'red' }], { made: 'by hand' }))).toEqual([{ id: 'mine', pattern: 'a', label: 'Error', about: '', origin: 'own' }]);
  });

  it('means the categories of the page by their names in any case', () => {
    const labels = ['error', ' HTTP STATUS ', 'unclassified', 'Errors'].map((label, at) => rule({ id: `rule-${at}`, label }));
    expect(parseRuleFile(file(labels)).map(({ label }) => label)).toEqual(['Error', 'HTTP Status', 'Unclassified', 'Errors']);
  });

  it.each<[what: string, text: string, words: string]>([
    ['no JSON', 'id,pattern', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['a bare value', 'null', 'no file of rules'],
    ['a list', '[]', 'no file of rules'],
    ['another format', '{"format":"x","version":1,"rules":[]}', 'no file of rules'],
    ['a later version', '{"format":"winnow-rules","version":2,"rules":[]}', 'version 2'],
    ['a format that comes from a prototype', '{"__proto__":{"format":"winnow-rules","version":1,"rules":[]}}', 'no file of rules'],
    ['rules that are no list', file({ length: 1 }), 'no list'],
    ['a huge list', file(Array.from({ length: 10_001 }, (_, at) => rule({ id: `rule-${at}` }))), '10001 rules'],
    ['a rule that is null', file([rule({}), null]), 'rule 2 needs'],
    ['a number as expression', file([rule({ pattern: 5 })]), 'rule 1 (“mine”) needs'],
    ['an object as label', file([rule({ label: { toString: 'x' } })]), 'rule 1 (“mine”) needs'],
    ['no id', file([rule({ id: undefined })]), 'rule 1 needs'],
    ['a list as description', file([rule({ about: ['x'] })]), 'no text'],
    ['an id that every object has', file([rule({ id: '__proto__' })]), 'its id must be'],
    ['two rules of one id', file([rule({}), rule({ pattern: 'b' })]), 'rule 2 (“mine”): another rule has the same id'],
    ['the id of a built-in rule', file([rule({ id: BUILT_IN_RULES[0].id })]), 'built-in'],
    ['a category that only looks like another', file([rule({ label: 'Er\u200bror' })]), 'cannot be seen'],
    ['a category with a letter that is drawn as nothing, which a bundle would refuse', file([rule({ label: 'Er\u3164ror' })]), 'cannot be seen'],
    ['look-around', file([rule({ id: 'fine' }), rule({ pattern: 'a(?=b)' })]), 'rule 2 (“mine”): look-ahead'],
    ['a bomb', file([rule({ pattern: '(a{1000}){1000}' })]), 'too often'],
  ])('with %s is refused as a whole', (_, text, words) => {
    expect(() => parseRuleFile(text)).toThrow(expect.objectContaining({ name: 'rules-refused' }));
    expect(() => parseRuleFile(text)).toThrow(words);
    expect(() => parseRuleFile(text)).toThrow('None of them was taken over');
  });

  it('that is hostile is refused soon', () => {
    const start = performance.now();
    expect(() => parseRuleFile(file(Array.from({ length: 10_000 }, (_, at) => rule({ id: `rule-${at}`, pattern: String.raw`(\pL{30}){30}` }))))).toThrow('too large together');
    expect(() => parseRuleFile('['.repeat(1_000_000))).toThrow('not JSON');
    expect(() => parseRuleFile(' '.repeat(20_000_001))).toThrow('larger');
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('may be as long as promised', () => {
    expect(parseRuleFile(file(Array.from({ length: 10_000 }, (_, at) => rule({ id: `rule-${at}`, pattern: `w${at}` }))))).toHaveLength(10_000);
  });
});
