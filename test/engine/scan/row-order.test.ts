import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowStore } from '../../../src/engine/patterns/row-store.ts';
import { byTime, isOutOfOrder } from '../../../src/engine/scan/row-order.ts';

const NOON = Date.UTC(2025, 2, 14, 12);
const YEAR = 31_536_000_000;

/** Rows of several files; null: no time. */
function storeOf(files: readonly (readonly (number | null)[])[]): RowStore {
  const store = new RowStore();
  files.forEach((times, file) => times.forEach((time, at) => store.append(file, at * 10, at + 1, 0, 0, time ?? NaN)));
  return store;
}

/** As the contract says it, slowly. */
function slowly(files: readonly (readonly (number | null)[])[], rows: Uint32Array): number[] {
  const keys = files.flatMap((times) => {
    let time = times.find((one) => one !== null) ?? Infinity;
    return times.map((own) => (time = own ?? time));
  });
  return [...rows].sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] - keys[b]));
}

test('several files are merged by time, rows without one after those that they follow', () => {
  const store = storeOf([[NOON, null, NOON + 3000], [NOON + 1000, NOON + 2000, null, null, NOON + 4000], [null, null]]);
  expect([...byTime(store, Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))]).toEqual([0, 1, 3, 4, 5, 6, 2, 7, 8, 9]);
  // A row keeps its place when the one that it follows is not shown.
  expect([...byTime(store, Uint32Array.of(1, 2, 3, 6))]).toEqual([1, 3, 6, 2]);
});

test('what is in order is given back as it is', () => {
  const rows = Uint32Array.of(0, 1, 2, 3);
  expect(byTime(storeOf([[NOON, null, NOON], [NOON + 1]]), rows)).toBe(rows);
  expect(byTime(new RowStore(), new Uint32Array(0)).length).toBe(0);
  expect(isOutOfOrder(storeOf([[NOON, null, NOON], [NOON + 1]]))).toBe(false);
  expect(isOutOfOrder(storeOf([[NOON, NOON - 1]]))).toBe(true);
  expect(isOutOfOrder(storeOf([[NOON + 1], [null, NOON]]))).toBe(true);
});

test('is the order of a stable sort, within seconds and over centuries', () => {
  // Times of one block that lie weeks apart are kept by the second.
  const within = (most: number, step: number) => fc.array(fc.array(fc.oneof({ weight: 5, arbitrary: fc.nat(most).map((n) => NOON + n * step) }, fc.constant(null)), { maxLength: 60 }), { maxLength: 5 });
  const files = fc.oneof(within(5, 1), within(2000, 1), within(100_000, 1), within(80 * 365, YEAR / 365 - 0));
  fc.assert(fc.property(files, fc.infiniteStream(fc.boolean()), (made, kept) => {
    const count = made.reduce((sum, { length }) => sum + length, 0);
    const rows = Uint32Array.from({ length: count }, (_, row) => row).filter(() => kept.next().value === true);
    expect([...byTime(storeOf(made), rows)]).toEqual(slowly(made, rows));
  }), { numRuns: 300 });
});

test('millions of rows are sorted in about a second', () => {
  const store = new RowStore();
  const ROWS = 1_000_000;
  for (let row = 0; row < ROWS; row++) store.append(row < ROWS / 2 ? 0 : 1, (row % (ROWS / 2)) * 100, row + 1, 0, 0, NOON + ((row * 7919) % ROWS) * 40);
  const began = performance.now();
  const order = byTime(store, Uint32Array.from({ length: ROWS }, (_, row) => row));
  // A bound that only a wrong growth breaks: this takes about 60 ms.
  expect(performance.now() - began).toBeLessThan(3000);
  const time = (row: number): number => (row * 7919) % ROWS;
  for (let at = 1; at < ROWS; at++) if (time(order[at]) < time(order[at - 1])) throw new Error(`row ${order[at]} stands too late`);
});
