import { largest } from './byte-rows.ts';
import type { ByteRows } from './byte-rows.ts';
import type { Neighbours } from './neighbours.ts';
import { project } from './project.ts';

export interface Nearest {
  /** Rows of the corpus, nearest first; ties by row. */
  readonly rows: Int32Array;
  /** Cosine to each. */
  readonly cosines: Float32Array;
}

/** How many labelled examples vote. */
export const NEAREST = 20;

/**
 * The labelled examples with the largest cosine, both seen along the stored directions. The query is rounded to 16 bits first:
 * integer products are exact, so the outcome is the same in every browser. @param query as the encoder gives it
 */
export function findNearest(query: ArrayLike<number>, { directions, messages }: Neighbours, k = NEAREST): Nearest {
  const seen = project(directions, query);
  const step = largest(seen) / 32767 || 1;
  const products = multiply(messages, Int32Array.from(seen, (x) => Math.round(x / step)));
  const rows = new Int32Array(k).fill(-1);
  const cosines = new Float32Array(k).fill(-Infinity);
  for (let row = 0; row < messages.count; row++) {
    const cosine = Math.fround(products[row] * step * messages.scales[row]);
    if (cosine > cosines[k - 1]) insert(rows, cosines, row, cosine);
  }
  const found = rows.indexOf(-1);
  return found < 0 ? { rows, cosines } : { rows: rows.slice(0, found), cosines: cosines.slice(0, found) };
}

/**
 * Products of whole numbers with each row. 500 products of 127 × 32767 stay below 2^31. Two rows and two numbers of each at a
 * time: four sums that do not wait for one another take half as long as one.
 */
function multiply({ count, dims, steps }: ByteRows, query: Int32Array): Int32Array {
  const products = new Int32Array(count);
  const even = dims - (dims % 2);
  for (let row = 0; row < count; row += 2) {
    const a = row * dims, next = Math.min(row + 1, count - 1), b = next * dims;
    let a0 = 0, a1 = 0, b0 = 0, b1 = 0;
    for (let i = 0; i < even; i += 2) {
      const x = query[i], y = query[i + 1];
      a0 = (a0 + Math.imul(x, steps[a + i])) | 0;
      b0 = (b0 + Math.imul(x, steps[b + i])) | 0;
      a1 = (a1 + Math.imul(y, steps[a + i + 1])) | 0;
      b1 = (b1 + Math.imul(y, steps[b + i + 1])) | 0;
    }
    if (even < dims) {
      a0 += query[even] * steps[a + even];
      b0 += query[even] * steps[b + even];
    }
    products[row] = a0 + a1;
    products[next] = b0 + b1;
  }
  return products;
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
