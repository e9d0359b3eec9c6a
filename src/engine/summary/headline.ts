import { strongestBurst } from './burst.ts';
import type { Burst } from './burst.ts';
import type { Data } from './data.ts';
import { matrixOf } from './matrix.ts';
import type { Scope } from './scope.ts';
import { rowsPerPattern, totalsOf } from './totals.ts';
import type { Totals } from './totals.ts';

/** What the first sentence says. */
export interface Headline {
  readonly totals: Totals;
  /** Epoch ms; NaN where no entry has a time. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly change: Change | null;
}

/** The source whose problems rose most. */
export interface Change extends Burst {
  readonly source: number;
}

/** A rise below this many standard deviations, or of fewer rows, is not worth the first sentence. */
const MIN_SCORE = 4;
const MIN_ROWS = 5;

/** Totals, span and the biggest change of the data in scope. */
export function headlineOf(data: Data, scope: Scope): Headline {
  const rows = rowsPerPattern(data, scope);
  let firstTime = NaN;
  let lastTime = NaN;
  for (let p = 0; p < rows.length; p++) {
    if (rows[p] === 0) continue;
    const first = data.table.firstTime[p];
    const last = data.table.lastTime[p];
    if (!(first >= firstTime)) firstTime = Number.isNaN(first) ? firstTime : first;
    if (!(last <= lastTime)) lastTime = Number.isNaN(last) ? lastTime : last;
  }
  const { axis } = data.cells;
  if (axis.kind === 'time') {
    // A few stray clocks do not stretch the axis, nor what is said of it.
    firstTime = Math.max(firstTime, axis.start);
    lastTime = Math.min(lastTime, axis.start + axis.width * axis.bins);
  }
  return { totals: totalsOf(data, rows), firstTime, lastTime, change: biggestChange(data, scope) };
}

/** Among the sources with most problems: the strongest burst of problems that begins after the log does. */
function biggestChange(data: Data, scope: Scope): Change | null {
  const { cells, verdicts } = data;
  const bins = cells.axis.bins;
  const candidates = matrixOf(data, scope).rows.filter((row) => row.problems >= MIN_ROWS).map((row) => row.source);
  const place = new Int32Array(cells.sources.length).fill(-1);
  candidates.forEach((source, i) => { place[source] = i; });
  const series = candidates.map(() => new Float64Array(bins));
  for (let i = 0; i < cells.rows.length; i++) {
    const at = place[cells.source[i]];
    const p = cells.pattern[i];
    if (at >= 0 && verdicts.problem[p] === 1 && scope.pattern[p] === 1 && cells.bin[i] < bins) series[at][cells.bin[i]] += cells.rows[i];
  }
  let best: Change | null = null;
  series.forEach((one, i) => {
    const burst = strongestBurst(one);
    if (burst === null || burst.first === 0 || burst.score < MIN_SCORE || burst.inside < MIN_ROWS || burst.inside < 2 * burst.before) return;
    if (best === null || burst.score > best.score) best = { ...burst, source: candidates[i] };
  });
  return best;
}
