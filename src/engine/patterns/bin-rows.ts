import type { Axis, Cells } from '../../contract/pattern.ts';
import { NO_BIN } from '../../contract/pattern.ts';
import type { RowStore } from './row-store.ts';
import { timeAt } from './row-store.ts';

/** Most bins of an axis: enough for a wide screen, few enough that cells stay few. */
export const BINS_MAX = 360;
/** Most cells kept; past it the axis is made coarser, so memory is bounded whatever the file. */
const CELLS_MAX = 2_000_000;
/** Not made coarser than this: an axis of fewer bins shows no course of things. */
const BINS_MIN = 8;
/** Widths in ms that people read easily: 1 s … 30 s, 1 min … 30 min, 1 h … 12 h, days. */
const WIDTHS = [1, 10, 100, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5, 216e5, 432e5, 864e5, 6048e5, 2592e6, 31536e6];

/** A part of an axis, [from, to): epoch ms, or row numbers. */
export type AxisRange = readonly [number, number];

/** Counts rows by pattern × source × bin, in one pass over the row store. */
export function binRows(store: RowStore, patternOf: Uint32Array, sources: readonly string[]): Cells {
  return countFitting(store, patternOf, sources, chooseAxis(store, BINS_MAX), null);
}

/** As `binRows`, of the rows in a part of an axis alone, on a finer one. Rows without a time are in no part of time. */
export function binRange(store: RowStore, patternOf: Uint32Array, sources: readonly string[], kind: Axis['kind'], range: AxisRange): Cells {
  return countFitting(store, patternOf, sources, axisWithin(kind, range, BINS_MAX), range);
}

function countFitting(store: RowStore, patternOf: Uint32Array, sources: readonly string[], axis: Axis, range: AxisRange | null): Cells {
  for (let bins = axis; ; bins = coarser(bins)) {
    const cells = countCells(store, patternOf, sources, bins, range);
    if (cells !== null) return cells;
  }
}

/** The axis of a part: whole ms or rows, bins of widths that people read easily, the first and the last perhaps cut. */
export function axisWithin(kind: Axis['kind'], [from, to]: AxisRange, most: number): Axis {
  const span = Math.max(1, to - from);
  const width = kind === 'row' ? Math.ceil(span / most) : easyWidth(span, most);
  const start = kind === 'row' ? from : Math.floor(from / width) * width;
  return { kind, start, width, bins: Math.max(1, Math.ceil((to - start) / width)) };
}

function easyWidth(span: number, most: number): number {
  return WIDTHS.find((candidate) => span / candidate < most - 1) ?? Math.ceil(span / (most - 1));
}

/** Lines inside stack traces have no time of their own, and there may be many; a tenth with one still tells when. */
const TIMED_SHARE = 0.1;

/** Time if enough rows have one, else row numbers. A few stray times far off do not stretch the axis. */
export function chooseAxis(store: RowStore, most: number): Axis {
  const rows: Axis = { kind: 'row', start: 0, width: Math.max(1, Math.ceil(store.count / most)), bins: 0 };
  const byRow = { ...rows, bins: Math.max(1, Math.ceil(store.count / rows.width)) };
  const sample = sampleTimes(store);
  if (sample.timed < TIMED_SHARE * sample.seen || sample.timed === 0) return byRow;
  const { first, last } = sample;
  const width = easyWidth(last - first, most);
  const start = Math.floor(first / width) * width;
  return { kind: 'time', start, width, bins: Math.floor((last - start) / width) + 1 };
}

/** Rows outside this share of the sorted times may be strays (a clock before NTP, a date in a message). */
const STRAY_SHARE = 0.001;
/** A stray is a time this many spans away from the bulk. */
const STRAY_SPANS = 20;
/** So many more may be strays if they are years away. */
const YEARS_SHARE = 0.01;
const STRAY_YEARS = 2 * 31536e6;
const FEW_ROWS = 20;
/** Clocks that were reset stand in 1970 or 1980; however many rows have such a time, it is none where most are of this century. */
const CLOCK_RESET = Date.UTC(1981, 0, 1);
const REAL_CLOCK = Date.UTC(2001, 0, 1);
/** Times looked at to tell strays from the bulk: enough for a thousandth to be some, few enough to sort at once. */
const SAMPLE_ROWS = 200_000;

function sampleTimes(store: RowStore): { first: number; last: number; timed: number; seen: number } {
  const step = Math.max(1, Math.floor(store.count / SAMPLE_ROWS));
  const times: number[] = [];
  let seen = 0, first = Infinity, last = -Infinity;
  for (const block of store.blocks) {
    for (let at = 0; at < block.count; at++) {
      const time = timeAt(block, at);
      if (time < first) first = time;
      if (time > last) last = time;
      if ((block.firstRow + at) % step !== 0) continue;
      seen++;
      if (time === time) times.push(time);
    }
  }
  return { ...bulkOf(Float64Array.from(times).sort(), first, last), timed: times.length, seen };
}

