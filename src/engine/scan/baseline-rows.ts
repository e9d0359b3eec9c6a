import { BASELINE_ROW } from '../patterns/key-table.ts';
import { SILENCE_GAPS, SILENCE_SHARE } from '../summary/compared-sides.ts';

/** Times kept to tell the span: where there are more, every second one is dropped, then every second of those that follow. */
const TIMES_MAX = 1 << 16;
/** Share of the times at either end that may be strays (a clock before it was set, a date far ahead). */
const STRAY_SHARE = 0.001;

/**
 * What is kept of the files with which a log is only compared: how many rows, and over which time. Their rows are counted by
 * key; none is stored, so no view, total or export can hold one.
 */
export class BaselineRows {
  entries = 0;
  private times: number[] = [];
  private step = 1;
  private timed = 0;

  /** Counts a row. @param time epoch ms, NaN if none @returns the number under which its key is counted */
  add(time: number): number {
    if (time === time && this.timed++ % this.step === 0) {
      if (this.times.push(time) === TIMES_MAX) {
        this.times = this.times.filter((_, at) => at % 2 === 0);
        this.step *= 2;
      }
    }
    return BASELINE_ROW + this.entries++;
  }

  /** Milliseconds from its first to its last time, without a thousandth at either end and without long silences, as for the log itself; 0 where it has no time. */
  get span(): number {
    const sorted = Float64Array.from(this.times).sort();
    if (sorted.length === 0) return 0;
    const strays = Math.floor(sorted.length * STRAY_SHARE);
    const times = sorted.subarray(strays, sorted.length - strays);
    const span = times[times.length - 1] - times[0];
    const least = span * Math.max(SILENCE_SHARE, SILENCE_GAPS / times.length);
    let silent = 0;
    for (let at = 1; at < times.length; at++) if (times[at] - times[at - 1] >= least) silent += times[at] - times[at - 1];
    return span - silent;
  }
}
