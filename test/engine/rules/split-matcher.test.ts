import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import { Masker } from '../../../src/engine/patterns/mask.ts';
import { SplitMatcher } from '../../../src/engine/rules/split-matcher.ts';
import { splitRule, valueRule } from '../../../src/engine/rules/split-rule.ts';

const encoder = new TextEncoder();

function part(text: string, ...where: [token: number | null, value: string][]): Rule {
  return splitRule({ text, level: 0, http: 0, where: where.map(([token, value]) => ({ token, value })) });
}

function match(rules: readonly Rule[], message: string | Uint8Array, level = 0): number {
  const bytes = Uint8Array.from([0x78, ...(typeof message === 'string' ? encoder.encode(message) : message), 0x78]);
  const masker = new Masker();
  masker.mask(bytes, 1, bytes.length - 1);
  return SplitMatcher.of(rules)?.match(masker, level, bytes, 1, bytes.length - 1) ?? -1;
}

describe('a value in its place', () => {
  const rule = part('took <num> ms', [1, '17']);

  test.each(['took 17 ms', 'took\t17   ms', ' took 17 ms\n'])('%j is part', (message) => expect(match([rule], message)).toBe(0));
  test.each(['took 18 ms', 'took 170 ms', 'took 17 s', 'took 17 ms more', 'it took 17 ms', 'took 17', '17', ''])('%j is not', (message) => expect(match([rule], message)).toBe(-1));

  test('of another level or HTTP class is not part', () => {
    expect(match([rule], 'took 17 ms', 3)).toBe(-1);
    const status = (http: HttpClass): Rule => splitRule({ text: 'status: 4xx', level: 0, http, where: [{ token: 1, value: '404' }] });
    expect(match([status(4)], 'status: 404')).toBe(0);
    expect(match([status(4)], 'status: 403')).toBe(-1);
    expect(match([status(0)], 'status: 404')).toBe(-1);
  });

  test('is told apart from all others, with signs, units and runs', () => {
    expect(match([part('at <ip>: <num>%', [2, '-5%'])], 'at 1.2.3.4: -5%')).toBe(0);
    expect(match([part('at <ip>: <num>%', [2, '5%'])], 'at 1.2.3.4: -5%')).toBe(-1);
    expect(match([part('at <ip>: <num>%', [1, '1.2.3.4:'], [2, '-5%'])], 'at 1.2.3.4: -5%')).toBe(0);
    expect(match([part('of <num> <num> ok', [2, '2 3 4'])], 'of 1 2 3 4 ok')).toBe(0);
    expect(match([part('of <num> <num> ok', [2, '2'])], 'of 1 2 3 4 ok')).toBe(-1);
  });

  test('where keys were merged: the word itself, and no word that keeps patterns apart elsewhere', () => {
    const merged = part('user <*> did <*> today', [1, 'alice']);
    expect(match([merged], 'user alice did much today')).toBe(0);
    expect(match([merged], 'user alicia did much today')).toBe(-1);
    expect(match([merged], 'user alice did nothing else today')).toBe(-1);
    expect(match([merged], 'user alice did failed today')).toBe(-1);
  });

  test('of bytes that are no UTF-8 is compared as it is shown', () => {
    const broken = part('name \ufffd<num> set', [1, '\ufffd7']);
    expect(match([broken], Uint8Array.from([...encoder.encode('name '), 0xff, ...encoder.encode('7 set')]))).toBe(0);
    expect(match([broken], Uint8Array.from([...encoder.encode('name '), 0xff, ...encoder.encode('8 set')]))).toBe(-1);
  });
});

describe('several splits', () => {
  const pattern = { text: 'user <*> from host <*> now', level: 0, http: 0 as HttpClass };
  const alice = valueRule(pattern, null, 1, 'alice');
  const oak = valueRule(pattern, null, 4, 'oak');
  const both = valueRule({ ...pattern, text: 'user alice from host <*> now' }, alice, 4, 'oak', 'Error');
  const message = 'user alice from host oak now';
  const exact = part('user alice from host oak now', [null, message]);

  test('that say more of an entry come first, in whatever order they were made', () => {
    for (const rules of [[alice, oak, both, exact], [exact, both, oak, alice]]) {
      expect(rules[match(rules, message)]).toBe(exact);
      expect(rules[match(rules, `${message} `)]).toBe(both);
      expect(rules[match(rules, 'user bob from host oak now')]).toBe(oak);
      expect(rules[match(rules, 'user alice from host elm now')]).toBe(alice);
    }
    const ids = [[alice, oak], [oak, alice]].map((rules) => rules[match(rules, message)].id);
    expect(ids[0]).toBe(ids[1]);
  });

  test('have ids that depend on what they select alone', () => {
    expect(valueRule(pattern, null, 1, 'alice', 'Error').id).toBe(alice.id);
    expect(new Set([alice, oak, both, exact, valueRule({ ...pattern, level: 3 }, null, 1, 'alice')].map(({ id }) => id)).size).toBe(5);
    expect(alice.id).toMatch(/^split-[0-9a-f]{16}$/);
    expect(both.part?.where).toEqual([{ token: 1, value: 'alice' }, { token: 4, value: 'oak' }]);
  });

  test('are none where no rule is one', () => expect(SplitMatcher.of([{ id: 'a', pattern: 'a', label: 'Error', about: '' }])).toBeNull());
});

test('an entry is part if and only if its masked text is the same and its words in the places are', () => {
  const words = fc.array(fc.constantFrom('took', '17', '18', 'ms', 'alice', '10.0.0.1', '0x1f', "'v'", '5%'), { minLength: 1, maxLength: 4 });
  const masked = (list: readonly string[]): string => {
    const bytes = encoder.encode(list.join(' '));
    const masker = new Masker();
    masker.mask(bytes, 0, bytes.length);
    return new TextDecoder().decode(masker.out.subarray(0, masker.length));
  };
  // No runs of one placeholder here, so words and masked tokens are one to one.
  const plain = words.filter((list) => masked(list).split(' ').length === list.length);
  fc.assert(fc.property(plain, plain, fc.nat(), (one, other, pick) => {
    const token = pick % one.length;
    const expected = masked(one) === masked(other) && one[token] === other[token];
    expect(match([part(masked(one), [token, one[token]])], other.join(' '))).toBe(expected ? 0 : -1);
  }), { numRuns: 2000 });
});
