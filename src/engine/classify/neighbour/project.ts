import type { ByteRows } from './byte-rows.ts';

/**
 * A vector seen along a few directions, at length 1 (0 stays 0). One product and one sum at a time in 64 bits, always in
 * the same order: the outcome is the same to the bit in every browser. @param vector `directions.dims` numbers
 */
export function project({ count, dims, steps, scales }: ByteRows, vector: ArrayLike<number>): Float64Array {
  const seen = new Float64Array(count);
  let square = 0;
  for (let row = 0, at = 0; row < count; row++, at += dims) {
    let sum = 0;
    for (let i = 0; i < dims; i++) sum += steps[at + i] * vector[i];
    seen[row] = sum * scales[row];
    square += seen[row] * seen[row];
  }
  const length = Math.sqrt(square) || 1;
  for (let row = 0; row < count; row++) seen[row] /= length;
  return seen;
}
