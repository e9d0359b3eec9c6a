import { describe, expect, it } from 'vitest';
import { MAP_CAP, createMapJob, heaviest } from '../../../src/engine/cluster/map-job.ts';
import { findNearestRows } from '../../../src/engine/cluster/nearest-rows.ts';
import { PairScreen } from '../../../src/engine/cluster/pair-screen.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { drain } from '../../../src/engine/train/drain.ts';
import { finish } from './finish.ts';

const DIMS = 24;

/** `groups` far-apart groups of `each` rows, group after group. */
function grouped(groups: number, each: number): Float32Array {
  const random = createRandom(8);
  const centres = Array.from({ length: groups }, () => Float64Array.from({ length: DIMS }, () => random() - 0.5));
  return Float32Array.from({ length: groups * each * DIMS }, (_, at) => centres[Math.floor(at / DIMS / each)][at % DIMS] + 0.15 * (random() - 0.5));
}

const map = (vectors: Float32Array, seed = 42): Float64Array => finish(createMapJob(vectors, DIMS, { seed }));

describe('the map', () => {
  const vectors = grouped(6, 30);
  const points = map(vectors);

  it('is the same every time, and another with another seed', () => {
    expect(map(vectors)).toEqual(points);
    expect(map(vectors, 43)).not.toEqual(points);
  });
  it('keeps together what belongs together', () => {
    const distance = (i: number, j: number): number => Math.hypot(points[2 * i] - points[2 * j], points[2 * i + 1] - points[2 * j + 1]);
    for (let i = 0; i < 180; i += 1) {
      const others = Array.from({ length: 180 }, (_, j) => j).filter((j) => j !== i).sort((a, b) => distance(i, a) - distance(i, b));
      expect(others.slice(0, 5).map((j) => Math.floor(j / 30))).toEqual(Array(5).fill(Math.floor(i / 30)));
    }
  });
  it('tells how far it is and can be left at any time', () => {
    const job = createMapJob(vectors, DIMS, { seed: 1 });
    const first = job.step(0);
    expect(first.finished).toBe(false);
    let last = first.done;
    for (let i = 0; i < 300; i += 1) {
      const { done, total } = job.step(0);
      expect(done).toBeGreaterThanOrEqual(last);
      expect(done).toBeLessThanOrEqual(total);
      last = done;
    }
    expect(last).toBeGreaterThan(first.done);
  });
});

it.each([0, 1, 2, 3, 4, 5, 14, 15, 16, 17])('%d rows have a place each', (n) => {
  const points = map(grouped(1, 17).slice(0, n * DIMS));
  expect(points).toHaveLength(2 * n);
  expect(points.every(Number.isFinite)).toBe(true);
  expect(new Set(Array.from({ length: n }, (_, i) => `${points[2 * i]} ${points[2 * i + 1]}`)).size).toBe(n);
});

it('60 equal rows, zeros, and rows of one dimension are no trouble', () => {
  for (const vectors of [new Float32Array(60 * DIMS).fill(0.2), new Float32Array(40 * DIMS)]) expect(map(vectors).every(Number.isFinite)).toBe(true);
  expect(finish(createMapJob(Float32Array.from({ length: 40 }, (_, i) => i - 20), 1, { seed: 1 })).every(Number.isFinite)).toBe(true);
});

it('refuses more rows than it can show, and picks those with most weight', () => {
  expect(() => createMapJob(new Float32Array(MAP_CAP + 1), 1, { seed: 1 })).toThrow(RangeError);
  expect(Array.from(heaviest([5, 9, 1, 9, 7], 3))).toEqual([1, 3, 4]);
  expect(Array.from(heaviest([5, 9, 5, 5], 2))).toEqual([0, 1]);
  expect(Array.from(heaviest([5, 9], 3))).toEqual([0, 1]);
});

it('finds the nearest rows exactly', () => {
  const random = createRandom(4);
  const [n, dims, k] = [90, 50, 7];
  const vectors = Float32Array.from({ length: n * dims }, () => random() - 0.4);
  const screen = new PairScreen(vectors, dims);
  const found = drain(findNearestRows(screen, k));
  for (let i = 0; i < n; i += 1) {
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    const cosine = (j: number): number => {
      const [a, b] = [vectors.subarray(i * dims, (i + 1) * dims), vectors.subarray(j * dims, (j + 1) * dims)];
      const inner = (x: Float32Array, y: Float32Array): number => Array.from(x).reduce((sum, value, at) => sum + value * y[at], 0);
      return inner(a, b) / Math.sqrt(inner(a, a) * inner(b, b));
    };
    const wanted = others.sort((a, b) => cosine(b) - cosine(a) || a - b).slice(0, k);
    expect(Array.from(found.rows.subarray(i * k, (i + 1) * k))).toEqual(wanted);
    expect(found.cosines[i * k]).toBeCloseTo(cosine(wanted[0]), 10);
  }
});
