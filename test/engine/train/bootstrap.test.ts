import { expect, test } from 'vitest';
import { bootstrap, quantile } from '../../../src/engine/train/bootstrap.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

const mean = (values: readonly number[]) => (drawn: Int32Array): number[] => [values.reduce((sum, value, unit) => sum + value * drawn[unit], 0) / values.length];

test('two units worked out by hand: means 0, ½ and 1 occur in ¼, ½ and ¼ of the samples', () => {
  const seen = new Map<number, number>();
  const count = (drawn: Int32Array): number[] => {
    const [value] = mean([0, 1])(drawn);
    seen.set(value, (seen.get(value) ?? 0) + 1);
    return [value];
  };
  expect(bootstrap(2, count, createRandom(1), { resamples: 4000 })).toEqual([[0, 1]]);
  expect(bootstrap(2, mean([0, 1]), createRandom(1), { level: 0.4 })).toEqual([[0.5, 0.5]]);
  for (const [value, share] of [[0, 0.25], [0.5, 0.5], [1, 0.25]]) expect((seen.get(value) ?? 0) / 4000).toBeCloseTo(share, 1);
});

test('the interval of a mean of many is that of the normal distribution', () => {
  const values = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 0 : 1));
  const [[low, high]] = bootstrap(values.length, mean(values), createRandom(3), { resamples: 4000 });
  const half = 1.96 * Math.sqrt((0.8 * 0.2) / 400);
  expect(low).toBeCloseTo(0.8 - half, 2);
  expect(high).toBeCloseTo(0.8 + half, 2);
});

test('every sample draws as many units as there are, and the same seed gives the same intervals', () => {
  const sums = new Set<number>();
  const both = (drawn: Int32Array): number[] => {
    sums.add(drawn.reduce((a, b) => a + b, 0));
    return [drawn[0], drawn[1] / 7];
  };
  const intervals = bootstrap(7, both, createRandom(5), { resamples: 50 });
  expect([...sums]).toEqual([7]);
  expect(intervals).toHaveLength(2);
  expect(bootstrap(7, both, createRandom(5), { resamples: 50 })).toEqual(intervals);
  expect(bootstrap(7, both, createRandom(6), { resamples: 50 })).not.toEqual(intervals);
  expect(bootstrap(0, both, createRandom(5))).toEqual([]);
});

// numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.975, 1]) by its definition: places 0, 0.3, 1.5, 2.925 and 3.
test('quantiles between values', () => {
  expect([0, 0.1, 0.5, 0.975, 1].map((share) => Number(quantile([1, 2, 4, 8], share).toFixed(9)))).toEqual([1, 1.3, 3, 7.7, 8]);
});
