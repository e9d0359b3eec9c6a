import type { Data } from './data.ts';
import type { Scope } from './scope.ts';

/** Rows per bin of the axis, in total and by label. */
export interface Timeline {
  readonly bins: number;
  /** All rows per bin; 0 means that the log is silent there, which is not the same as "no problems". */
  readonly entries: Float64Array;
  readonly problems: Float64Array;
  /** By label code: rows per bin. */
  readonly byLabel: readonly Float64Array[];
  /** By label code: rows per bin that count as problems. */
  readonly problemsByLabel: readonly Float64Array[];
  /** By label code: the highest bin. */
  readonly maxima: Float64Array;
  /** Rows without a place on the axis. */
  readonly outside: number;
}

/** Sums the cells in scope per bin. The scope's own range is not applied: a timeline shows what lies outside it too. */
export function timelineOf({ cells, verdicts }: Data, scope: Scope): Timeline {
  const bins = cells.axis.bins;
  const labels = verdicts.labels.length;
  const all = new Float64Array(labels * bins);
  const wrong = new Float64Array(labels * bins);
  let outside = 0;
  for (let i = 0; i < cells.rows.length; i++) {
    const p = cells.pattern[i];
    if (scope.pattern[p] === 0 || scope.source[cells.source[i]] === 0) continue;
    const rows = cells.rows[i];
    const bin = cells.bin[i];
    if (bin >= bins) { outside += rows; continue; }
    const at = verdicts.label[p] * bins + bin;
    all[at] += rows;
    if (verdicts.problem[p] === 1) wrong[at] += rows;
  }
  const byLabel = lanes(all, labels, bins);
  const problemsByLabel = lanes(wrong, labels, bins);
  return {
    bins, byLabel, problemsByLabel, outside,
    entries: columnSums(byLabel, bins),
    problems: columnSums(problemsByLabel, bins),
    maxima: Float64Array.from(byLabel, (lane) => lane.reduce((a, b) => Math.max(a, b), 0)),
  };
}

function lanes(flat: Float64Array, labels: number, bins: number): Float64Array[] {
  return Array.from({ length: labels }, (_, label) => flat.subarray(label * bins, (label + 1) * bins));
}

function columnSums(rows: readonly Float64Array[], bins: number): Float64Array {
  const sums = new Float64Array(bins);
  for (const row of rows) for (let b = 0; b < bins; b++) sums[b] += row[b];
  return sums;
}
