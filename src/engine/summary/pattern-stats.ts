import type { CellIndex } from './cell-index.ts';
import { burstLevel } from './burst.ts';
import type { Data } from './data.ts';
import type { Scope } from './scope.ts';

/** Per pattern, for the sources and bins in scope (labels and text do not matter here). */
export interface PatternStats {
  readonly rows: Float64Array;
  /** Distinct sources. */
  readonly sources: Uint32Array;
  /** The source with most rows. */
  readonly topSource: Uint16Array;
  /** Doublings above an even spread; see burstLevel. */
  readonly burst: Uint8Array;
  /** With a range in scope: rate inside ÷ rate outside; Infinity where the pattern is new there. Else NaN. */
  readonly lift: Float64Array;
}

/** One visit to every cell, grouped by pattern. */
export function patternStats({ table, cells }: Data, index: CellIndex, scope: Scope): PatternStats {
  const bins = cells.axis.bins;
  const stats = {
    rows: new Float64Array(table.count), sources: new Uint32Array(table.count), topSource: new Uint16Array(table.count),
    burst: new Uint8Array(table.count), lift: new Float64Array(table.count).fill(NaN),
  };
  const inBin = new Float64Array(bins);
  const inSource = new Float64Array(cells.sources.length);
  const ranged = scope.firstBin > 0 || scope.lastBin < bins - 1;
  const width = Math.min(scope.lastBin, bins - 1) - scope.firstBin + 1;
  for (let p = 0; p < table.count; p++) {
    const from = index.starts[p];
    const to = index.starts[p + 1];
    let rows = 0;
    let outside = 0;
    let peak = 0;
    let top = 0;
    for (let k = from; k < to; k++) {
      const i = index.order[k];
      const source = cells.source[i];
      const bin = cells.bin[i];
      if (scope.source[source] === 0) continue;
      const n = cells.rows[i];
      if (bin < scope.firstBin || bin > scope.lastBin) { outside += n; continue; }
      rows += n;
      if (bin < bins) peak = Math.max(peak, inBin[bin] += n);
      if (inSource[source] === 0) stats.sources[p]++;
      if ((inSource[source] += n) > top) { top = inSource[source]; stats.topSource[p] = source; }
    }
    if (rows > 0) {
      inBin.fill(0, Math.min(bins, scope.firstBin), Math.min(bins, scope.lastBin + 1));
      for (let k = from; k < to; k++) inSource[cells.source[index.order[k]]] = 0;
    }
    stats.rows[p] = rows;
    stats.burst[p] = burstLevel(peak, rows, bins);
    if (ranged && rows > 0 && width > 0) stats.lift[p] = outside === 0 ? Infinity : (rows / width) / (outside / Math.max(1, bins - width));
  }
  return stats;
}
