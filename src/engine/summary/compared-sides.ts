import type { Cells, PatternTable } from '../../contract/pattern.ts';
import type { Baseline } from '../../contract/reader-api.ts';
import type { Side } from './compare.ts';

/** What rates are per: a stretch of time, or so many entries. */
export type Per = 'time' | 'entries';

/** Two sides of a comparison, and by what their rates can be told. */
export interface Sides {
  readonly here: Side;
  readonly there: Side;
}

/** Rows inside and outside a range of bins, of some sources. */
export interface Divided {
  readonly inside: Float64Array;
  readonly outside: Float64Array;
}

/**
 * Rows by pattern inside a range of bins [first, last] and outside it; rows without a time are on neither side.
 * @param source 1 for each source that counts
 */
export function divideRows(cells: Cells, patterns: number, [first, last]: readonly [number, number], source: Uint8Array): Divided {
  const inside = new Float64Array(patterns);
  const outside = new Float64Array(patterns);
  for (let i = 0; i < cells.rows.length; i++) {
    const bin = cells.bin[i];
    if (bin >= cells.axis.bins || source[cells.source[i]] === 0) continue;
    (bin < first || bin > last ? outside : inside)[cells.pattern[i]] += cells.rows[i];
  }
  return { inside, outside };
}

/** A silence this long, as a share of the axis, is a stretch that the log does not tell of: two days with a night between them. */
export const SILENCE_SHARE = 0.05;
/** But where lines are few, only one so many times as long as they are apart on average. */
export const SILENCE_GAPS = 20;

/** By bin of a time axis: 1 where it is part of a long silence. No rate is set against those. */
export function silentBins({ rows, bin, axis }: Cells): Uint8Array {
  const silent = new Uint8Array(axis.bins);
  if (axis.kind === 'row') return silent;
  const all = new Float64Array(axis.bins);
  for (let i = 0; i < rows.length; i++) if (bin[i] < axis.bins) all[bin[i]] += rows[i];
  const least = Math.max(2, axis.bins * SILENCE_SHARE, (SILENCE_GAPS * axis.bins) / Math.max(1, sum(all)));
  for (let from = 0; from < axis.bins; ) {
    let to = from;
    while (to < axis.bins && all[to] === 0) to++;
    if (to - from >= least) silent.fill(1, from, to);
    from = to + 1;
  }
  return silent;
}

/** Bins of a range [first, last] that are no silence. */
function toldBins(silent: Uint8Array, first: number, last: number): number {
  let told = 0;
  for (let bin = Math.max(0, first); bin <= last && bin < silent.length; bin++) if (silent[bin] === 0) told++;
  return told;
}

/** A range against the rest of its log. Null where either is empty. @param silent as of `silentBins` */
export function rangeSides({ inside, outside }: Divided, silent: Uint8Array, [first, last]: readonly [number, number], per: Per): Sides | null {
  const width = toldBins(silent, first, last);
  const rest = toldBins(silent, 0, silent.length) - width;
  if (width === 0 || rest === 0) return null;
  return sized(inside, outside, per === 'time' ? [width, rest] : [sum(inside), sum(outside)]);
}

/** Milliseconds that bins [first, last] of a time axis cover, or the whole log from its first to its last time, without long silences; 0 where there is no such axis. */
export function timeOf({ firstTime, lastTime }: PatternTable, { axis }: Cells, silent: Uint8Array, range: readonly [number, number] | null): number {
  if (axis.kind !== 'time') return 0;
  if (range !== null) return toldBins(silent, range[0], range[1]) * axis.width;
  let first = Infinity;
  let last = -Infinity;
  for (const time of firstTime) if (time < first) first = time;
  for (const time of lastTime) if (time > last) last = time;
  // A few stray clocks do not stretch the axis, nor the time that rows are set against.
  const span = Math.min(last, axis.start + axis.bins * axis.width) - Math.max(first, axis.start);
  return Math.max(0, span - (axis.bins - toldBins(silent, 0, axis.bins)) * axis.width);
}

/**
 * Rows of a log, or of a part of it, against a baseline. Null where either is empty; per time where both tell one.
 * @param time milliseconds that `rows` are of, 0 where that is not known
 */
export function baselineSides(rows: Float64Array, time: number, baseline: Baseline, per: Per): Sides | null {
  return sized(rows, baseline.rows, per === 'time' ? [time, baseline.span] : [sum(rows), baseline.entries]);
}

function sized(here: ArrayLike<number>, there: ArrayLike<number>, [hereSize, thereSize]: readonly [number, number]): Sides | null {
  return hereSize > 0 && thereSize > 0 ? { here: { rows: here, size: hereSize }, there: { rows: there, size: thereSize } } : null;
}

function sum(rows: Float64Array): number {
  let all = 0;
  for (const n of rows) all += n;
  return all;
}
