import { expect, test } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Data } from '../../../src/engine/summary/data.ts';
import { scopeOf } from '../../../src/engine/summary/scope.ts';
import { rowsPerPattern } from '../../../src/engine/summary/totals.ts';
import { madeData } from './made-data.ts';

const data: Data = {
  ...madeData([{ label: 0, cells: [[0, 0, 5], [1, 1, 5]] }, { label: 1, cells: [[1, 0, 4]] }, { label: 1, cells: [[0, 1, 3]] }], ['', 'web'], 2),
  truth: { column: 'label', labels: ['a', 'b'], tooMany: false, pattern: Uint32Array.of(0, 0, 1), label: Uint8Array.of(0, 1, 1), rows: Float64Array.of(7, 3, 2) },
};
const rowsOf = (truths: readonly number[] | null, more = {}): number[] => [...rowsPerPattern(data, scopeOf(data, { ...NO_FILTER, truths, ...more }))];

test('true labels: patterns that have such rows, and just those rows of them', () => {
  expect(rowsOf(null)).toEqual([10, 4, 3]);
  expect(rowsOf([0])).toEqual([7, 0, 0]);
  expect(rowsOf([1])).toEqual([3, 2, 0]);
  expect(rowsOf([0, 1])).toEqual([10, 2, 0]);
});

test('with another condition at once never more than either alone', () => {
  expect(rowsOf([0], { sources: [1] })).toEqual([5, 0, 0]);
  expect(rowsOf([1], { sources: [1] })).toEqual([3, 2, 0]);
});
