import type { Random } from '../train/random.ts';
import { addScaled, dot, norm } from '../train/vectors.ts';

/** Rows that stand for all: axes that are a little off screen a little less, and are never wrong. */
const SAMPLE = 1500;
const ROUNDS = 4;
/** A direction that keeps less than this of its length holds nothing but rounding. */
const SPENT = 1e-9;

/**
 * Orthonormal directions in which the rows are largest, largest first: orthogonal iteration (Golub and Van Loan,
 * Matrix Computations, 8.2.4) on the second moments of every n-th row. @param rows n × dims, finite numbers
 * @returns at most `count` axes of `dims` each, one after the other; fewer where the rows span less
 */
export function principalAxes(rows: Float32Array, dims: number, count: number, random: Random): Float64Array {
  const moments = secondMoments(rows, dims);
  let axes = orthonormal(Array.from({ length: Math.min(count, dims) }, () => Float64Array.from({ length: dims }, () => random() - 0.5)));
  for (let round = 0; round < ROUNDS; round += 1) axes = orthonormal(axes.map((axis) => multiply(moments, axis)));
  const out = new Float64Array(axes.length * dims);
  axes.forEach((axis, k) => out.set(axis, k * dims));
  return out;
}

/** Sum of x·xᵀ over the sample: dims × dims. */
function secondMoments(rows: Float32Array, dims: number): Float64Array {
  const moments = new Float64Array(dims * dims);
  const n = rows.length / dims;
  const stride = Math.max(1, Math.floor(n / SAMPLE));
  for (let row = 0; row < n; row += stride) {
    const x = rows.subarray(row * dims, (row + 1) * dims);
    for (let i = 0; i < dims; i += 1) {
      const xi = x[i];
      for (let j = 0, at = i * dims; j <= i; j += 1) moments[at + j] += xi * x[j];
    }
  }
  for (let i = 0; i < dims; i += 1) for (let j = 0; j < i; j += 1) moments[j * dims + i] = moments[i * dims + j];
  return moments;
}

function multiply(matrix: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => dot(matrix.subarray(i * x.length, (i + 1) * x.length), x));
}

/** Modified Gram–Schmidt, twice, as one pass leaves what rounding lost; directions that hold nothing new are dropped. */
function orthonormal(directions: readonly Float64Array[]): Float64Array[] {
  const axes: Float64Array[] = [];
  for (const direction of directions) {
    const axis = direction.slice();
    const before = norm(axis);
    for (let pass = 0; pass < 2; pass += 1) for (const other of axes) addScaled(axis, -dot(axis, other), other);
    const length = norm(axis);
    if (length > SPENT * before) axes.push(axis.map((value) => value / length));
  }
  return axes;
}
