import { describe, expect, it } from 'vitest';
import { largest, quantiseRows } from '../../../src/engine/classify/neighbour/byte-rows.ts';
import { findNearest, neighbourProbabilities } from '../../../src/engine/classify/neighbour/nearest.ts';
import { projectNeighbours, readNeighbours, writeNeighbours } from '../../../src/engine/classify/neighbour/neighbours.ts';
import { project } from '../../../src/engine/classify/neighbour/project.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

const DIMS = 25;
const random = createRandom(5);
const unit = (): Float32Array => {
  const raw = Float32Array.from({ length: DIMS }, () => random() - 0.5);
  const length = Math.hypot(...raw);
  return raw.map((x) => x / length);
};
const vectors = Array.from({ length: 201 }, unit);
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
/** Along the axes nothing is lost. */
const axes = quantiseRows(Array.from({ length: DIMS }, (_, i) => Array.from({ length: DIMS }, (_, j) => (i === j ? 1 : 0))), DIMS);
const stored = projectNeighbours(vectors, axes, vectors[0]);

describe('rows in bytes', () => {
  it('are off by half a step at most', () => {
    const { steps, scales } = quantiseRows(vectors, DIMS);
    vectors.forEach((vector, row) => vector.forEach((x, i) => expect(Math.abs(steps[row * DIMS + i] * scales[row] - x)).toBeLessThanOrEqual((largest(vector) / 127) * 0.501)));
  });

  it('may be nothing but zeros', () => {
    expect([...quantiseRows([[0, 0]], 2).steps]).toEqual([0, 0]);
  });
});

it('a vector seen along directions has length 1, or stays 0', () => {
  const directions = quantiseRows([[1, 0, 0], [0, 0.6, 0.8]], 3);
  const seen = project(directions, [3, 4 * 0.6, 4 * 0.8]);
  expect(seen[0]).toBeCloseTo(0.6, 2);
  expect(seen[1]).toBeCloseTo(0.8, 2);
  expect(Math.hypot(...seen)).toBeCloseTo(1, 12);
  expect([...project(directions, [0, 0, 0])]).toEqual([0, 0]);
});

describe('nearest labelled examples', () => {
  it('agrees with cosines computed the slow way, within what a byte loses', () => {
    for (let round = 0; round < 20; round++) {
      const query = unit();
      const { rows, cosines } = findNearest(query, stored, 5);
      const best = vectors.map((vector) => cosine(query, vector)).sort((a, b) => b - a);
      rows.forEach((row, at) => {
        expect(cosines[at]).toBeCloseTo(cosine(query, vectors[row]), 1.8);
        expect(Math.abs(cosine(query, vectors[row]) - best[at])).toBeLessThan(0.02);
      });
      expect([...cosines]).toEqual([...cosines].sort((a, b) => b - a));
    }
  });

  it('finds each stored text itself', () => {
    vectors.forEach((vector, row) => expect(findNearest(vector, stored, 1).rows[0]).toBe(row));
  });

  it('looks along the directions only', () => {
    const flat = quantiseRows([[1, 0, 0], [0, 1, 0]], 3);
    const two = projectNeighbours([[0.1, 0, 0.99], [0.6, 0.8, 0]], flat, new Float32Array(3));
    const { rows, cosines } = findNearest([0.9, 0.1, 0.4], two, 2);
    expect([...rows]).toEqual([0, 1]);
    expect(cosines[0]).toBeCloseTo(0.9 / Math.hypot(0.9, 0.1), 2);
  });

  it('breaks ties by row and gives fewer where there are fewer', () => {
    const same = projectNeighbours([vectors[0], vectors[1], vectors[1]], axes, vectors[0]);
    expect([...findNearest(vectors[1], same, 20).rows]).toEqual([1, 2, 0]);
  });

  it('votes with most weight on the nearest', () => {
    const votes = neighbourProbabilities({ rows: Int32Array.of(0, 1, 2), cosines: Float32Array.of(0.9, 0.7, 0.65) }, [2, 1, 1], 4);
    expect(votes.indexOf(Math.max(...votes))).toBe(2);
    expect(votes.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });
});

describe('file of neighbours', () => {
  const written = writeNeighbours(stored);
  const changed = (at: number): Uint8Array => written.map((byte, i) => (i === at ? byte ^ 1 : byte));

  it('comes back as written, from anywhere in a buffer', () => {
    expect(readNeighbours(written, vectors.length, DIMS)).toEqual(stored);
    const moved = new Uint8Array(written.length + 3);
    moved.set(written, 3);
    expect(readNeighbours(moved.subarray(3), vectors.length, DIMS)).toEqual(stored);
  });

  it.each([
    ['is cut', written.subarray(0, -1)],
    ['is shorter than its head', written.subarray(0, 9)],
    ['is something else', changed(0)],
    ['is of another version', changed(4)],
    ['holds another number of messages', changed(8)],
    ['has another number of directions', changed(12)],
    ['is of another encoder', changed(16)],
  ])('is refused where it %s', (_, bytes) => {
    expect(() => readNeighbours(bytes, vectors.length, DIMS)).toThrow(/does not fit/);
  });

  it('is refused beside a list of labels of another length', () => {
    expect(() => readNeighbours(written, vectors.length + 1, DIMS)).toThrow(/does not fit/);
  });
});
