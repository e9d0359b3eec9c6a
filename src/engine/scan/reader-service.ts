import type { Dialect } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { DigestStep, ExportOptions, ExportStep, RedactionPreview } from '../../contract/export.ts';
import type { Cells } from '../../contract/pattern.ts';
import type { ExportVerdicts, ReadResult, ReadSetup, ReaderApi, RowOrder, SniffAsk, Sniffed, StepResult } from '../../contract/reader-api.ts';
import type { Rule, RulePart } from '../../contract/rule.ts';
import type { KeyId, RuleTrial, SlotValues } from '../../contract/teach.ts';
import { selectsAll } from '../../contract/view.ts';
import type { Filter, RowView } from '../../contract/view.ts';
import { CR, LF } from '../read/ascii.ts';
import { SNIFF_BYTES, sniffFormat } from '../read/sniff.ts';
import { RuleError } from '../rules/rule-error.ts';
import { assumedYear } from './assumed-year.ts';
import { FileSource } from './byte-source.ts';
import { differingRows } from './differing-rows.ts';
import { ExportJob } from './export-job.ts';
import { FinishedRun } from './finished-run.ts';
import { partOfRow } from './part-of-row.ts';
import { RuleTrialJob } from './rule-trial.ts';
import { Scan } from './scan.ts';
import type { ScanInput } from './scan.ts';
import { slotValues } from './slot-values.ts';

/** Of a file whose first line is longer than SNIFF_BYTES, so many bytes are looked at to get past it. */
const LONG_HEAD_BYTES = 1 << 24;
/** Of those, so many are shown in the column dialog. */
const PREVIEW_BYTES = 1 << 15;

/** A run that has begun. */
interface Reading {
  readonly inputs: readonly ScanInput[];
  readonly scan: Scan;
  readonly setup: ReadSetup;
}

/** The reader worker's implementation; knows nothing of workers and runs the same in Node. */
export class ReaderService implements ReaderApi {
  private reading: Reading | null = null;
  /** Number of the current run: calls that belong to an earlier one are refused. */
  private run = 0;
  private finished: FinishedRun | null = null;
  private job: ExportJob | null = null;
  private trial: RuleTrialJob | null = null;

  async members(_file: File): Promise<readonly string[]> {
    return [''];
  }

  async sniff(file: File, ask: SniffAsk = {}): Promise<Sniffed> {
    const source = new FileSource(file);
    const head = await headOf(source);
    const { dialect: sniffed, candidates } = sniffFormat(head, head.length === source.size, source.name, new Date(file.lastModified).getUTCFullYear(), ask);
    const dialect = { ...sniffed, assumedYear: assumedYear(sniffed, head, file.lastModified) };
    return { dialect, candidates, head: new TextDecoder().decode(head.subarray(dialect.bom, PREVIEW_BYTES)) };
  }

  async begin(files: readonly File[], dialects: readonly Dialect[], setup: ReadSetup): Promise<number> {
    const inputs = files.map((file, at) => ({ source: new FileSource(file), dialect: dialects[at] }));
    const scan = refusing(() => new Scan(inputs, setup.rules, { maxRows: setup.maxRows }));
    this.reading?.scan.stop();
    if (setup.keep !== true) {
      this.finished = null;
      this.closeExport();
      this.closeTrial();
    }
    this.reading = { inputs, scan, setup };
    return ++this.run;
  }

  async step(budget: number, run = this.run): Promise<StepResult> {
    const { scan } = this.running(run);
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
    const { inputs, scan, setup } = this.running(run);
    scan.stop();
    this.finished = new FinishedRun(inputs, scan, setup);
    return this.finished.result();
  }

  async drop(run: number): Promise<void> {
    if (run !== this.run || this.reading === null || this.reading.scan === this.finished?.scan) return;
    this.reading.scan.stop();
    this.reading = null;
    this.run++;
  }

  async setVerdicts(verdicts: ExportVerdicts): Promise<void> {
    if (this.finished !== null) this.finished.verdicts = verdicts;
  }

  async rowCount(filter: Filter): Promise<number> {
    return (await this.ended().rowsOf(filter)).length;
  }

