import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDbscanJob } from '../../../src/engine/cluster/dbscan-job.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { finish } from './finish.ts';
import { naiveDbscan } from './naive-dbscan.ts';

interface Fixture {
  readonly dims: number;
  readonly vectors: readonly number[];
  readonly cases: readonly { readonly eps: number; readonly minSamples: number; readonly labels: readonly number[] }[];
}

/** Made by test/fixtures/cluster/make_fixture.py. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/cluster/fixture.json', import.meta.url), 'utf8')) as Fixture;
const shared = Float32Array.from(fixture.vectors);

/** Knots of rows around directions of their own, in as many dimensions as the encoder's vectors have. */
function knots(rows: number, dims: number, count: number, spread: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const centres = Array.from({ length: count }, () => Float64Array.from({ length: dims }, () => random() - 0.5));
  return Float32Array.from({ length: rows * dims }, (_, at) => centres[Math.floor(at / dims) % count][at % dims] + spread * (random() - 0.5));
}

describe('the labels of scikit-learn', () => {
  it.each(fixture.cases)('eps $eps, min_samples $minSamples', ({ eps, minSamples, labels }) => {
    expect(Array.from(finish(createDbscanJob(shared, fixture.dims, { eps, minSamples })))).toEqual(labels);
  });
});

describe('the labels of the obvious program', () => {
  it.each([[0.9, 0.2, 1], [0.9, 0.3, 4], [1.4, 0.5, 1], [1.4, 0.45, 6], [0.3, 0.2, 3]])('in 384 dimensions: spread %d, eps %d, min_samples %d', (spread, eps, minSamples) => {
    const vectors = knots(150, 384, 20, spread, 5);
    expect(Array.from(finish(createDbscanJob(vectors, 384, { eps, minSamples })))).toEqual(naiveDbscan(vectors, 384, eps, minSamples));
  });
  it('for any small set, whatever its rank', () => {
    const small = fc.record({
      dims: fc.integer({ min: 1, max: 5 }), rows: fc.integer({ min: 0, max: 14 }), eps: fc.constantFrom(0.1001, 0.3001, 0.9001, 1.5001), minSamples: fc.integer({ min: 1, max: 5 }),
      numbers: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 70, maxLength: 70 }), signs: fc.array(fc.boolean(), { minLength: 70, maxLength: 70 }),
    });
    fc.assert(fc.property(small, ({ dims, rows, eps, minSamples, numbers, signs }) => {
      const vectors = Float32Array.from({ length: dims * rows }, (_, i) => (signs[i] ? numbers[i] : -numbers[i]));
      expect(Array.from(finish(createDbscanJob(vectors, dims, { eps, minSamples })))).toEqual(naiveDbscan(vectors, dims, eps, minSamples));
    }), { numRuns: 400 });
  });
});

it('rows that are the same to the bit are neighbours at eps 0', () => {
  const vectors = knots(30, 384, 10, 0, 2).map((value) => value / 3);
  expect(Array.from(finish(createDbscanJob(vectors, 384, { eps: 0, minSamples: 3 })))).toEqual(Array.from({ length: 30 }, (_, i) => i % 10));
});

it('sees the rows from their common part, if there is one', () => {
  const far = Float32Array.from([[0, 1], [0, -1], [1, 0], [0.1, 1]].flatMap(([x, y]) => [x, y, 20]));
  const labels = (common?: number[]): number[] => Array.from(finish(createDbscanJob(far, 3, { eps: 0.2, minSamples: 1, common })));
  expect(labels()).toEqual([0, 0, 0, 0]);
  expect(labels([0, 0, 20])).toEqual([0, 1, 2, 0]);
});

it('a row of zeros has no neighbour but itself', () => {
  expect(Array.from(finish(createDbscanJob(Float32Array.of(0, 0, 1, 0, 0, 0), 2, { eps: 0.9, minSamples: 1 })))).toEqual([0, 1, 2]);
});

it('does its work in pieces that the caller asks for', () => {
  const vectors = knots(600, 32, 30, 0.8, 9);
  let time = 0;
  const job = createDbscanJob(vectors, 32, { eps: 0.2, minSamples: 3, now: () => (time += 1) });
  const shares: number[] = [];
  for (let step = job.step(4); !step.finished; step = job.step(4)) {
    expect(() => job.result()).toThrow();
    expect(step.done).toBeLessThanOrEqual(step.total);
    shares.push(step.done / step.total);
  }
  expect(shares.length).toBeGreaterThan(50);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(Array.from(job.result())).toEqual(naiveDbscan(vectors, 32, 0.2, 3));
  expect(job.step(4)).toMatchObject({ finished: true });
});

it('refuses what makes no sense', () => {
  const options = { eps: 0.2, minSamples: 1 };
  for (const [eps, minSamples] of [[-0.1, 1], [2.1, 1], [NaN, 1], [0.2, 0], [0.2, 1.5]]) expect(() => createDbscanJob(shared, fixture.dims, { eps, minSamples })).toThrow(RangeError);
  expect(() => finish(createDbscanJob(Float32Array.of(1, NaN), 2, options))).toThrow(RangeError);
  expect(() => finish(createDbscanJob(new Float32Array(5), 2, options))).toThrow(RangeError);
});

it('1,000 rows of a kind that the screen cannot tell apart take seconds, not minutes', () => {
  const random = createRandom(3);
  const vectors = Float32Array.from({ length: 1000 * 384 }, () => random() + random() + random() - 1.5);
  const started = performance.now();
  expect(new Set(finish(createDbscanJob(vectors, 384, { eps: 0.2, minSamples: 2 })))).toEqual(new Set([-1]));
  expect(performance.now() - started).toBeLessThan(10_000);
});
