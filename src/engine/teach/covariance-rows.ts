import type { Point } from './kernel.ts';
import { CovarianceRow, covariance } from './kernel.ts';
import type { PatternsPut } from './patterns-put.ts';

interface Row {
  readonly point: Point;
  values: Float32Array;
  /** How many of the patterns' changes are in it. */
  seen: number;
}

/** Rows kept take at most so many bytes; beyond that the least recently used ones are worked out again. */
const MOST_BYTES = 1 << 27;

/** Covariances of lessons with all patterns, kept from refit to refit: a new lesson costs one row. */
export class CovarianceRows {
  private readonly maker = new CovarianceRow();
  /** In the order of their last use. */
  private readonly kept = new Map<string, Row>();

  /** By place among `put`. Valid until the next call of `put`. */
  of(key: string, point: Point, put: PatternsPut): Float32Array {
    let row = this.kept.get(key);
    this.kept.delete(key);
    if (row === undefined || !same(row.point, point)) row = { point, values: new Float32Array(put.count), seen: -1 };
    if (row.values.length < put.count) {
      const longer = new Float32Array(put.count);
      longer.set(row.values);
      row.values = longer;
    }
    if (row.seen < 0) this.maker.fill(point, put.points, put.points.keys(), row.values);
    else if (row.seen < put.changes.length) this.maker.fill(point, put.points, put.changes.slice(row.seen), row.values);
    row.seen = put.changes.length;
    this.kept.set(key, row);
    while (this.kept.size * put.count * 4 > MOST_BYTES && this.kept.size > 1) this.kept.delete([...this.kept.keys()][0]);
    return row.values;
  }

  /** Covariances of the pattern at one place with those at others; -1 is no place and shares nothing. */
  among(put: PatternsPut, place: number, others: readonly number[]): Float32Array {
    const point = put.points[place];
    return Float32Array.from(others, (other) => (place < 0 || other < 0 ? 0 : covariance(point, put.points[other])));
  }
}

function same(a: Point, b: Point): boolean {
  if (a.vector === b.vector) return true;
  return a.vector !== null && b.vector !== null && a.vector.length === b.vector.length && a.vector.every((value, i) => value === b.vector?.[i]);
}
