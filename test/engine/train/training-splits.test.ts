import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/engine/train/random.ts';
import { groupedRounds, rowRounds } from '../../../src/engine/train/training-splits.ts';
import { roundsData as data } from '../../../training/sklearn/rounds.ts';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('grouped', () => {
  const rounds = groupedRounds(data, 5, createRandom(1));

  test('every row is tested once, and no pattern in two rounds', () => {
    data.rows.forEach((rows, i) => expect(sum(rounds.map((round) => round[i]))).toBe(rows));
    const homes = new Map<number, Set<number>>();
    rounds.forEach((round, r) => round.forEach((tested, i) => {
      if (tested > 0) homes.set(data.pattern[i], (homes.get(data.pattern[i]) ?? new Set()).add(r));
    }));
    expect([...homes.values()].every((home) => home.size === 1)).toBe(true);
  });

  test('every round tests every class of enough patterns', () => {
    for (const round of rounds) for (const label of data.classes.keys()) expect(sum(round.filter((_, i) => data.label[i] === label))).toBeGreaterThan(0);
  });

  test('a rare class is spread', () => {
    const few = { pattern: Uint32Array.of(0, 1, 2, 3, 4, 5), label: Uint8Array.of(0, 0, 0, 0, 1, 1), rows: Float64Array.of(90, 5, 5, 5, 1, 1) };
    const two = groupedRounds(few, 2, createRandom(1));
    expect(two.map((round) => round[4] + round[5])).toEqual([1, 1]);
  });

  test('too few patterns', () => expect(() => groupedRounds({ ...data, pattern: data.pattern.map(() => 3) }, 2, createRandom(1))).toThrow(RangeError));
});

test('by row: every row is tested once, rounds are of one size, and large patterns are on both sides', () => {
  const rounds = rowRounds(data, 5, createRandom(1));
  data.rows.forEach((rows, i) => expect(sum(rounds.map((round) => round[i]))).toBe(rows));
  const sizes = rounds.map(sum);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  data.rows.forEach((rows, i) => {
    if (rows >= 5) expect(rounds.every((round) => round[i] > 0 && round[i] < rows)).toBe(true);
  });
  expect(rowRounds(data, 5, createRandom(2))).not.toEqual(rounds);
  expect(rowRounds(data, 5, createRandom(1))).toEqual(rounds);
});
