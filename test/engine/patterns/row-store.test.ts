import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_ROWS, LINE_STEP, RowStore, timeAt } from '../../../src/engine/patterns/row-store.ts';

const NOON = Date.UTC(2025, 2, 14, 12);
const GIB = 2 ** 30;

/** What a row is read back as. */
function row(store: RowStore, index: number): { file: number; offset: number; key: number; source: number; time: number } {
  const block = store.blockOf(index);
  const at = index - block.firstRow;
  return { file: block.file, offset: block.base + block.offsets[at], key: block.keys[at], source: block.sources[at], time: timeAt(block, at) };
}

describe('rows', () => {
  test('come back as they were put in, over blocks and files', () => {
    const store = new RowStore();
    const count = BLOCK_ROWS * 2 + 10;
    for (let at = 0; at < count; at++) expect(store.append(at < BLOCK_ROWS + 5 ? 0 : 1, at * 100, at + 1, at % 5000, at % 7, NOON + at * 10)).toBe(at);
    expect(store.count).toBe(count);
    expect(store.blocks.map((block) => [block.file, block.firstRow, block.count])).toEqual([[0, 0, BLOCK_ROWS], [0, BLOCK_ROWS, 5], [1, BLOCK_ROWS + 5, BLOCK_ROWS], [1, BLOCK_ROWS * 2 + 5, 5]]);
    for (const at of [0, 1, BLOCK_ROWS - 1, BLOCK_ROWS, BLOCK_ROWS + 4, BLOCK_ROWS + 5, count - 1]) {
      expect(row(store, at)).toEqual({ file: at < BLOCK_ROWS + 5 ? 0 : 1, offset: at * 100, key: at % 5000, source: at % 7, time: NOON + at * 10 });
    }
  });

  test('of files over 4 GiB keep their offsets', () => {
    const store = new RowStore();
    const offsets = [0, 3 * GIB, 4 * GIB - 1, 4 * GIB, 4 * GIB + 1, 9 * GIB, 9 * GIB + 4 * GIB - 1, 13 * GIB, 5000 * GIB];
    offsets.forEach((offset, at) => store.append(0, offset, at + 1, 0, 0, NaN));
    expect(offsets.map((_, at) => row(store, at).offset)).toEqual(offsets);
  });

  test('note the physical line every LINE_STEP rows', () => {
    const store = new RowStore();
    for (let at = 0; at < LINE_STEP * 2 + 1; at++) store.append(0, at, at * 3 + 1, 0, 0, NaN);
    expect(store.blocks[0].lines).toEqual([1, LINE_STEP * 3 + 1, LINE_STEP * 6 + 1]);
  });

  test('take 14 bytes each', () => {
    const store = new RowStore();
    for (let at = 0; at < BLOCK_ROWS; at++) store.append(0, at, 1, 0, 0, NaN);
    expect(store.bytes / store.count).toBe(14);
  });
});

describe('times', () => {
  const timesOf = (times: readonly number[]): number[] => {
    const store = new RowStore();
    times.forEach((time, at) => store.append(0, at, at + 1, 0, 0, time));
    return times.map((_, at) => row(store, at).time);
  };

  test('out of order come back to the millisecond', () => {
    const times = [NOON, NOON - 5, NOON + 86_400_001, NOON - 11 * 86_400_000, NaN, NOON + 30 * 86_400_000];
    expect(timesOf(times)).toEqual(times);
  });

  test('far apart come back to the second', () => {
    const times = [NaN, NOON + 7, NOON + 400 * 86_400_000 + 999, 0, 1500, NaN, Date.UTC(2105, 0, 1)];
    expect(timesOf(times)).toEqual([NaN, NOON, NOON + 400 * 86_400_000, 0, 1000, NaN, Date.UTC(2105, 0, 1)]);
  });

  test('that no block can hold are held at its ends, never lost', () => {
    const [, before, after] = timesOf([NOON, -5000, 1e15]);
    expect(before).toBe(0);
    expect(after).toBeGreaterThan(Date.UTC(2100, 0, 1));
  });

  test('in any order are right to the second, and missing ones stay missing', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: NOON, max: NOON + 1e9 }), fc.constant(NaN));
    fc.assert(fc.property(fc.array(time, { maxLength: 40 }), (times) => {
      timesOf(times).forEach((found, at) => {
        if (Number.isNaN(times[at])) expect(found).toBeNaN();
        else expect(Math.abs(found - times[at])).toBeLessThan(1000);
      });
    }), { numRuns: 30 });
  });
});
