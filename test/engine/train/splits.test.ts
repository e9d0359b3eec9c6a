import { expect, test } from 'vitest';
import { createRandom } from '../../../src/engine/train/random.ts';
import { groupedKFold, leaveOneGroupOut } from '../../../src/engine/train/splits.ts';

const random = createRandom(11);
const groups = Array.from({ length: 500 }, () => `group ${Math.floor(random() ** 2 * 40)}`);

test.each([
  ['groupedKFold', groupedKFold(groups, 5, createRandom(1))],
  ['leaveOneGroupOut', leaveOneGroupOut(groups)],
])('%s: every row is tested once, and no group is on both sides', (_, folds) => {
  expect(folds.flatMap(({ test: rows }) => Array.from(rows)).sort((a, b) => a - b)).toEqual(groups.map((__, i) => i));
  for (const { train, test: tested } of folds) {
    expect(train.length + tested.length).toBe(groups.length);
    const known = new Set(Array.from(train, (row) => groups[row]));
    expect(Array.from(tested).some((row) => known.has(groups[row]))).toBe(false);
  }
});

test('folds are of about the same size, and the seed decides which', () => {
  const folds = groupedKFold(groups, 5, createRandom(1));
  const sizes = folds.map(({ test: rows }) => rows.length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(25);
  expect(groupedKFold(groups, 5, createRandom(1))).toEqual(folds);
  const pairs = Array.from({ length: 60 }, (_, i) => i >> 1);
  expect(groupedKFold(pairs, 5, createRandom(2))).not.toEqual(groupedKFold(pairs, 5, createRandom(3)));
});

test('names the group left out', () => {
  expect(leaveOneGroupOut(['b', 'a', 'b'])).toEqual([
    { name: 'b', train: Int32Array.of(1), test: Int32Array.of(0, 2) },
    { name: 'a', train: Int32Array.of(0, 2), test: Int32Array.of(1) },
  ]);
});

test('refuses more folds than groups', () => {
  expect(() => groupedKFold(['a', 'a', 'b'], 3, random)).toThrow(RangeError);
  expect(() => leaveOneGroupOut(['a', 'a'])).toThrow(RangeError);
});
