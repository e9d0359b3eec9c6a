import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Filter } from '../../../src/contract/view.ts';
import { indexCells, sparkline } from '../../../src/engine/summary/cell-index.ts';
import { DEFAULT_SORT, patternList } from '../../../src/engine/summary/pattern-list.ts';
import type { Sort } from '../../../src/engine/summary/pattern-list.ts';
import { patternStats } from '../../../src/engine/summary/pattern-stats.ts';
import { scopeOf } from '../../../src/engine/summary/scope.ts';
import { madeData } from './made-data.ts';

const BINS = 20;
const SOURCES = ['', 'web', 'db'];
const even = (rows: number): [number, number, number][] => Array.from({ length: BINS }, (_, bin) => [1, bin, rows]);
const data = madeData([
  { label: 0, text: 'many, even, fine', cells: even(1000), confidence: 0.6 },
  { label: 1, text: 'even problem', problem: true, cells: even(50), confidence: 0.7 },
  { label: 2, text: 'burst of problems', problem: true, cells: [[2, 9, 300]], confidence: 0.8 },
  { label: 3, text: 'rare, two sources', cells: [[1, 0, 1], [2, 19, 3]], confidence: 0.3 },
], SOURCES, BINS);
const index = indexCells(data.cells, data.table.count);
const list = (filter: Partial<Filter>, sort: Sort = DEFAULT_SORT): number[] => {
  const scope = scopeOf(data, { ...NO_FILTER, ...filter });
  return [...patternList(data, patternStats(data, index, scope), scope, sort)];
};

describe('pattern list', () => {
  it('starts with problems, the burst before the steady one', () => {
    expect(list({})).toEqual([2, 1, 3, 0]);
  });
  it('follows filters by label, source, range and text', () => {
    expect(list({ labels: [0, 3] })).toEqual([3, 0]);
    expect(list({ sources: [2] })).toEqual([2, 3]);
    expect(list({ bins: [19, 19] })).toEqual([1, 3, 0]);
    expect(list({ text: 'EVEN' })).toEqual([1, 0]);
    expect(list({ problemsOnly: true, bins: [0, 3] })).toEqual([1]);
  });
  it('sorts by any column, both ways, and back', () => {
    expect(list({}, { column: 'entries', descending: true })).toEqual([0, 1, 2, 3]);
    expect(list({}, { column: 'entries', descending: false })).toEqual([3, 2, 1, 0]);
    expect(list({}, { column: 'confidence', descending: false })).toEqual([3, 0, 1, 2]);
    expect(list({}, { column: 'category', descending: false })).toEqual([0, 1, 2, 3]);
    expect(list({}, { column: 'sources', descending: true })[0]).toBe(3);
    expect(list({}, { column: 'default', descending: false })).toEqual([0, 3, 1, 2]);
  });
  it('says what is new or more frequent inside a range', () => {
    const stats = patternStats(data, index, scopeOf(data, { ...NO_FILTER, bins: [9, 9] }));
    expect(stats.lift[2]).toBe(Infinity);
    expect(stats.lift[0]).toBeCloseTo(1);
    expect(stats.lift[3]).toBeNaN();
    expect(patternStats(data, index, scopeOf(data, NO_FILTER)).lift[2]).toBeNaN();
  });
  it('counts distinct sources and finds the main one', () => {
    const stats = patternStats(data, index, scopeOf(data, NO_FILTER));
    expect([...stats.sources]).toEqual([1, 1, 1, 2]);
    expect(stats.topSource[3]).toBe(2);
  });
  it('draws a small chart whose steps add up to the rows', () => {
    expect([...sparkline(data.cells, index, 3, 4)]).toEqual([1, 0, 0, 3]);
    expect(sparkline(data.cells, index, 0, 7).reduce((a, b) => a + b, 0)).toBe(20_000);
  });
});

describe('size', () => {
  it('sums half a million cells of 5,000 patterns without a noticeable wait', () => {
    const n = 500_000;
    const cells = {
      pattern: Uint32Array.from({ length: n }, (_, i) => i % 5000), source: Uint16Array.from({ length: n }, (_, i) => (i * 7) % 50),
      bin: Uint16Array.from({ length: n }, (_, i) => (i * 13) % 300), rows: new Float64Array(n).fill(2),
      sources: Array.from({ length: 50 }, (_, i) => `s${i}`), axis: { kind: 'time', start: 0, width: 1, bins: 300 } as const, untimed: 0,
    };
    const small = madeData(Array.from({ length: 5000 }, (_, p) => ({ label: p % 4, problem: p % 5 === 0, cells: [] })), [], 300);
    const big = { ...small, cells };
    const started = performance.now();
    const scope = scopeOf(big, NO_FILTER);
    const order = patternList(big, patternStats(big, indexCells(cells, 5000), scope), scope, DEFAULT_SORT);
    const spent = performance.now() - started;
    expect(order.length).toBe(5000);
    // Measured about 60 ms on two busy cores; the bound leaves room for a busy machine.
    expect(spent).toBeLessThan(500);
  });
});
