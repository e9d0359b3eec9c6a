import type { Cells } from '../../contract/pattern.ts';

/** Cells grouped by pattern: those of pattern p are order[starts[p] … starts[p + 1]). */
export interface CellIndex {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Counting sort of the cells by pattern; made once per reading, kept across relabelling. */
export function indexCells(cells: Cells, patterns: number): CellIndex {
  const starts = new Uint32Array(patterns + 1);
  for (let i = 0; i < cells.pattern.length; i++) starts[cells.pattern[i] + 1]++;
  for (let p = 0; p < patterns; p++) starts[p + 1] += starts[p];
  const next = starts.slice(0, patterns);
  const order = new Uint32Array(cells.pattern.length);
  for (let i = 0; i < cells.pattern.length; i++) order[next[cells.pattern[i]]++] = i;
  return { starts, order };
}

/** Rows of one pattern over the axis, in `width` equal steps (fewer where the axis has fewer bins). */
export function sparkline(cells: Cells, index: CellIndex, pattern: number, width: number): Float64Array {
  const bins = cells.axis.bins;
  const steps = new Float64Array(Math.max(1, Math.min(width, bins)));
  for (let k = index.starts[pattern]; k < index.starts[pattern + 1]; k++) {
    const i = index.order[k];
    if (cells.bin[i] < bins) steps[Math.floor((cells.bin[i] * steps.length) / bins)] += cells.rows[i];
  }
  return steps;
}
