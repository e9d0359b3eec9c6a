import { describe, expect, it } from 'vitest';
import { findNearest, neighbourProbabilities } from '../../../src/engine/classify/neighbour/nearest.ts';
import { quantiseVectors, readNeighbours, writeNeighbours } from '../../../src/engine/classify/neighbour/neighbours.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

const DIMS = 24;
const random = createRandom(5);
const unit = (): Float32Array => {
  const raw = Float32Array.from({ length: DIMS }, () => random() - 0.5);
  const length = Math.hypot(...raw);
  return raw.map((x) => x / length);
};
const vectors = Array.from({ length: 200 }, unit);
const stored = quantiseVectors(vectors);
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

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

  it('finds a stored text itself, unless it may not answer', () => {
    expect(findNearest(vectors[17], stored, 1).rows[0]).toBe(17);
    const skip = new Uint8Array(vectors.length);
    skip[17] = 1;
    expect(findNearest(vectors[17], stored, 1, skip).rows[0]).not.toBe(17);
  });

  it('breaks ties by row and gives fewer where there are fewer', () => {
    const same = quantiseVectors([vectors[0], vectors[1], vectors[1]]);
    expect([...findNearest(vectors[1], same, 20).rows]).toEqual([1, 2, 0]);
  });

  it('votes with most weight on the nearest', () => {
    const votes = neighbourProbabilities({ rows: Int32Array.of(0, 1, 2), cosines: Float32Array.of(0.9, 0.7, 0.65) }, [2, 1, 1], 4);
    expect(votes.indexOf(Math.max(...votes))).toBe(2);
    expect(votes.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });
});

describe('file of neighbours', () => {
  it('comes back as written', () => {
    expect(readNeighbours(writeNeighbours(stored), stored.count, DIMS)).toEqual(stored);
  });

  it('is refused where its length does not fit', () => {
    expect(() => readNeighbours(writeNeighbours(stored).subarray(1), stored.count, DIMS)).toThrow(/does not fit/);
  });
});
