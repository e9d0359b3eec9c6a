import { describe, expect, it } from 'vitest';
import { findNearest } from '../../../src/engine/classify/neighbour/nearest.ts';
import { writeNeighbours } from '../../../src/engine/classify/neighbour/neighbours.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { fitNeighbours } from '../../../training/classify/fit-neighbours.ts';

const DIMS = 12, ROWS = 300;
const random = createRandom(11);
/** Three directions that are not the axes hold nearly all; the rest is noise. */
const basis = Array.from({ length: 3 }, () => Array.from({ length: DIMS }, () => random() - 0.5));
const vectors = new Float32Array(ROWS * DIMS);
for (let row = 0; row < ROWS; row += 1) {
  const parts = [2, 1, 0.7].map((size) => size * (random() - 0.2));
  const raw = Array.from({ length: DIMS }, (_, i) => basis.reduce((sum, direction, at) => sum + parts[at] * direction[i], 0.01 * (random() - 0.5)));
  raw.forEach((x, i) => { vectors[row * DIMS + i] = x / Math.hypot(...raw); });
}
const rowOf = (row: number): Float32Array => vectors.subarray(row * DIMS, (row + 1) * DIMS);
const cosine = (a: number, b: number): number => rowOf(a).reduce((sum, x, i) => sum + x * rowOf(b)[i], 0);

describe('neighbours in few directions', () => {
  const fitted = fitNeighbours(vectors, DIMS, 3);

  it('keep the cosines that the whole vectors have', () => {
    for (let row = 0; row < ROWS; row += 1) {
      const { rows, cosines } = findNearest(rowOf(row), fitted, 5);
      rows.forEach((other, at) => expect(Math.abs(cosines[at] - cosine(row, other))).toBeLessThan(0.02));
    }
  });

  it('have directions at right angles whose largest number is positive', () => {
    const { steps, scales, count } = fitted.directions;
    const directions = Array.from({ length: count }, (_, at) => Array.from(steps.subarray(at * DIMS, (at + 1) * DIMS), (step) => step * scales[at]));
    directions.forEach((a, i) => {
      expect(Math.max(...a)).toBe(Math.max(...a.map(Math.abs)));
      directions.forEach((b, j) => expect(a.reduce((sum, x, at) => sum + x * b[at], 0)).toBeCloseTo(i === j ? 1 : 0, 1));
    });
  });

  it('hold the mean of the whole vectors', () => {
    fitted.mean.forEach((value, i) => {
      let sum = 0;
      for (let row = 0; row < ROWS; row += 1) sum += rowOf(row)[i];
      expect(value).toBeCloseTo(sum / ROWS, 6);
    });
  });

  it('are the same to the byte when fitted again, and no more than there are dimensions', () => {
    expect(writeNeighbours(fitNeighbours(vectors.slice(), DIMS, 3))).toEqual(writeNeighbours(fitted));
    expect(fitNeighbours(vectors, DIMS).directions.count).toBe(DIMS);
  });
});