/** `first` and `last` without strays, of sorted times. */
function bulkOf(sorted: Float64Array, first: number, last: number): { first: number; last: number } {
  const reset = sorted[sorted.length >> 1] > REAL_CLOCK ? Math.max(0, sorted.findIndex((time) => time > CLOCK_RESET)) : 0;
  const times = sorted.subarray(reset);
  if (reset > 0) first = times[0];
  const few = times.length < FEW_ROWS ? 0 : Math.max(2, times.length * YEARS_SHARE);
  for (const [strays, least] of [[times.length * STRAY_SHARE, 1000 * STRAY_SPANS], [few, STRAY_YEARS]]) {
    const low = times[Math.floor(strays)];
    const high = times[times.length - 1 - Math.floor(strays)];
    const reach = Math.max(least, (high - low) * STRAY_SPANS);
    if (first < low - reach) first = times.find((time) => time >= low - reach) ?? low;
    if (last > high + reach) last = times.findLast((time) => time <= high + reach) ?? high;
  }
  return { first, last };
}

function coarser(axis: Axis): Axis {
  return { ...axis, width: axis.width * 2, bins: Math.ceil(axis.bins / 2) };
}

function countCells(store: RowStore, patternOf: Uint32Array, sources: readonly string[], axis: Axis, range: AxisRange | null): Cells | null {
  const table = new CellTable(sources.length);
  const [from, to] = range ?? [-Infinity, Infinity];
  let untimed = 0;
  for (const block of store.blocks) {
    for (let at = 0; at < block.count; at++) {
      const place = axis.kind === 'time' ? timeAt(block, at) : block.firstRow + at;
      if (range !== null && !(place >= from && place < to)) continue;
      let bin = NO_BIN;
      if (place === place) bin = Math.min(axis.bins - 1, Math.max(0, Math.floor((place - axis.start) / axis.width)));
      else untimed++;
      table.add(patternOf[block.keys[at]], block.sources[at], bin);
    }
    if (table.count > CELLS_MAX && axis.bins > BINS_MIN) return null;
  }
  return { ...table.columns(), sources, axis, untimed };
}

/** Open addressing over (pattern, source, bin). */
class CellTable {
  count = 0;
  private patterns = new Uint32Array(4096);
  private bins = new Uint16Array(4096);
  private sources = new Uint16Array(4096);
  private rows = new Float64Array(4096);
  private slots = new Int32Array(16384).fill(-1);
  private readonly many: number;
  private last = -1;

  constructor(sources: number) {
    this.many = sources;
  }

  add(pattern: number, source: number, bin: number): void {
    // Neighbouring rows often fall into one cell.
    if (this.last >= 0 && this.is(this.last, pattern, source, bin)) {
      this.rows[this.last]++;
      return;
    }
    const wrap = this.slots.length - 1;
    let slot = hash(pattern, source, bin, this.many) & wrap;
    let cell = -1;
    while ((cell = this.slots[slot]) >= 0 && !this.is(cell, pattern, source, bin)) slot = (slot + 1) & wrap;
    if (cell < 0) {
      if (this.count === this.patterns.length) this.grow();
      cell = this.count++;
      this.slots[slot] = cell;
      this.patterns[cell] = pattern;
      this.sources[cell] = source;
      this.bins[cell] = bin;
      if (this.count * 2 > this.slots.length) this.rehash();
    }
    this.rows[cell]++;
    this.last = cell;
  }

  /** The cells by pattern, those of one as they were first met: who sums them goes through memory in order. */
  columns(): Pick<Cells, 'pattern' | 'source' | 'bin' | 'rows'> {
    const { count, patterns } = this;
    const next = new Uint32Array(patterns.subarray(0, count).reduce((most, pattern) => Math.max(most, pattern + 1), 0) + 1);
    for (let cell = 0; cell < count; cell++) next[patterns[cell] + 1]++;
    for (let pattern = 1; pattern < next.length; pattern++) next[pattern] += next[pattern - 1];
    const sorted = { pattern: new Uint32Array(count), source: new Uint16Array(count), bin: new Uint16Array(count), rows: new Float64Array(count) };
    for (let cell = 0; cell < count; cell++) {
      const at = next[patterns[cell]]++;
      sorted.pattern[at] = patterns[cell];
      sorted.source[at] = this.sources[cell];
      sorted.bin[at] = this.bins[cell];
      sorted.rows[at] = this.rows[cell];
    }
    return sorted;
  }

  private is(cell: number, pattern: number, source: number, bin: number): boolean {
    return this.patterns[cell] === pattern && this.bins[cell] === bin && this.sources[cell] === source;
  }

  private grow(): void {
    const size = this.patterns.length * 2;
    const copy = <T extends Uint32Array | Uint16Array | Float64Array>(from: T, to: T): T => (to.set(from as never), to);
    this.patterns = copy(this.patterns, new Uint32Array(size));
    this.bins = copy(this.bins, new Uint16Array(size));
    this.sources = copy(this.sources, new Uint16Array(size));
    this.rows = copy(this.rows, new Float64Array(size));
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const wrap = this.slots.length - 1;
    for (let cell = 0; cell < this.count; cell++) {
      let slot = hash(this.patterns[cell], this.sources[cell], this.bins[cell], this.many) & wrap;
      while (this.slots[slot] >= 0) slot = (slot + 1) & wrap;
      this.slots[slot] = cell;
    }
  }
}

function hash(pattern: number, source: number, bin: number, many: number): number {
  let value = Math.imul(pattern, 0x9e3779b1) ^ Math.imul(source + many, 0x85ebca6b) ^ Math.imul(bin, 0xc2b2ae35);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) ^ (value >>> 12);
}
