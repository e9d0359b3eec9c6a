import { describe, expect, it } from 'vitest';
import { NO_BIN } from '../../../src/contract/pattern.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { burstLevel, strongestBurst } from '../../../src/engine/summary/burst.ts';
import { headlineOf } from '../../../src/engine/summary/headline.ts';
import { scopeOf } from '../../../src/engine/summary/scope.ts';
import { madeData } from './made-data.ts';

const SOURCES = ['', 'Quiet', 'Billing'];
const steady = (source: number, rows: number, bins: number): [number, number, number][] => Array.from({ length: bins }, (_, bin) => [source, bin, rows]);

describe('strongest burst', () => {
  it('is the run of bins that stands out, with what came just before it', () => {
    const burst = strongestBurst(Float64Array.from([1, 0, 2, 1, 50, 60, 55, 1, 0, 2]));
    expect(burst).toMatchObject({ first: 4, last: 6, inside: 165, before: 3 });
  });
  it('of a silent series is none, and an even one scores nothing', () => {
    expect(strongestBurst(new Float64Array(5))).toBeNull();
    expect(strongestBurst(new Float64Array(8).fill(10))?.score).toBeCloseTo(0);
  });
  it('ranks one bin full above many bins a little fuller', () => {
    expect(burstLevel(100, 100, 50)).toBeGreaterThan(burstLevel(4, 100, 50));
    expect(burstLevel(2, 100, 50)).toBe(0);
  });
});

describe('headline', () => {
  it('names the source whose problems rose, from where, and how far', () => {
    const data = madeData([
      { label: 0, cells: steady(1, 100, 20) },
      { label: 1, problem: true, cells: steady(1, 3, 20) },
      { label: 1, problem: true, cells: [[2, 12, 400], [2, 13, 380]] },
    ], SOURCES, 20);
    const headline = headlineOf(data, scopeOf(data, NO_FILTER));
    expect(headline.change).toMatchObject({ source: 2, first: 12, last: 13, before: 0, inside: 780 });
    expect(headline.totals.rows).toBe(2000 + 60 + 780);
    expect(headline.totals.problems).toBe(60 + 780);
    expect([headline.firstTime, headline.lastTime]).toEqual([0, 19 * 60_000]);
  });
  it('speaks of the span of the axis, which stray clocks do not stretch', () => {
    const data = madeData([{ label: 0, cells: steady(1, 10, 20) }, { label: 0, cells: [[1, 0, 1]] }], SOURCES, 20);
    data.table.firstTime[1] = -1e12;
    data.table.lastTime[1] = 1e12;
    const { firstTime, lastTime } = headlineOf(data, scopeOf(data, NO_FILTER));
    expect([firstTime, lastTime]).toEqual([0, 20 * 60_000]);
  });
  it('claims no change where problems are even, few, or there from the start', () => {
    const change = (cells: [number, number, number][]) => {
      const data = madeData([{ label: 0, cells: steady(1, 10, 20) }, { label: 1, problem: true, cells }], SOURCES, 20);
      return headlineOf(data, scopeOf(data, NO_FILTER)).change;
    };
    expect(change(steady(2, 30, 20))).toBeNull();
    expect(change([[2, 9, 2]])).toBeNull();
    expect(change([[2, 0, 900], [2, 1, 900]])).toBeNull();
  });
  it('has no span where no entry has a time', () => {
    const data = madeData([{ label: 0, cells: [[1, NO_BIN, 4]] }], SOURCES, 20);
    const headline = headlineOf(data, scopeOf(data, NO_FILTER));
    expect(headline.firstTime).toBeNaN();
    expect(headline.totals.rows).toBe(4);
  });
});
