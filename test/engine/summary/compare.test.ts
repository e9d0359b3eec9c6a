import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { indexCells } from '../../../src/engine/summary/cell-index.ts';
import { byChange, CHANGES, compare, likelihoodRatio } from '../../../src/engine/summary/compare.ts';
import { baselineSides, divideRows, rangeSides, silentBins, timeOf } from '../../../src/engine/summary/compared-sides.ts';
import { DEFAULT_SORT, patternList } from '../../../src/engine/summary/pattern-list.ts';
import { patternStats } from '../../../src/engine/summary/pattern-stats.ts';
import { scopeOf } from '../../../src/engine/summary/scope.ts';
import { madeData } from './made-data.ts';

const changes = (found: ReturnType<typeof compare>): string[] => Array.from(found.change, (code) => CHANGES[code]);

describe('two sides', () => {
  it('tells new, gone, more and less frequent by rates, not by counts', () => {
    // One hour against four: 100 an hour on either side of the first pattern.
    const found = compare({ rows: [100, 40, 0, 200, 5, 0], size: 1 }, { rows: [400, 0, 30, 100, 400, 0], size: 4 });
    expect(changes(found)).toEqual(['same', 'new', 'gone', 'more', 'less', 'none']);
    expect([...found.ratio]).toEqual([1, Infinity, 0, 8, 0.05, NaN]);
    expect([...found.counts]).toEqual([1, 1, 1, 1, 1, 1]);
  });
  it('makes nothing of a difference that chance would make too', () => {
    const size = 1000;
    expect(changes(compare({ rows: [2], size }, { rows: [1], size }))).toEqual(['same']);
    expect(changes(compare({ rows: [200], size }, { rows: [100], size }))).toEqual(['more']);
    // Sure, but so small that nobody needs to be told.
    expect(changes(compare({ rows: [120_000], size }, { rows: [100_000], size }))).toEqual(['same']);
  });
  it('scores as the textbook says: Rayson and Garside, by hand', () => {
    // 30 rows over a size of 3: 20 and 10 are expected, so G² = 2 (10 ln ½ + 20 ln 2) = 20 ln 2.
    expect(likelihoodRatio(10, 2, 20, 1)).toBeCloseTo(20 * Math.LN2, 10);
    expect(likelihoodRatio(7, 3, 7, 3)).toBe(0);
    expect(likelihoodRatio(0, 5, 0, 5)).toBe(0);
  });
  it('puts new first, problems first among them, and a single new row behind many', () => {
    const found = compare({ rows: [1, 900, 50, 60, 10, 0], size: 10 }, { rows: [0, 0, 0, 5, 10, 8], size: 10 });
    const problem = Uint8Array.from([0, 0, 1, 0, 1, 1]);
    expect([0, 1, 2, 3, 4, 5].sort(byChange(found, problem))).toEqual([2, 1, 0, 3, 4, 5]);
  });
});

const BINS = 10;
const data = madeData([
  { label: 0, cells: Array.from({ length: BINS }, (_, bin): [number, number, number] => [1, bin, 100]) },
  { label: 1, problem: true, cells: [[1, 4, 300], [2, 4, 1]] },
  { label: 2, cells: [[1, 0, 50], [1, 9, 50]] },
  { label: 2, cells: [[1, 4, 1]] },
  { label: 0, cells: [[1, 1, 10], [1, 4, 90]] },
  { label: 0, cells: [[1, 0xffff, 7]] },
], ['', 'a', 'b'], BINS);
const all = new Uint8Array(3).fill(1);
const silent = silentBins(data.cells);

