import type { PairScreen } from './pair-screen.ts';
import { eachNearPair } from './pair-screen.ts';

/** The k rows nearest to each row, nearest first, itself left out; ties by row. */
export interface NearestRows {
  readonly k: number;
  /** n × k */
  readonly rows: Int32Array;
  /** n × k: cosine to each. */
  readonly cosines: Float64Array;
}

/** Exact. Yields the pairs done so far, of n × (n − 1) ÷ 2. @param k less than the number of rows */
export function* findNearestRows(screen: PairScreen, k: number): Generator<number, NearestRows> {
  const rows = new Int32Array(screen.n * k).fill(-1);
  const cosines = new Float64Array(screen.n * k).fill(-Infinity);
  const worst = (i: number): number => cosines[(i + 1) * k - 1];
  yield* eachNearPair(screen, (i, j) => Math.min(worst(i), worst(j)), (i, j) => {
    const cosine = screen.cosine(i, j);
    insert(rows, cosines, i * k, (i + 1) * k, j, cosine);
    insert(rows, cosines, j * k, (j + 1) * k, i, cosine);
  });
  return { k, rows, cosines };
}

/** A row's pairs come in order of the other row, so that the first of equals stays. */
function insert(rows: Int32Array, cosines: Float64Array, from: number, to: number, row: number, cosine: number): void {
  if (!(cosine > cosines[to - 1])) return;
  let at = to - 1;
  while (at > from && cosines[at - 1] < cosine) {
    rows[at] = rows[at - 1];
    cosines[at] = cosines[at - 1];
    at -= 1;
  }
  rows[at] = row;
  cosines[at] = cosine;
}
