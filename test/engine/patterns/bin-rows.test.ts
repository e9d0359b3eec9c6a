import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cells } from '../../../src/contract/pattern.ts';
import { NO_BIN } from '../../../src/contract/pattern.ts';
import { BINS_MAX, binRows, chooseAxis } from '../../../src/engine/patterns/bin-rows.ts';
import { RowStore } from '../../../src/engine/patterns/row-store.ts';

const NOON = Date.UTC(2025, 2, 14, 12);
const HOUR = 3_600_000;

interface Row {
  readonly key: number;
  readonly source: number;
  readonly time: number;
}

function storeOf(rows: readonly Row[]): RowStore {
  const store = new RowStore();
  rows.forEach((row, at) => store.append(0, at, at + 1, row.key, row.source, row.time));
  return store;
}

const timed = (times: readonly number[]): RowStore => storeOf(times.map((time) => ({ key: 0, source: 0, time })));
const total = (cells: Cells): number => cells.rows.reduce((sum, rows) => sum + rows, 0);

describe('the axis', () => {
  test('is time where at least a tenth of the rows have one', () => {
    const without = (rows: number): number[] => new Array<number>(rows).fill(NaN);
    expect(chooseAxis(timed([NOON, NOON + HOUR, ...without(18)]), 360).kind).toBe('time');
    expect(chooseAxis(timed([NOON, NOON + HOUR, ...without(19)]), 360).kind).toBe('row');
    expect(chooseAxis(timed([]), 360)).toEqual({ kind: 'row', start: 0, width: 1, bins: 1 });
  });

  test('has a width that people read easily, and starts at a multiple of it', () => {
    const axis = chooseAxis(timed([NOON + 61_000, NOON + 6 * HOUR + 12 * 60_000]), 360);
    expect(axis).toEqual({ kind: 'time', start: NOON, width: 120_000, bins: 187 });
  });

  test('reaches from the first time to the last with at most so many bins', () => {
    const times = fc.array(fc.integer({ min: Date.UTC(1990), max: Date.UTC(2090) }), { minLength: 1, maxLength: 19 });
    fc.assert(fc.property(times, fc.constantFrom(10, 60, 360), (list, most) => {
      const store = timed(list);
      const axis = chooseAxis(store, most);
      expect(axis.bins).toBeLessThanOrEqual(most);
      const second = (time: number): number => Math.floor(time / 1000) * 1000;
      expect(axis.start).toBeLessThanOrEqual(Math.min(...list));
      expect(axis.start + axis.bins * axis.width).toBeGreaterThan(second(Math.max(...list)));
    }));
  });

  test('of rows without times is row numbers', () => {
    const axis = chooseAxis(timed(Array.from({ length: 1000 }, () => NaN)), 360);
    expect(axis).toEqual({ kind: 'row', start: 0, width: 3, bins: 334 });
  });

  test('is not stretched by a few times far off', () => {
    const night = Array.from({ length: 5000 }, (_, at) => NOON + at * 1000);
    night[17] = 0;
    night[4000] = NOON + 900 * 24 * HOUR;
    const axis = chooseAxis(timed(night), 360);
    expect(axis.start).toBeGreaterThan(NOON - HOUR);
    expect(axis.start + axis.width * axis.bins).toBeLessThan(NOON + 3 * HOUR);
  });

  test('is not stretched by a clock that was reset, nor in a small file by one time years off', () => {
    const boot = Array.from({ length: 60 }, (_, at) => (at < 25 ? at * 1000 : NOON + at * 1000));
    expect(chooseAxis(timed(boot), 360).start).toBeGreaterThan(NOON - HOUR);
    const late = Array.from({ length: 50 }, (_, at) => (at === 7 ? Date.UTC(2099, 0) : NOON + at * 1000));
    const axis = chooseAxis(timed(late), 360);
    expect(axis.start + axis.width * axis.bins).toBeLessThan(NOON + HOUR);
    expect(chooseAxis(timed([0, 1000, NOON]), 360).start).toBe(0);
  });

  test('keeps a quiet beginning that is not far off', () => {
    const day = [NOON - 10 * HOUR, ...Array.from({ length: 5000 }, (_, at) => NOON + at * 1000)];
    expect(chooseAxis(timed(day), 360).start).toBeLessThanOrEqual(NOON - 10 * HOUR);
  });
});

describe('cells', () => {
  const patternOf = Uint32Array.of(0, 1, 0);

  test('count rows by pattern, source and bin', () => {
    const cells = binRows(storeOf([
      { key: 0, source: 1, time: NOON }, { key: 2, source: 1, time: NOON }, { key: 1, source: 1, time: NOON }, { key: 0, source: 2, time: NOON }, { key: 0, source: 1, time: NOON + HOUR }, { key: 1, source: 0, time: NaN },
    ]), patternOf, ['', 'a', 'b']);
    const list = Array.from(cells.rows, (rows, at) => [cells.pattern[at], cells.source[at], cells.bin[at], rows]);
    const last = cells.axis.bins - 1;
    expect(list).toEqual([[0, 1, 0, 2], [0, 2, 0, 1], [0, 1, last, 1], [1, 1, 0, 1], [1, 0, NO_BIN, 1]]);
    expect(cells.untimed).toBe(1);
    expect(cells.sources).toEqual(['', 'a', 'b']);
  });

  test('sum to the rows, per pattern and source, as a slow count does', () => {
    const row = fc.record({ key: fc.nat(2), source: fc.nat(3), time: fc.oneof(fc.integer({ min: NOON, max: NOON + HOUR }), fc.constant(NaN)) });
    fc.assert(fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
      const cells = binRows(storeOf(rows), patternOf, ['', 'a', 'b', 'c']);
      expect(total(cells)).toBe(rows.length);
      const counted = new Map<string, number>();
      for (const { key, source } of rows) counted.set(`${patternOf[key]} ${source}`, (counted.get(`${patternOf[key]} ${source}`) ?? 0) + 1);
      const summed = new Map<string, number>();
      cells.rows.forEach((count, at) => summed.set(`${cells.pattern[at]} ${cells.source[at]}`, (summed.get(`${cells.pattern[at]} ${cells.source[at]}`) ?? 0) + count));
      expect(summed).toEqual(counted);
      const names = new Set(Array.from(cells.rows, (_, at) => `${cells.pattern[at]} ${cells.source[at]} ${cells.bin[at]}`));
      expect(names.size).toBe(cells.rows.length);
    }), { numRuns: 50 });
  });

  test('hold strays in the first and last bin', () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({ key: 0, source: 0, time: NOON + at * 1000 }));
    rows[5] = { key: 1, source: 0, time: 1000 };
    rows[6] = { key: 1, source: 0, time: NOON + 1000 * 24 * HOUR };
    const cells = binRows(storeOf(rows), Uint32Array.of(0, 1), ['']);
    const bins = [...cells.bin].filter((_, at) => cells.pattern[at] === 1);
    expect(bins).toEqual([0, cells.axis.bins - 1]);
    expect(total(cells)).toBe(3000);
  });

  test('grow past the first table, and no further than a coarser axis allows', () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => ({ key: at % 5000, source: at % 11, time: NaN }));
    const cells = binRows(storeOf(rows), Uint32Array.from({ length: 5000 }, (_, at) => at), Array.from({ length: 11 }, (_, at) => `s${at}`));
    expect(total(cells)).toBe(40_000);
    expect(cells.axis.bins).toBeLessThanOrEqual(BINS_MAX);
    expect(cells.rows.every((count) => count === 1)).toBe(true);
  });
});
