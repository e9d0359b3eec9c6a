/**
 * For each feature, the place of each row's value among the feature's distinct values, smallest first. Trees only
 * compare values of one feature, so they work on these small whole numbers and sort them digit by digit.
 */
export interface FeatureRanks {
  readonly rows: number;
  readonly columns: number;
  /** columns × rows: ranks of one feature lie together. */
  readonly ranks: Uint16Array | Uint32Array;
}

/** `features` is rows × columns, row-major. A value that is not a finite number is a RangeError. */
export function rankFeatures(features: Float32Array, columns: number): FeatureRanks {
  const rows = features.length / columns;
  const ranks = rows <= 0x10000 ? new Uint16Array(rows * columns) : new Uint32Array(rows * columns);
  const sorted = new Float32Array(rows);
  for (let j = 0; j < columns; j += 1) {
    // + 0 turns −0, which a sort tells from 0 and a comparison does not, into 0.
    for (let i = 0; i < rows; i += 1) sorted[i] = features[i * columns + j] + 0;
    sorted.sort();
    if (rows > 0 && !(Number.isFinite(sorted[0]) && Number.isFinite(sorted[rows - 1]))) throw new RangeError(`feature ${j} has a value that is not a number`);
    const distinct = compact(sorted);
    for (let i = 0; i < rows; i += 1) ranks[j * rows + i] = place(sorted, distinct, features[i * columns + j]);
  }
  return { rows, columns, ranks };
}

/** Moves the distinct values of a sorted array to its front; gives their number. */
function compact(sorted: Float32Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i];
  }
  return count;
}

function place(distinct: Float32Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
