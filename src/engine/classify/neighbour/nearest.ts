import type { Neighbours } from './neighbours.ts';

export interface Nearest {
  /** Rows of the corpus, nearest first; ties by row. */
  readonly rows: Int32Array;
  /** Cosine to each. */
  readonly cosines: Float32Array;
}

/** How many labelled examples vote. */
export const NEAREST = 20;

/**
 * The labelled examples with the largest cosine. The query is rounded to 16 bits first: integer products are exact,
 * so the outcome is the same in every browser. @param skip rows that may not answer (training leaves out a query's family)
 */
export function findNearest(query: Float32Array, { count, dims, steps, scales }: Neighbours, k = NEAREST, skip?: Uint8Array): Nearest {
  const peak = query.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  // 384 products of 127 × 4095 stay below 2^31.
  const step = peak / 4095;
  const rounded = Int32Array.from(query, (x) => Math.round(x / step));
  const rows = new Int32Array(k).fill(-1);
  const cosines = new Float32Array(k).fill(-Infinity);
  for (let row = 0, at = 0; row < count; row++, at += dims) {
    if (skip !== undefined && skip[row] === 1) continue;
    let sum = 0;
    for (let i = 0; i < dims; i++) sum = (sum + Math.imul(rounded[i], steps[at + i])) | 0;
    const cosine = Math.fround(sum * step * scales[row]);
    if (cosine > cosines[k - 1]) insert(rows, cosines, row, cosine);
  }
  const found = rows.indexOf(-1);
  return found < 0 ? { rows, cosines } : { rows: rows.slice(0, found), cosines: cosines.slice(0, found) };
}

function insert(rows: Int32Array, cosines: Float32Array, row: number, cosine: number): void {
  let at = rows.length - 1;
  while (at > 0 && cosines[at - 1] < cosine) {
    rows[at] = rows[at - 1];
    cosines[at] = cosines[at - 1];
    at--;
  }
  rows[at] = row;
  cosines[at] = cosine;
}

/** How fast an example's say falls with its distance behind the nearest one. */
const WIDTH = 0.05;
/** Share spread over all classes: twenty examples are no proof. */
const DOUBT = 0.02;

/** Probability of each class from the labels of the nearest examples. */
export function neighbourProbabilities({ rows, cosines }: Nearest, labels: ArrayLike<number>, classes: number): Float32Array {
  const probabilities = new Float32Array(classes);
  if (rows.length === 0) return probabilities.fill(1 / classes);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const say = Math.exp((cosines[i] - cosines[0]) / WIDTH);
    probabilities[labels[rows[i]]] += say;
    total += say;
  }
  return probabilities.map((p) => (1 - DOUBT) * (p / total) + DOUBT / classes);
}
