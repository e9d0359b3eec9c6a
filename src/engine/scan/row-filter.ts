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
  }

  /** Indices of the rows that pass, in order. @param spans of the store's blocks, kept from one filter to the next */
  matching(store: RowStore, spans = new BlockSpans()): Uint32Array {
    const blocks = store.blocks.filter((block) => this.mayPass(block, spans));
    const found = new Uint32Array(blocks.reduce((sum, block) => sum + block.count, 0));
    let count = 0;
    for (const block of blocks) {
      for (let at = 0; at < block.count; at++) {
        const row = block.firstRow + at;
        if (this.keyPasses[block.keys[at]] === 0) continue;
        if (this.sources !== null && this.sources[block.sources[at]] === 0) continue;
        if (this.truths !== null && !this.truths.has(this.rowLabels?.of(row) ?? -1)) continue;
        if (this.untimed) {
          if (!Number.isNaN(timeAt(block, at))) continue;
        } else if (this.from !== -Infinity || this.to !== Infinity) {
          const place = this.byTime ? timeAt(block, at) : row;
          if (!(place >= this.from && place < this.to)) continue;
        }
        found[count++] = row;
      }
    }
    return found.slice(0, count);
  }

  /** Whether a block has rows in the range. */
  private mayPass(block: Block, spans: BlockSpans): boolean {
    if (this.untimed || (this.from === -Infinity && this.to === Infinity)) return true;
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
