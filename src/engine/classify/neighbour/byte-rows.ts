/** Rows of numbers, one byte a number: value = step × scale of its row. Row-major, `count` × `dims`. */
export interface ByteRows {
  readonly count: number;
  readonly dims: number;
  readonly steps: Int8Array;
  readonly scales: Float32Array;
}

/** Rows of `dims` numbers → the stored form. Symmetric: a row's largest number becomes ±127. */
export function quantiseRows(rows: readonly ArrayLike<number>[], dims: number): ByteRows {
  const steps = new Int8Array(rows.length * dims);
  const scales = new Float32Array(rows.length);
  rows.forEach((values, row) => {
    // What is stored is what counts: steps are taken by the scale as it will be read.
    const scale = Math.fround(largest(values) / 127) || 1;
    scales[row] = scale;
    for (let i = 0; i < dims; i++) steps[row * dims + i] = Math.max(-127, Math.min(127, Math.round(values[i] / scale)));
  });
  return { count: rows.length, dims, steps, scales };
}

/** The largest number without its sign. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