  async rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]> {
    const ended = this.ended();
    const rows = await ended.rowsOf(filter);
    return ended.reader.read(rows.subarray(from, from + count));
  }

  async rowsInOrder(filter: Filter, _order: RowOrder, from: number, count: number): Promise<readonly RowView[]> {
    return this.rows(filter, from, count);
  }

  async zoom(_range: readonly [number, number] | null): Promise<Cells> {
    return this.ended().result().cells;
  }

  async grow(_files: readonly File[]): Promise<number> {
    throw new Failure('internal', 'Files cannot be followed yet.');
  }

  async redactionPreview(): Promise<RedactionPreview> {
    return { rows: [], seen: 0, changed: 0 };
  }

  async beginDigest(): Promise<void> {
    throw new Failure('internal', 'Files cannot be hashed yet.');
  }

  async digestStep(): Promise<DigestStep> {
    throw new Failure('internal', 'Files cannot be hashed yet.');
  }

  async sampleRows(rows: readonly number[]): Promise<readonly RowView[]> {
    const ended = this.ended();
    for (const row of rows) ended.check(row);
    const views = await ended.reader.read(Uint32Array.from(new Set(rows)).sort());
    const byRow = new Map(views.map((view) => [view.row, view]));
    return rows.map((row) => byRow.get(row) as RowView);
  }

  async examples(pattern: number, count: number): Promise<readonly RowView[]> {
    return this.sampleRows(await differingRows(this.ended(), pattern, count));
  }

  async values(pattern: number, limit: number): Promise<readonly SlotValues[]> {
    return slotValues(this.ended(), pattern, limit);
  }

  async keysOf(patterns: readonly number[]): Promise<readonly (readonly KeyId[])[]> {
    return this.ended().keyIds.of(patterns);
  }

  async patternsOf(keys: readonly KeyId[]): Promise<Int32Array> {
    return this.ended().keyIds.patternsOf(keys);
  }

  async partOfRow(row: number): Promise<RulePart | null> {
    this.ended().check(row);
    return partOfRow(this.ended(), row);
  }

  async beginTrial(rule: Rule, taught: readonly number[]): Promise<void> {
    const ended = this.ended();
    const trial = refusing(() => new RuleTrialJob(ended, rule, taught));
    this.closeTrial();
    this.trial = trial;
  }

  async trialStep(budget: number): Promise<RuleTrial> {
    if (this.trial === null) throw new Failure('internal', 'No rule is being tried.');
    return this.trial.step(budget);
  }

  async endTrial(): Promise<void> {
    this.closeTrial();
  }

  async beginExport(options: ExportOptions): Promise<void> {
    const ended = this.ended();
    const { inputs, scan, merged, verdicts } = ended;
    if (verdicts === null) throw new Failure('internal', 'There are no verdicts to export yet.');
    const rows = selectsAll(options.filter) ? null : await ended.rowsOf(options.filter);
    this.closeExport();
    this.job = new ExportJob({ inputs, store: scan.rows, patternOf: merged.patternOf, verdicts, texts: merged.texts, raw: options.raw, extra: options.extra, rows });
  }

  async exportStep(): Promise<ExportStep> {
    const { job } = this;
    if (job === null) throw new Failure('internal', 'No export is under way.');
    const step = await job.step();
    if (step.done && this.job === job) this.job = null;
    return step;
  }

  async endExport(): Promise<void> {
    this.closeExport();
  }

  private closeExport(): void {
    this.job?.close();
    this.job = null;
  }

  private closeTrial(): void {
    this.trial?.close();
    this.trial = null;
  }

  private running(run: number): Reading {
    if (run !== this.run) throw Object.assign(new Error('Another file was opened meanwhile.'), { name: 'AbortError' });
    if (this.reading === null) throw new Failure('internal', 'No file is open.');
    return this.reading;
  }

  private ended(): FinishedRun {
    if (this.finished === null) throw new Failure('internal', 'The file has not been read yet.');
    return this.finished;
  }
}

/** A rule that cannot be used is told as a Failure. */
function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RuleError) throw new Failure('rules-refused', error.message);
    throw error;
  }
}

/** The first part of a file; more of it where a first line is longer. */
async function headOf(source: FileSource): Promise<Uint8Array> {
  let head = await source.read(0, SNIFF_BYTES);
  while (head.length < source.size && head.length < LONG_HEAD_BYTES && !head.includes(LF) && !head.includes(CR)) head = await source.read(0, head.length * 4);
  return head;
}
