import { expect, test } from 'vitest';
import { decide } from '../../src/engine/decide/decide.ts';
import { CLOSELY, LEXICAL, Votes } from '../../src/engine/decide/votes.ts';
import { finalShare } from '../../src/session/final-share.ts';
import { batchOf, patternsOf } from '../engine/decide/patterns.ts';

const RULES = [{ id: 'a', pattern: 'a', label: 'Error', about: 'a' }];

test('counts rows, not patterns, and climbs to 1', () => {
  const table = patternsOf([{ rule: 0, rows: 60 }, { rows: 30 }, { rows: 10 }]);
  const votes = new Votes(3);
  const share = (ended = false): number => finalShare(table, decide(table, RULES, votes, { threshold: 0.5, ended }));
  expect(share()).toBe(0.6);
  votes.set([1, 2], batchOf([{ label: 'Error', confidence: 1 }, { label: 'Error', confidence: 1 }]), LEXICAL);
  expect(share()).toBe(0.6);
  votes.set([1], batchOf([{ label: 'Error', confidence: 1 }]), CLOSELY);
  expect(share()).toBe(0.9);
  expect(share(true)).toBe(1);
});

test('of nothing is nothing, and of no rows all', () => {
  expect(finalShare(null, null)).toBe(0);
  const empty = patternsOf([]);
  expect(finalShare(empty, decide(empty, RULES, new Votes(0), { threshold: 0.5, ended: false }))).toBe(1);
});
