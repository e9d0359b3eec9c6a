/**
 * A feature matrix X (rows × columns), seen only through the two products that training needs; so one
 * objective serves dense embeddings and sparse n-gram counts. Weights are columns × classes, row-major:
 * the classes of one feature lie together, which is what a sparse row wants.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** out (rows × classes) += X · weights (columns × classes). */
  multiply(weights: ArrayLike<number>, classes: number, out: Float64Array): void;
  /** out (columns × classes) += Xᵀ · residual (rows × classes). */
  multiplyTransposed(residual: Float64Array, classes: number, out: Float64Array): void;
  /** The given rows, in the given order; repeats are allowed. */
  select(rows: ArrayLike<number>): Matrix;
}

/** Row-major values; the array is kept, not copied. */
export function denseMatrix(values: Float32Array | Float64Array, rows: number, columns: number): Matrix {
  if (values.length !== rows * columns) throw new RangeError(`${values.length} values are not ${rows} × ${columns}`);
  return {
    rows,
    columns,
    multiply: (weights, classes, out) => multiplyDense(values, rows, columns, weights, classes, out),
    multiplyTransposed: (residual, classes, out) => multiplyDenseTransposed(values, rows, columns, residual, classes, out),
    select: (chosen) => denseMatrix(selectRows(values, columns, chosen), chosen.length, columns),
  };
}

/** Copies the given rows of a row-major array, keeping its element type. */
export function selectRows<T extends Float32Array | Float64Array>(values: T, columns: number, rows: ArrayLike<number>): T {
  const out = values.slice(0, 0).constructor as { new (length: number): T };
  const copy = new out(rows.length * columns);
  for (let i = 0; i < rows.length; i += 1) copy.set(values.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  return copy;
}

/** Four features at a time, so that each sum is loaded and stored once for four products. */
function multiplyDense(x: Float32Array | Float64Array, rows: number, columns: number, weights: ArrayLike<number>, classes: number, out: Float64Array): void {
  const blocked = columns - (columns % 4);
  for (let i = 0; i < rows; i += 1) {
    const at = i * classes;
    const from = i * columns;
    for (let j = 0; j < blocked; j += 4) {
      const [a, b, c, d] = [x[from + j], x[from + j + 1], x[from + j + 2], x[from + j + 3]];
      const w = j * classes;
      for (let k = 0; k < classes; k += 1) {
        out[at + k] += a * weights[w + k] + b * weights[w + classes + k] + c * weights[w + 2 * classes + k] + d * weights[w + 3 * classes + k];
      }
    }
    for (let j = blocked; j < columns; j += 1) {
      for (let k = 0; k < classes; k += 1) out[at + k] += x[from + j] * weights[j * classes + k];
    }
  }
}

/** Four rows at a time, for the same reason. */
function multiplyDenseTransposed(x: Float32Array | Float64Array, rows: number, columns: number, residual: Float64Array, classes: number, out: Float64Array): void {
  const blocked = rows - (rows % 4);
  for (let i = 0; i < blocked; i += 4) {
    const from = i * columns;
    const r = i * classes;
    for (let j = 0; j < columns; j += 1) {
      const [a, b, c, d] = [x[from + j], x[from + columns + j], x[from + 2 * columns + j], x[from + 3 * columns + j]];
      const at = j * classes;
      for (let k = 0; k < classes; k += 1) {
        out[at + k] += a * residual[r + k] + b * residual[r + classes + k] + c * residual[r + 2 * classes + k] + d * residual[r + 3 * classes + k];
      }
    }
  }
  for (let i = blocked; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      for (let k = 0; k < classes; k += 1) out[j * classes + k] += x[i * columns + j] * residual[i * classes + k];
    }
  }
}

/** Compressed sparse rows: row i owns entries indptr[i] … indptr[i + 1] − 1 of `indices` and `values`. */
export interface Csr {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Repeated column indices in a row are added up. The arrays are kept, not copied. */
export function sparseMatrix(csr: Csr, columns: number): Matrix {
  const rows = csr.indptr.length - 1;
  if (csr.indptr[rows] !== csr.indices.length || csr.indices.length !== csr.values.length) throw new RangeError('the parts of the sparse matrix do not fit together');
  for (const index of csr.indices) if (index < 0 || index >= columns) throw new RangeError(`column ${index} of ${columns}`);
  let transposed: Csr | undefined;
  return {
    rows,
    columns,
    multiply: (weights, classes, out) => multiplySparse(csr, weights, classes, out),
    multiplyTransposed: (residual, classes, out) => multiplySparse((transposed ??= transpose(csr, columns)), residual, classes, out),
    select: (chosen) => sparseMatrix(selectSparse(csr, chosen), columns),
  };
}

/** out += X · weights; four entries of a row at a time. */
function multiplySparse(x: Csr, weights: ArrayLike<number>, classes: number, out: Float64Array): void {
  const { indptr, indices, values } = x;
  for (let i = 0; i + 1 < indptr.length; i += 1) {
    const at = i * classes;
    const end = indptr[i + 1];
    let e = indptr[i];
    for (; e + 4 <= end; e += 4) {
      const [a, b, c, d] = [values[e], values[e + 1], values[e + 2], values[e + 3]];
      const [wa, wb, wc, wd] = [indices[e] * classes, indices[e + 1] * classes, indices[e + 2] * classes, indices[e + 3] * classes];
      for (let k = 0; k < classes; k += 1) out[at + k] += a * weights[wa + k] + b * weights[wb + k] + c * weights[wc + k] + d * weights[wd + k];
    }
    for (; e < end; e += 1) {
      for (let k = 0; k < classes; k += 1) out[at + k] += values[e] * weights[indices[e] * classes + k];
    }
  }
}

/** The same entries by column: a counting sort, so a column's entries stay in row order. */
function transpose(x: Csr, columns: number): Csr {
  const indptr = new Int32Array(columns + 1);
  for (const index of x.indices) indptr[index + 1] += 1;
  for (let j = 0; j < columns; j += 1) indptr[j + 1] += indptr[j];
  const next = indptr.slice();
  const indices = new Int32Array(x.indices.length);
  const values = new Float32Array(x.values.length);
  for (let i = 0; i + 1 < x.indptr.length; i += 1) {
    for (let e = x.indptr[i]; e < x.indptr[i + 1]; e += 1) {
      const to = next[x.indices[e]]++;
      indices[to] = i;
      values[to] = x.values[e];
    }
  }
  return { indptr, indices, values };
}

function selectSparse(x: Csr, rows: ArrayLike<number>): Csr {
  const indptr = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i += 1) indptr[i + 1] = indptr[i] + x.indptr[rows[i] + 1] - x.indptr[rows[i]];
  const indices = new Int32Array(indptr[rows.length]);
  const values = new Float32Array(indptr[rows.length]);
  for (let i = 0; i < rows.length; i += 1) {
    indices.set(x.indices.subarray(x.indptr[rows[i]], x.indptr[rows[i] + 1]), indptr[i]);
    values.set(x.values.subarray(x.indptr[rows[i]], x.indptr[rows[i] + 1]), indptr[i]);
  }
  return { indptr, indices, values };
}
