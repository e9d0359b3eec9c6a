/**
 * What is kept of every row: key (u32), byte offset within its block (u32), source (u16) and time within its block (u32):
 * 14 bytes, in blocks that are never copied or doubled. The file is a property of the block.
 */
export interface Block {
  readonly file: number;
  /** 0-based index of the block's first row. */
  readonly firstRow: number;
  /** Byte offset that `offset` counts from. */
  readonly base: number;
  /** Physical lines (from 1) of rows 0, LINE_STEP, 2·LINE_STEP … of the block. */
  readonly lines: number[];
  /** Times are milliseconds since `timeBase`, or whole seconds since 1970 where they would not fit. */
  timeBase: number;
  timeUnit: 1 | 1000;
  count: number;
  readonly keys: Uint32Array;
  readonly offsets: Uint32Array;
  readonly sources: Uint16Array;
  readonly times: Uint32Array;
}

/** Rows per block: small enough that little is wasted, large enough that blocks are few (153 per 10 M rows). */
export const BLOCK_ROWS = 65_536;
/** The physical line is noted every so many rows; between them it is counted again from the bytes. */
export const LINE_STEP = 1024;
const NO_TIME = 0xffffffff;
/** Entries may be out of order: a block's clock starts this much before its first time (ms, 12 days). */
const TIME_SLACK = 2 ** 30;

export class RowStore {
  count = 0;
  readonly blocks: Block[] = [];
  private block: Block | null = null;

  /** Appends a row; returns its 0-based index. `time` in epoch ms, NaN if none. */
  append(file: number, offset: number, line: number, key: number, source: number, time: number): number {
    let block = this.block;
    if (block === null || block.count === BLOCK_ROWS || block.file !== file || offset - block.base > NO_TIME) block = this.open(file, offset);
    const at = block.count++;
    if (at % LINE_STEP === 0) block.lines.push(line);
    block.keys[at] = key;
    block.offsets[at] = offset - block.base;
    block.sources[at] = source;
    block.times[at] = time === time ? blockTime(block, time, at) : NO_TIME;
    return this.count++;
  }

  /** Takes the last row off again. */
  pop(): void {
    const block = this.blocks[this.blocks.length - 1];
    if (--block.count % LINE_STEP === 0) block.lines.pop();
    if (block.count === 0) this.blocks.pop();
    this.block = this.blocks[this.blocks.length - 1] ?? null;
    this.count--;
  }

  /** Block that holds row `row`. */
  blockOf(row: number): Block {
    let low = 0, high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return this.blocks[low];
  }

  /** Bytes kept, for the benchmark. */
  get bytes(): number {
    return this.blocks.length * BLOCK_ROWS * 14;
  }

  private open(file: number, offset: number): Block {
    const block: Block = {
      file, firstRow: this.count, base: offset, lines: [], timeBase: NaN, timeUnit: 1, count: 0,
      keys: new Uint32Array(BLOCK_ROWS), offsets: new Uint32Array(BLOCK_ROWS), sources: new Uint16Array(BLOCK_ROWS), times: new Uint32Array(BLOCK_ROWS),
    };
    this.blocks.push(block);
    this.block = block;
    return block;
  }
}

/** Time (epoch ms) of the row at index `at` of the block; NaN if none. */
export function timeAt(block: Block, at: number): number {
  const time = block.times[at];
  if (time === NO_TIME) return NaN;
  return block.timeUnit === 1 ? block.timeBase + time : time * 1000;
}

function blockTime(block: Block, time: number, at: number): number {
  if (block.timeBase !== block.timeBase) block.timeBase = time - TIME_SLACK;
  if (block.timeUnit === 1) {
    const since = time - block.timeBase;
    if (since >= 0 && since < NO_TIME) return since;
    // Times weeks apart within one block: fall back to whole seconds, for all its rows.
    for (let row = 0; row < at; row++) if (block.times[row] !== NO_TIME) block.times[row] = clampSeconds(block.timeBase + block.times[row]);
    block.timeUnit = 1000;
  }
  return clampSeconds(time);
}

function clampSeconds(time: number): number {
  return Math.min(NO_TIME - 1, Math.max(0, Math.floor(time / 1000)));
}
