import type { RowStore } from '../patterns/row-store.ts';
import { timeAt } from '../patterns/row-store.ts';

/** Bits sorted by at a time: few enough buckets to stay in the fastest cache. */
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const LOW = 2 ** 32;

/** Whether some row has an earlier time than one before it, in its own file or in an earlier one. */
export function isOutOfOrder(store: RowStore): boolean {
  let last = -Infinity;
  for (const block of store.blocks) {
    for (let at = 0; at < block.count; at++) {
      const time = timeAt(block, at);
      if (time < last) return true;
      if (time === time) last = time;
    }
  }
  return false;
}

/**
 * Rows by time, those of equal times as they were read. A row without a time goes with the row that it follows in its file, or,
 * at the start of one, with the file's first row that has a time; files without any come last.
 * A radix sort by 11 bits at a time, least significant first; 12 bytes a row meanwhile.
 * @param rows ascending row numbers; not changed, and given back where they are in order
 */
export function byTime(store: RowStore, rows: Uint32Array): Uint32Array {
  const { first, last, sorted } = spanOf(store, rows);
  if (sorted) return rows;
  const keys = new Uint32Array(rows.length);
  let order = new Uint32Array(rows.length).map((_, at) => at);
  let spare = new Uint32Array(rows.length);
  // Rows without any time have the number behind the last.
  const most = last - first + 1;
  for (let word = 0; word === 0 || most >= LOW ** word; word++) {
    fillKeys(store, rows, keys, first, most, LOW ** word);
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (sortBy(keys, shift, order, spare)) [order, spare] = [spare, order];
    }
  }
  for (let at = 0; at < order.length; at++) order[at] = rows[order[at]];
  return order;
}

/** One pass: `from`, by a digit of its keys, into `to`. False, and nothing done, where all have the same digit. */
function sortBy(keys: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const next = new Uint32Array(BUCKETS + 1);
  for (let at = 0; at < keys.length; at++) next[((keys[at] >>> shift) & (BUCKETS - 1)) + 1]++;
  if (next.includes(keys.length)) return false;
  for (let digit = 0; digit < BUCKETS; digit++) next[digit + 1] += next[digit];
  for (let at = 0; at < from.length; at++) to[next[(keys[from[at]] >>> shift) & (BUCKETS - 1)]++] = from[at];
  return true;
}

/** 32 bits of each row's time: what remains of it, counted in `unit` ms from `first`. */
function fillKeys(store: RowStore, rows: Uint32Array, keys: Uint32Array, first: number, most: number, unit: number): void {
  eachTime(store, rows, (at, time) => {
    keys[at] = Math.floor((time === Infinity ? most : time - first) / unit) % LOW;
  });
}

function spanOf(store: RowStore, rows: Uint32Array): { first: number; last: number; sorted: boolean } {
  let first = Infinity, last = -Infinity, before = -Infinity;
  let sorted = true;
  eachTime(store, rows, (_, time) => {
    if (time < before) sorted = false;
    before = time;
    if (time < first) first = time;
    if (time > last && time !== Infinity) last = time;
  });
  return { first, last, sorted };
}

/** Visits the rows with the time by which each is sorted: Infinity where its file has none. */
function eachTime(store: RowStore, rows: Uint32Array, visit: (at: number, time: number) => void): void {
  let next = 0;
  let file = -1;
  let time = Infinity;
  for (const [index, block] of store.blocks.entries()) {
    if (block.file !== file) {
      file = block.file;
      time = firstTime(store, index);
    }
    for (let at = 0; at < block.count && next < rows.length; at++) {
      const own = timeAt(block, at);
      if (own === own) time = own;
      if (rows[next] === block.firstRow + at) visit(next++, time);
    }
  }
}

/** First time of the file whose first block is given. */
function firstTime(store: RowStore, from: number): number {
  const { file } = store.blocks[from];
  for (let index = from; index < store.blocks.length && store.blocks[index].file === file; index++) {
    const block = store.blocks[index];
    for (let at = 0; at < block.count; at++) {
      const time = timeAt(block, at);
      if (time === time) return time;
    }
  }
  return Infinity;
}
