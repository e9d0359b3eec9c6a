import type { ExportVerdicts } from '../../contract/reader-api.ts';
import type { Filter } from '../../contract/view.ts';
import type { Axis } from '../../contract/pattern.ts';
import { NO_BIN } from '../../contract/pattern.ts';
import type { Block, RowStore } from '../patterns/row-store.ts';
import { timeAt } from '../patterns/row-store.ts';
import { BlockSpans } from './block-spans.ts';
import type { RowLabels } from './row-labels.ts';

/** Everything about a filter but its text, made ready to be asked per row. */
export class RowFilter {
  private readonly keyPasses: Uint8Array;
  private readonly sources: Uint8Array | null;
  private readonly from: number;
  private readonly to: number;
  private readonly byTime: boolean;
  /** Only rows without a time: bins [NO_BIN, NO_BIN]. */
  private readonly untimed: boolean;
  /** Only rows in [from, to). */
  private readonly ranges: boolean;
  /** Nothing but the range is asked for. */
  private readonly byRange: boolean;
  /** True labels asked for, and where they are. */
  private readonly truths: ReadonlySet<number> | null;
  private readonly rowLabels: RowLabels | null;

  /** @param axis that of the filter's bins: of its part, if it names one */
  constructor(filter: Filter, patternOf: Uint32Array, verdicts: ExportVerdicts | null, sourceCount: number, axis: Axis, rowLabels: RowLabels | null = null) {
    this.keyPasses = keyPasses(filter, patternOf, verdicts);
    this.sources = filter.sources === null ? null : flags(filter.sources, sourceCount);
    this.truths = filter.truths === null ? null : new Set(filter.truths);
    this.rowLabels = rowLabels;
    const { bins, zoom } = filter;
    this.byTime = axis.kind === 'time';
    this.untimed = bins !== null && bins[0] === NO_BIN && zoom === null;
    // The first and last bins also hold what lies beyond the axis; of a part of it nothing does.
    const [first, end] = zoom ?? [-Infinity, Infinity];
    this.from = bins === null || bins[0] <= 0 ? first : axis.start + bins[0] * axis.width;
    this.to = bins === null || bins[1] >= axis.bins - 1 ? end : axis.start + (bins[1] + 1) * axis.width;
    if (bins !== null && this.from === -Infinity && this.to === Infinity && this.byTime) this.from = -Number.MAX_VALUE;
    this.ranges = !this.untimed && (this.from !== -Infinity || this.to !== Infinity);
    this.byRange = this.sources === null && this.truths === null && this.keyPasses.every((passes) => passes === 1);
  }

  /** Indices of the rows that pass, in order. @param spans of the store's blocks, kept from one filter to the next */
  matching(store: RowStore, spans = new BlockSpans()): Uint32Array {
    const blocks = store.blocks.filter((block) => this.mayPass(block, spans));
    const found = new Uint32Array(blocks.reduce((sum, block) => sum + block.count, 0));
    let count = 0;
    for (const block of blocks) {
      const inside = this.ranges ? this.covers(block, spans) : !this.untimed;
      if (inside && this.byRange) {
        for (let row = block.firstRow, end = row + block.count; row < end; row++) found[count++] = row;
      } else count = this.some(block, inside, found, count);
    }
    // A view where little is left over: copying ten million rows takes longer than anything else here.
    return 2 * count > found.length ? found.subarray(0, count) : found.slice(0, count);
  }

  /** Adds the rows of a block that pass. @param inside all of them are in the range */
  private some(block: Block, inside: boolean, found: Uint32Array, from: number): number {
    const { keyPasses, sources, truths, rowLabels, byTime } = this;
    let count = from;
    for (let at = 0; at < block.count; at++) {
      if (keyPasses[block.keys[at]] === 0) continue;
      if (sources !== null && sources[block.sources[at]] === 0) continue;
      const row = block.firstRow + at;
      if (truths !== null && !truths.has(rowLabels?.of(row) ?? -1)) continue;
      if (!inside) {
        const place = byTime ? timeAt(block, at) : row;
        if (this.untimed ? place === place : !(place >= this.from && place < this.to)) continue;
      }
      found[count++] = row;
    }
    return count;
  }

  /** All rows of a block are in the range. */
  private covers(block: Block, spans: BlockSpans): boolean {
    if (!this.byTime) return block.firstRow >= this.from && block.firstRow + block.count <= this.to;
    const { first, last, timed } = spans.of(block);
    return timed && first >= this.from && last < this.to;
  }

  /** Whether a block has rows in the range. */
  private mayPass(block: Block, spans: BlockSpans): boolean {
    if (!this.ranges) return true;
    if (!this.byTime) return block.firstRow < this.to && block.firstRow + block.count > this.from;
    const { first, last } = spans.of(block);
    return first < this.to && last >= this.from;
  }
}

function keyPasses(filter: Filter, patternOf: Uint32Array, verdicts: ExportVerdicts | null): Uint8Array {
  const passes = new Uint8Array(patternOf.length).fill(1);
  const labels = filter.labels === null ? null : new Set(filter.labels);
  const patterns = filter.patterns === null ? null : new Set(filter.patterns);
  for (let key = 0; key < passes.length; key++) {
    const pattern = patternOf[key];
    const fits =
      (patterns === null || patterns.has(pattern)) &&
      (labels === null || (verdicts !== null && labels.has(verdicts.label[pattern]))) &&
      (!filter.problemsOnly || (verdicts !== null && verdicts.problem[pattern] === 1));
    if (!fits) passes[key] = 0;
  }
  return passes;
}

function flags(indices: readonly number[], size: number): Uint8Array {
  const set = new Uint8Array(size);
  for (const index of indices) set[index] = 1;
  return set;
}