describe('a range against the rest of its log', () => {
  const divided = divideRows(data.cells, data.table.count, [4, 4], all);

  it('divides the rows that have a place on the axis', () => {
    expect([...divided.inside]).toEqual([100, 301, 0, 1, 90, 0]);
    expect([...divided.outside]).toEqual([900, 0, 100, 0, 10, 0]);
    expect([...divideRows(data.cells, data.table.count, [4, 4], Uint8Array.from([1, 0, 1])).inside]).toEqual([0, 1, 0, 0, 0, 0]);
  });
  it('rates by time or by entries', () => {
    const byTime = rangeSides(divided, silent, [4, 4], 'time');
    expect([byTime?.here.size, byTime?.there.size]).toEqual([1, 9]);
    const byEntries = rangeSides(divided, silent, [4, 4], 'entries');
    expect([byEntries?.here.size, byEntries?.there.size]).toEqual([492, 1010]);
    expect(rangeSides(divided, silent, [0, 9], 'time')).toBeNull();
  });
  it('lists what is new there first, and on request only that, or what is gone', () => {
    const sides = rangeSides(divided, silent, [4, 4], 'time');
    if (sides === null) throw new Error('no sides');
    const comparison = compare(sides.here, sides.there);
    expect(changes(comparison)).toEqual(['same', 'new', 'gone', 'new', 'more', 'none']);
    const scope = scopeOf(data, { ...NO_FILTER, bins: [4, 4] });
    const stats = patternStats(data, indexCells(data.cells, data.table.count), scope);
    const list = (only: 'new' | 'gone' | 'more' | null): number[] => [...patternList(data, stats, scope, DEFAULT_SORT, { comparison, only })];
    expect(list(null)).toEqual([1, 3, 4, 0]);
    expect(list('new')).toEqual([1, 3]);
    expect(list('more')).toEqual([4]);
    expect(list('gone')).toEqual([2]);
    expect([...patternList(data, stats, scope, { column: 'change', descending: false }, { comparison, only: null })]).toEqual([0, 4, 1, 3]);
    expect([...patternList(data, stats, scope, { column: 'there', descending: true }, { comparison, only: null })]).toEqual([0, 4, 1, 3]);
  });
});

describe('a stretch that the log does not tell of', () => {
  const night = madeData([{ label: 0, cells: [...Array(100).keys()].filter((bin) => bin < 20 || bin >= 60).map((bin): [number, number, number] => [1, bin, bin === 70 ? 0 : 50]) }], ['', 'a'], 100);
  const dark = silentBins(night.cells);

  it('is a long silence, and neither a short one nor one of few lines', () => {
    expect(Array.from(dark.keys()).filter((bin) => dark[bin] === 1)).toEqual(Array.from({ length: 40 }, (_, at) => 20 + at));
    const few = madeData([{ label: 0, cells: [[1, 0, 1], [1, 40, 1], [1, 99, 1]] }], ['', 'a'], 100);
    expect(silentBins(few.cells).every((bin) => bin === 0)).toBe(true);
  });
  it('is nothing that rates are set against', () => {
    const range = [80, 89] as const;
    const sides = rangeSides(divideRows(night.cells, 1, range, all), dark, range, 'time');
    expect([sides?.here.size, sides?.there.size]).toEqual([10, 50]);
    expect(timeOf(night.table, night.cells, dark, null)).toBe((99 - 40) * 60_000);
  });
});

describe('a log against a baseline', () => {
  const baseline = { rows: Float64Array.from([4000, 0, 100, 0, 100, 5]), entries: 4205, span: 4 * 540_000, problems: 0 };

  it('sets rows against the time of either side where both tell one', () => {
    const time = timeOf(data.table, data.cells, silent, null);
    expect(time).toBe(540_000);
    const sides = baselineSides(data.table.rows, time, baseline, 'time');
    expect(sides).not.toBeNull();
    if (sides === null) return;
    const { ratio } = compare(sides.here, sides.there);
    expect(ratio[0]).toBeCloseTo(1);
    expect(ratio[2]).toBeCloseTo(4);
    expect(timeOf(data.table, data.cells, silent, [4, 5])).toBe(120_000);
  });
  it('has no rate by time where one side tells none, but by entries', () => {
    expect(baselineSides(data.table.rows, 0, baseline, 'time')).toBeNull();
    expect(baselineSides(data.table.rows, 540_000, { ...baseline, span: 0 }, 'time')).toBeNull();
    expect(baselineSides(data.table.rows, 0, baseline, 'entries')?.here.size).toBe(1509);
    expect(timeOf(data.table, { ...data.cells, axis: { kind: 'row', start: 0, width: 1, bins: BINS } }, silent, null)).toBe(0);
  });
});
