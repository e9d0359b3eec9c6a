import { createRandom } from '../train/random.ts';
import { principalAxes } from './principal-axes.ts';

/** Directions in which pairs are compared first. More sort out more pairs, but cost more for each: 32 of 384 leave 3.5 % of real ones at cosine 0.8. */
const AXES = 32;
/** Any seed does: which axes are found changes the time taken, never an answer. */
const SEED = 1;
/** Far above what sums of 64-bit floats of this length lose, far below what matters to a cosine. */
const SLACK = 1e-9;
/** Rows compared at once: what is read of the other row is then used four times. */
export const QUAD = 4;

/**
 * Cosines of pairs of rows, with a cheap upper bound that spares most of them. A row x is split into its part h in a
 * few principal directions and the rest r. As |r·s| ≤ |r||s| (Cauchy–Schwarz), x·y ≤ h·k + |r||s|: the inner product
 * of `reach` rows (h, |r|) is never below the cosine.
 */
export class PairScreen {
  /** Number of rows. */
  readonly n: number;
  /** Upper bounds that `bound` has left: of the r-th of its rows and row j at r × n + j. */
  readonly bounds: Float64Array;
  private readonly vectors: Float32Array;
  private readonly dims: number;
  private readonly width: number;
  private readonly reach: Float64Array;
  /** 1 ÷ length of each row; 0 for a row of zeros, whose cosine with all others is then 0. */
  private readonly scale: Float64Array;

  /** @param vectors n × dims; lengths do not matter. @throws RangeError where a number is not finite or the size does not fit */
  constructor(vectors: Float32Array, dims: number) {
    checkVectors(vectors, dims);
    this.n = vectors.length / dims;
    this.vectors = vectors;
    this.dims = dims;
    const axes = principalAxes(vectors, dims, AXES, createRandom(SEED));
    this.width = axes.length / dims + 1;
    this.reach = new Float64Array(this.n * this.width);
    this.scale = new Float64Array(this.n);
    this.bounds = new Float64Array(QUAD * this.n);
    for (let row = 0; row < this.n; row += 1) this.project(row, axes);
  }

  private project(row: number, axes: Float64Array): void {
    const x = this.vectors.subarray(row * this.dims, (row + 1) * this.dims);
    const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) return;
    const at = row * this.width;
    let rest = 1;
    for (let k = 0; k + 1 < this.width; k += 1) {
      let along = 0;
      for (let i = 0, axis = k * this.dims; i < this.dims; i += 1) along += axes[axis + i] * x[i];
      this.reach[at + k] = along / length;
      rest -= this.reach[at + k] ** 2;
    }
    this.reach[at + this.width - 1] = Math.sqrt(Math.max(0, rest));
    this.scale[row] = 1 / length;
  }

  /** The cosine itself, always summed in the same order: equal rows give equal answers everywhere. */
  cosine(i: number, j: number): number {
    const { vectors, dims } = this;
    const whole = dims - (dims % 4);
    let p = i * dims;
    let q = j * dims;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (const end = p + whole; p < end; p += 4, q += 4) {
      a += vectors[p] * vectors[q];
      b += vectors[p + 1] * vectors[q + 1];
      c += vectors[p + 2] * vectors[q + 2];
      d += vectors[p + 3] * vectors[q + 3];
    }
    for (let left = dims - whole; left > 0; left -= 1, p += 1, q += 1) a += vectors[p] * vectors[q];
    return (a + b + (c + d)) * (this.scale[i] * this.scale[j]);
  }

  /** Upper bounds of four rows (some may be the same) with rows 0 … to − 1. */
  bound(first: number, second: number, third: number, fourth: number, to: number): void {
    const { reach, width, bounds, n } = this;
    const [p, q, r, s] = [first * width, second * width, third * width, fourth * width];
    for (let j = 0, at = 0; j < to; j += 1) {
      let a = SLACK;
      let b = SLACK;
      let c = SLACK;
      let d = SLACK;
      for (let k = 0; k < width; k += 1, at += 1) {
        const y = reach[at];
        a += reach[p + k] * y;
        b += reach[q + k] * y;
        c += reach[r + k] * y;
        d += reach[s + k] * y;
      }
      bounds[j] = a;
      bounds[n + j] = b;
      bounds[2 * n + j] = c;
      bounds[3 * n + j] = d;
    }
  }
}

function checkVectors(vectors: Float32Array, dims: number): void {
  if (!Number.isInteger(dims) || dims < 1 || vectors.length % dims !== 0) throw new RangeError(`${vectors.length} numbers are not rows of ${dims}`);
  for (let i = 0; i < vectors.length; i += 1) if (!Number.isFinite(vectors[i])) throw new RangeError(`row ${Math.floor(i / dims)} holds a number that is not finite`);
}

/**
 * Hands every pair j < i whose bound reaches `limit(i, j)` to `meet`, in order of i, then j. Yields the pairs done so
 * far after each four rows.
 */
export function* eachNearPair(screen: PairScreen, limit: (i: number, j: number) => number, meet: (i: number, j: number) => void): Generator<number, void> {
  const { n, bounds } = screen;
  for (let first = 0; first < n; first += QUAD) {
    const last = Math.min(first + QUAD, n) - 1;
    screen.bound(first, Math.min(first + 1, last), Math.min(first + 2, last), last, last);
    for (let i = first; i <= last; i += 1) {
      const row = (i - first === last - first ? QUAD - 1 : i - first) * n;
      for (let j = 0; j < i; j += 1) if (bounds[row + j] >= limit(i, j)) meet(i, j);
    }
    yield ((last + 1) * last) / 2;
  }
}
