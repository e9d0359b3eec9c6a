import type { Dialect } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { Axis } from '../../contract/pattern.ts';
import type { ExportOptions, ExportStep, ExportVerdicts, ReadResult, ReaderApi, Sniffed, StepResult } from '../../contract/reader-api.ts';
import type { Rule } from '../../contract/rule.ts';
import { selectsAll } from '../../contract/view.ts';
import type { Filter, RowView } from '../../contract/view.ts';
import { binRows } from '../patterns/bin-rows.ts';
import { mergeKeys } from '../patterns/merge.ts';
import { buildPatternTable, patternTexts } from '../patterns/pattern-table.ts';
import { CR, LF } from '../read/ascii.ts';
import { SNIFF_BYTES, sniff } from '../read/sniff.ts';
import { assumedYear } from './assumed-year.ts';
import { FileSource } from './byte-source.ts';
import { ExportJob } from './export-job.ts';
import { RowFilter } from './row-filter.ts';
import { RowReader } from './row-reader.ts';
import { Scan } from './scan.ts';
import type { ScanInput } from './scan.ts';
import { searchRows } from './text-search.ts';

/** Of a file whose first line is longer than SNIFF_BYTES, so many bytes are looked at to get past it. */
const LONG_HEAD_BYTES = 1 << 24;
/** Of those, so many are shown in the column dialog. */
const PREVIEW_BYTES = 1 << 15;

/** What reading leaves behind for views and exports. */
interface Finished {
  readonly inputs: readonly ScanInput[];
  readonly scan: Scan;
  readonly patternOf: Uint32Array;
  readonly axis: Axis;
  readonly reader: RowReader;
}

/** The reader worker's implementation; knows nothing of workers and runs the same in Node. */
export class ReaderService implements ReaderApi {
  private scan: Scan | null = null;
  /** Number of the current run: calls that belong to an earlier one are refused. */
  private run = 0;
  private inputs: readonly ScanInput[] = [];
  private finished: Finished | null = null;
  private verdicts: ExportVerdicts | null = null;
  private filtered: { readonly key: string; readonly rows: Promise<Uint32Array> } | null = null;
  private texts: readonly string[] = [];
  private job: ExportJob | null = null;

  async sniff(file: File): Promise<Sniffed> {
    const source = new FileSource(file);
    const head = await headOf(source);
    const sniffed = sniff(head, head.length === source.size, source.name);
    const dialect = { ...sniffed, assumedYear: assumedYear(sniffed, head, file.lastModified) };
    return { dialect, head: new TextDecoder().decode(head.subarray(dialect.bom, PREVIEW_BYTES)) };
  }

  async begin(files: readonly File[], dialects: readonly Dialect[], rules: readonly Rule[], maxRows?: number): Promise<number> {
    this.scan?.stop();
    this.finished = null;
    this.verdicts = null;
    this.filtered = null;
    this.closeExport();
    this.inputs = files.map((file, at) => ({ source: new FileSource(file), dialect: dialects[at] }));
    this.scan = new Scan(this.inputs, rules, { maxRows });
    return ++this.run;
  }

  async step(budget: number, run = this.run): Promise<StepResult> {
    const scan = this.running(run);
    const until = performance.now() + budget;
    try {
      do await scan.advance();
      while (!scan.done && performance.now() < until);
    } catch (error) {
      // Dropping a run closes its file under the read that is under way.
      this.running(run);
      throw error;
    }
    return { soFar: scan.soFar(), done: scan.done };
  }

  async finish(run = this.run): Promise<ReadResult> {
    const scan = this.running(run);
    scan.stop();
    const merged = mergeKeys(scan.keys);
    this.texts = merged.texts;
    const cells = binRows(scan.rows, merged.patternOf, scan.sources.names);
    this.finished = { inputs: this.inputs, scan, patternOf: merged.patternOf, axis: cells.axis, reader: new RowReader(scan.rows, this.inputs, merged.patternOf) };
    return {
      table: buildPatternTable(scan.keys, merged), cells, texts: patternTexts(scan.keys, merged),
      entries: scan.rows.count, lines: scan.lines, problems: scan.problems, problemCount: scan.problemCount,
      overflowRows: scan.keys.overflowRows, bytesPerRow: scan.rows.count === 0 ? 0 : scan.rows.bytes / scan.rows.count,
    };
  }

  async setVerdicts(verdicts: ExportVerdicts): Promise<void> {
    this.verdicts = verdicts;
    this.filtered = null;
  }

  async rowCount(filter: Filter): Promise<number> {
    return (await this.rowsOf(filter)).length;
  }

  async rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]> {
    const rows = await this.rowsOf(filter);
    return this.ended().reader.read(rows.subarray(from, from + count));
  }

  async beginExport(options: ExportOptions): Promise<void> {
    const { inputs, scan, patternOf } = this.ended();
    if (this.verdicts === null) throw new Failure('internal', 'There are no verdicts to export yet.');
    const rows = selectsAll(options.filter) ? null : await this.rowsOf(options.filter);
    this.closeExport();
    this.job = new ExportJob({ inputs, store: scan.rows, patternOf, verdicts: this.verdicts, texts: this.texts, raw: options.raw, provisional: options.provisional, rows });
  }

  async exportStep(): Promise<ExportStep> {
    if (this.job === null) throw new Failure('internal', 'No export is under way.');
    const step = await this.job.step();
    if (step.done) this.job = null;
    return step;
  }

  async endExport(): Promise<void> {
    this.closeExport();
  }

  private closeExport(): void {
    this.job?.close();
    this.job = null;
  }

  private running(run: number): Scan {
    if (run !== this.run) throw Object.assign(new Error('Another file was opened meanwhile.'), { name: 'AbortError' });
    if (this.scan === null) throw new Failure('internal', 'No file is open.');
    return this.scan;
  }

  private ended(): Finished {
    if (this.finished === null) throw new Failure('internal', 'The file has not been read yet.');
    return this.finished;
  }

  /** Rows that pass a filter; the last answer is kept, since views ask page by page. */
  private rowsOf(filter: Filter): Promise<Uint32Array> {
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

  private async computeRows(filter: Filter): Promise<Uint32Array> {
    const { scan, patternOf, axis, inputs } = this.ended();
    const ready = new RowFilter(filter, patternOf, this.verdicts, scan.sources.names.length, axis);
    const rows = ready.matching(scan.rows);
    return filter.text === '' ? rows : searchRows(inputs, scan.rows, rows, filter.text);
  }
}

/** The first part of a file; more of it where a first line is longer. */
async function headOf(source: FileSource): Promise<Uint8Array> {
  let head = await source.read(0, SNIFF_BYTES);
  while (head.length < source.size && head.length < LONG_HEAD_BYTES && !head.includes(LF) && !head.includes(CR)) head = await source.read(0, head.length * 4);
  return head;
}
