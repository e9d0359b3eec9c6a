import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { Cells, PatternTable } from '../../../src/contract/pattern.ts';
import { CLOSELY, LEXICAL, Votes } from '../../../src/engine/decide/votes.ts';
import { isSure, patternsToAsk, routedPatterns } from '../../../src/engine/llm/choose.ts';
import type { Choosing } from '../../../src/engine/llm/choose.ts';

const ROWS = [5, 9, 9, 100, 3, 0, 7];
const CONFIDENCES = [0.3, 0.49, 0.5, 0.9, 0.2, 0.1, 0.9];

function table(rows: readonly number[]): PatternTable {
  const n = rows.length, zeros = new Float64Array(n);
  return {
    count: n, texts: rows.map((_, at) => `pattern ${at}`), examples: rows.map((_, at) => `line ${at}`), rows: Float64Array.from(rows), firstRow: zeros, lastRow: zeros, firstTime: zeros, lastTime: zeros,
    level: new Uint8Array(n), http: new Uint8Array(n), rule: new Int16Array(n).fill(-1), flags: new Uint8Array(n),
  };
}

function votes(confidences: readonly number[]): Votes {
  const made = new Votes(confidences.length);
  confidences.forEach((confidence, pattern) => {
    made.probabilities.fill((1 - confidence) / 100, pattern * CATEGORY_NAMES.length, (pattern + 1) * CATEGORY_NAMES.length);
    made.probabilities[pattern * CATEGORY_NAMES.length + 2] = confidence;
    made.read[pattern] = CLOSELY;
  });
  return made;
}

const choosing: Choosing = {
  table: table(ROWS), open: ROWS.map((_, at) => at), votes: votes(CONFIDENCES), threshold: 0.5, routed: new Set(), answered: new Set(), reviewing: false,
};

describe('what is asked about', () => {
  test('patterns that the vote is unsure of, most rows first, none without rows', () => {
    expect(patternsToAsk(choosing)).toEqual([1, 0, 4]);
  });

  test('routed ones too, by rows, however sure the vote is', () => {
    expect(patternsToAsk({ ...choosing, routed: new Set([3, 6]) })).toEqual([3, 1, 6, 0, 4]);
  });

  test('with reviewing the sure ones come after all others', () => {
    expect(patternsToAsk({ ...choosing, reviewing: true, routed: new Set([6]) })).toEqual([1, 6, 0, 4, 3, 2]);
  });

  test('nothing twice, nothing that is not open', () => {
    expect(patternsToAsk({ ...choosing, answered: new Map([[1, 'x']]), reviewing: true })).toEqual([0, 4, 3, 2, 6]);
    expect(patternsToAsk({ ...choosing, open: [4] })).toEqual([4]);
  });

  test('unread patterns, and after a cancel those that only the word model has read', () => {
    const some = votes(CONFIDENCES);
    some.read[3] = 0;
    some.read[6] = LEXICAL;
    expect(patternsToAsk({ ...choosing, votes: some })).toEqual([3, 1, 0, 4]);
    expect(patternsToAsk({ ...choosing, votes: some, cancelled: true })).toEqual([3, 1, 6, 0, 4]);
    expect(isSure({ votes: some, threshold: 0.5 }, 6)).toBe(true);
    expect(isSure({ votes: some, threshold: 0.95 }, 6)).toBe(false);
  });

  test('learning from corrections counts', () => {
    const some = votes(CONFIDENCES);
    some.learn({ classes: ['Error', 'Own'], patterns: Uint32Array.of(0, 3), probabilities: Float32Array.of(0.1, 0.9, 0.7, 0.3) });
    expect(patternsToAsk({ ...choosing, votes: some, threshold: 0.8 })).not.toContain(0);
    expect(patternsToAsk({ ...choosing, votes: some, threshold: 0.8 })[0]).toBe(3);
  });
});

test('a pattern is routed where more than half of its rows come from the sources named', () => {
  const cells: Cells = {
    pattern: Uint32Array.of(0, 0, 1, 1, 2, 2, 3), source: Uint16Array.of(1, 2, 1, 2, 1, 3, 0), bin: new Uint16Array(7), rows: Float64Array.of(3, 2, 2, 2, 1, 1, 8),
    sources: ['', 'LegacyCRM', 'web', 'billing'], axis: { kind: 'row', start: 0, width: 1, bins: 1 }, untimed: 0,
  };
  const four = table([5, 4, 2, 8]);
  expect([...routedPatterns(four, cells, ['LegacyCRM'])]).toEqual([0]);
  expect([...routedPatterns(four, cells, ['LegacyCRM', 'billing'])]).toEqual([0, 2]);
  expect([...routedPatterns(four, cells, ['', 'nobody'])]).toEqual([]);
  expect([...routedPatterns(four, cells, [])]).toEqual([]);
});
