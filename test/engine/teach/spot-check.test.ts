import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPOT_ROWS, apportion, clopperPearson, drawRows } from '../../../src/engine/teach/spot-check.ts';

describe('the draw', () => {
  it('takes from each category in proportion, by largest remainder', () => {
    // Quotas 31.5, 10.5, 8: one seat left, equal remainders, so the larger category has it.
    expect(apportion([63, 21, 16], 50)).toEqual([32, 10, 8]);
    expect(apportion([1_000_000, 0, 9_000_000, 3], 50)).toEqual([5, 0, 45, 0]);
    expect(apportion([3, 4], 50)).toEqual([3, 4]);
    expect(apportion([], 50)).toEqual([]);
  });

  it('draws distinct rows that exist, exactly as many as apportioned', () => {
    fc.assert(fc.property(fc.array(fc.nat(500), { maxLength: 12 }), fc.nat(), (sizes, seed) => {
      const rows = drawRows(sizes, seed);
      const total = sizes.reduce((a, b) => a + b, 0);
      expect(rows).toHaveLength(Math.min(SPOT_ROWS, total));
      expect(new Set(rows.map(({ category, row }) => `${category} ${row}`)).size).toBe(rows.length);
      for (const { category, row } of rows) expect(row >= 0 && row < sizes[category]).toBe(true);
      const quotas = sizes.map((size) => (total <= SPOT_ROWS ? size : (size / total) * SPOT_ROWS));
      sizes.forEach((_, at) => expect(Math.abs(rows.filter(({ category }) => category === at).length - quotas[at])).toBeLessThan(1));
    }));
  });

  it('is the same for the same seed, and another for another', () => {
    expect(drawRows([1e6, 2e6], 7)).toEqual(drawRows([1e6, 2e6], 7));
    expect(drawRows([1e6, 2e6], 7)).not.toEqual(drawRows([1e6, 2e6], 8));
  });

  it('gives every row the same chance', () => {
    const seen = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 4000; seed++) for (const { row } of drawRows([10], seed, 3)) seen[row]++;
    // 1200 each are expected, with a deviation of 29.
    for (const count of seen) expect(Math.abs(count - 1200)).toBeLessThan(145);
  });
});

describe('the interval', () => {
  // By exact rational arithmetic; with k = 0 or n in closed form.
  it.each([
    [48, 50, 0.8628624, 0.9951186], [50, 50, 0.9288783, 1], [0, 50, 0, 0.0711217], [5, 10, 0.187086, 0.812914],
    [0, 10, 0, 0.3084971], [10, 10, 0.6915029, 1], [0, 0, 0, 1],
  ])('of %i in %i is exact', (k, n, low, high) => {
    const interval = clopperPearson(k, n);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  it('leaves 2.5 % on each side', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (n, some) => {
      const k = Math.min(n, some);
      const { low, high } = clopperPearson(k, n);
      expect(low).toBeLessThanOrEqual(k / n);
      expect(high).toBeGreaterThanOrEqual(k / n);
      expect(clopperPearson(n - k, n).low).toBeCloseTo(1 - high, 9);
    }));
  });
});
