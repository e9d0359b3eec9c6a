import { Failure } from '../../contract/failure.ts';
import type { Cells } from '../../contract/pattern.ts';
import type { Baseline, ExportVerdicts, ReadResult, ReadSetup } from '../../contract/reader-api.ts';
import type { Filter } from '../../contract/view.ts';
import { binRange, binRows } from '../patterns/bin-rows.ts';
import { KeyIds } from '../patterns/key-ids.ts';
import type { Merged } from '../patterns/merge.ts';
import { mergeKeys } from '../patterns/merge.ts';
import { buildPatternTable, patternTexts } from '../patterns/pattern-table.ts';
import { BlockSpans } from './block-spans.ts';
import { RowFilter } from './row-filter.ts';
import { byTime, isOutOfOrder } from './row-order.ts';
import { RowReader } from './row-reader.ts';
import type { Scan, ScanInput } from './scan.ts';
import { searchRows } from './text-search.ts';

/** What reading leaves behind for views, exports and questions about rows: nothing of it changes but the verdicts. */
export class FinishedRun {
  /** Without files that are only compared with: none of their rows is kept. */
  readonly inputs: readonly ScanInput[];
  readonly scan: Scan;
  readonly setup: ReadSetup;
  readonly merged: Merged;
  readonly reader: RowReader;
  readonly keyIds: KeyIds;
  private readonly cells: Cells;
  private shared: ExportVerdicts | null = null;
  private filtered: { readonly key: string; readonly rows: Promise<Uint32Array> } | null = null;
  private readonly spans = new BlockSpans();
  /** The rows last sorted, and in which order they are then. */
  private sorted: { readonly rows: Uint32Array; readonly order: Uint32Array } | null = null;
  /** The part of the axis that was last looked at. */
  private part: { readonly from: number; readonly to: number; readonly cells: Cells } | null = null;

  constructor(inputs: readonly ScanInput[], scan: Scan, setup: ReadSetup) {
    this.inputs = inputs.slice(0, scan.ownFiles);
    this.scan = scan;
    this.setup = setup;
    this.merged = mergeKeys(scan.keys, setup.rules, setup.lessons);
    this.cells = binRows(scan.rows, this.merged.patternOf, scan.sources.names);
    this.reader = new RowReader(scan.rows, this.inputs, this.merged.patternOf);
    this.keyIds = new KeyIds(scan.keys, this.merged, setup.rules);
  }

  get verdicts(): ExportVerdicts | null {
    return this.shared;
  }

  set verdicts(verdicts: ExportVerdicts | null) {
    this.shared = verdicts;
    this.filtered = this.sorted = null;
  }

  result(): ReadResult {
    const { scan, merged, cells } = this;
    return {
      table: buildPatternTable(scan.keys, merged), cells, texts: patternTexts(scan.keys, merged), taught: merged.taught,
      truth: scan.labels?.truth(scan.rows, merged.patternOf) ?? null,
      entries: scan.rows.count, lines: scan.lines, problems: scan.problems, problemCount: scan.problemCount,
      overflowRows: scan.keys.overflowRows, bytesPerRow: scan.rows.count === 0 ? 0 : scan.rows.bytes / scan.rows.count,
      baseline: baselineOf(scan, merged), outOfOrder: isOutOfOrder(scan.rows),
    };
  }

  /** Rows that pass a filter; the last answer is kept, since views ask page by page. @throws Failure 'file-unreadable' with text */
  rowsOf(filter: Filter): Promise<Uint32Array> {
    const key = JSON.stringify(filter);
    if (this.filtered?.key !== key) {
      const rows = this.computeRows(filter);
      const entry = { key, rows };
      this.filtered = entry;
      rows.catch(() => {
        if (this.filtered === entry) this.filtered = null;
      });
    }
    return this.filtered.rows;
  }

  /** As `rowsOf`, by time; the last answer is kept. */
  async rowsByTime(filter: Filter): Promise<Uint32Array> {
    const rows = await this.rowsOf(filter);
    if (this.sorted?.rows !== rows) this.sorted = { rows, order: byTime(this.scan.rows, rows) };
    return this.sorted.order;
  }

  /** Cells of a part of the axis, which are kept for the filters that follow; null: of all of it. */
  zoom(range: readonly [number, number] | null): Cells {
    if (range === null) return this.cells;
    const [from, to] = range;
    if (this.part?.from !== from || this.part.to !== to) {
      this.part = { from, to, cells: binRange(this.scan.rows, this.merged.patternOf, this.scan.sources.names, this.cells.axis.kind, range) };
    }
    return this.part.cells;
  }

  /** @throws Failure 'internal' if there is no such row */
  check(row: number): void {
    if (!Number.isInteger(row) || row < 0 || row >= this.scan.rows.count) throw new Failure('internal', `There is no row ${row}.`);
  }

  /** Rows of one pattern, ascending. @throws Failure 'internal' if there is no such pattern */
  rowsOfPattern(pattern: number): Uint32Array {
    const { patternOf, firstKey } = this.merged;
    if (!(pattern in firstKey)) throw new Failure('internal', `There is no pattern ${pattern}.`);
    let count = 0;
    for (let key = 0; key < patternOf.length; key++) if (patternOf[key] === pattern) count += this.scan.keys.rows[key];
    const rows = new Uint32Array(count);
    let found = 0;
    for (const block of this.scan.rows.blocks) {
      for (let at = 0; at < block.count; at++) if (patternOf[block.keys[at]] === pattern) rows[found++] = block.firstRow + at;
    }
    return rows;
  }

  private async computeRows(filter: Filter): Promise<Uint32Array> {
    const { scan, merged, inputs } = this;
    // Only where bins are asked for does it matter how wide they are.
    const { axis } = filter.bins === null ? this.cells : this.zoom(filter.zoom);
    const ready = new RowFilter(filter, merged.patternOf, this.shared, scan.sources.names.length, axis, scan.labels);
    const rows = ready.matching(scan.rows, this.spans);
    return filter.text === '' ? rows : searchRows(inputs, scan.rows, rows, filter.text);
  }
}

function baselineOf({ baseline, baselineProblems, keys }: Scan, { patternOf, firstKey }: Merged): Baseline | null {
  if (baseline === null) return null;
  const rows = new Float64Array(firstKey.length);
  for (let key = 0; key < keys.count; key++) rows[patternOf[key]] += keys.baseline[key];
  return { rows, entries: baseline.entries, span: baseline.span, problems: baselineProblems };
}
