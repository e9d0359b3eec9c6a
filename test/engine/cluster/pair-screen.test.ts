import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairScreen } from '../../../src/engine/cluster/pair-screen.ts';
import { principalAxes } from '../../../src/engine/cluster/principal-axes.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

const rows = fc.record({ n: fc.integer({ min: 1, max: 12 }), dims: fc.integer({ min: 1, max: 70 }), seed: fc.integer(), size: fc.constantFrom(1e-20, 1, 1e6), same: fc.boolean() });

it('a bound is never below the cosine, and not far above it where the axes span everything', () => {
  fc.assert(fc.property(rows, ({ n, dims, seed, size, same }) => {
    const random = createRandom(seed);
    const vectors = Float32Array.from({ length: n * dims }, () => size * (same ? 1 : random() - 0.5));
    const screen = new PairScreen(vectors, dims);
    for (let i = 0; i < n; i += 1) {
      screen.bound(i, i, i, i, n);
      for (let j = 0; j < n; j += 1) {
        const cosine = screen.cosine(i, j);
        expect(screen.bounds[j]).toBeGreaterThanOrEqual(cosine);
        if (n <= dims && n <= 12 && dims <= 32) expect(screen.bounds[j]).toBeLessThan(cosine + 1e-3);
      }
    }
  }), { numRuns: 150 });
});

it('axes are orthonormal and point where the rows are largest', () => {
  const random = createRandom(6);
  const dims = 20;
  // Along axis 3 the rows are ten times as large as along the others.
  const vectors = Float32Array.from({ length: 500 * dims }, (_, at) => (random() - 0.5) * (at % dims === 3 ? 10 : 1));
  const axes = principalAxes(vectors, dims, 5, createRandom(1));
  expect(axes).toHaveLength(5 * dims);
  for (let a = 0; a < 5; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      let inner = 0;
      for (let i = 0; i < dims; i += 1) inner += axes[a * dims + i] * axes[b * dims + i];
      expect(inner).toBeCloseTo(a === b ? 1 : 0, 12);
    }
  }
  expect(Math.abs(axes[3])).toBeGreaterThan(0.99);
});
