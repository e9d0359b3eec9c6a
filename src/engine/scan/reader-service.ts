import type { Dialect } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { DigestStep, ExportOptions, ExportStep, Redaction, RedactionPreview } from '../../contract/export.ts';
import type { Cells } from '../../contract/pattern.ts';
import type { ExportVerdicts, ReadResult, ReadSetup, ReaderApi, RowOrder, SniffAsk, Sniffed, StepResult } from '../../contract/reader-api.ts';
import type { Rule, RulePart } from '../../contract/rule.ts';
import type { KeyId, Lesson, RuleTrial, SlotValues } from '../../contract/teach.ts';
import { selectsAll } from '../../contract/view.ts';
import type { Filter, RowView } from '../../contract/view.ts';
import { sniffFormat } from '../read/sniff.ts';
import { RuleError } from '../rules/rule-error.ts';
import { PackedFiles } from '../unpack/packed-files.ts';
import { timeSays } from './assumed-year.ts';
import { FileSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { differingRows } from './differing-rows.ts';
import { DigestJob } from './digest-job.ts';
import { ExportJob } from './export-job.ts';
import { FinishedRun } from './finished-run.ts';
import { GrowingSource } from './growing-source.ts';
import { partOfRow } from './part-of-row.ts';
import { redactionPreview } from './redaction-preview.ts';
import { RuleTrialJob } from './rule-trial.ts';
import { Scan } from './scan.ts';
import type { ScanInput } from './scan.ts';
import { slotValues } from './slot-values.ts';

/** Of a file's first part, so many bytes are shown in the column dialog. */
const PREVIEW_BYTES = 1 << 15;

/** A run that has begun. */
interface Reading {
  readonly inputs: readonly ScanInput[];
  readonly scan: Scan;
  readonly setup: ReadSetup;
  readonly files: readonly File[];
}

/** The reader worker's implementation; knows nothing of workers and runs the same in Node. */
export class ReaderService implements ReaderApi {
  private reading: Reading | null = null;
  /** Number of the current run: calls that belong to an earlier one are refused. */
  private run = 0;
  /** Number of the last call of `begin`, which opens files before it starts a run. */
  private begun = 0;
  private readonly packed: PackedFiles;
  private finished: FinishedRun | null = null;
  private job: ExportJob | null = null;
  private digest: DigestJob | null = null;
  /** The files of the finished run, those that it is compared with included, as they were dropped. */
  private dropped: readonly File[] = [];
  private trial: RuleTrialJob | null = null;

  constructor(packed = new PackedFiles()) {
    this.packed = packed;
  }

  async members(file: File): Promise<readonly string[]> {
    return this.packed.members(file);
  }

  async sniff(file: File, ask: SniffAsk = {}): Promise<Sniffed> {
    const { packing, member, encoding, bytes: head, whole, name } = await this.packed.head(file, ask);
    const { dialect: sniffed, candidates } = sniffFormat(head, whole, name, new Date(file.lastModified).getUTCFullYear(), ask);
    const dialect = { ...sniffed, packing, member, encoding, ...timeSays(sniffed, head, file.lastModified) };
    return { dialect, candidates, head: new TextDecoder().decode(head.subarray(dialect.bom, PREVIEW_BYTES)) };
  }

  async begin(files: readonly File[], dialects: readonly Dialect[], setup: ReadSetup): Promise<number> {
    const ticket = ++this.begun;
    const sources = await Promise.all(files.map((file, at) => this.sourceOf(file, dialects[at], setup, at)));
    if (ticket !== this.begun) throw dropped();
    const inputs = sources.map((source, at) => ({ source, dialect: dialects[at] }));
    const scan = refusing(() => new Scan(inputs, setup.rules, { maxRows: setup.maxRows, baseline: setup.baseline }));
    this.reading?.scan.stop();
    if (setup.keep !== true) {
      this.finished = null;
      this.closeExport();
      this.closeTrial();
    }
    this.reading = { inputs, scan, setup, files };
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
    this.running(run);
    return { soFar: scan.soFar(), done: scan.done };
  }

  async finish(run = this.run): Promise<ReadResult> {
    const { inputs, scan, setup, files } = this.running(run);
    scan.stop();
    this.finished = new FinishedRun(inputs, scan, setup);
    this.dropped = files;
    this.digest = null;
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

  async rowsInOrder(filter: Filter, order: RowOrder, from: number, count: number): Promise<readonly RowView[]> {
    if (order === 'read') return this.rows(filter, from, count);
    const rows = await this.ended().rowsByTime(filter);
    return this.sampleRows([...rows.subarray(from, from + count)]);
  }

  async zoom(range: readonly [number, number] | null): Promise<Cells> {
    return this.ended().zoom(range);
  }

  async hasGrown(): Promise<boolean> {
    // What is under way counts on the rows staying as they are.
    if (this.job !== null || this.trial !== null) return false;
    const source = this.ended().inputs[0]?.source;
    return source instanceof GrowingSource && source.hasGrown();
  }

  async grow(lessons: readonly Lesson[]): Promise<ReadResult | null> {
    const ended = this.ended();
    const { inputs, scan, setup } = ended;
    const source = inputs[0]?.source;
    if (!(source instanceof GrowingSource)) return null;
    if (scan.resumeAt < 0) {
      // Up to what was seen now it is read anew.
      source.renew();
      return null;
    }
    if (await source.hasGrown()) {
      const { size } = source;
      source.renew();
      const bytes = await source.read(scan.resumeAt, source.size - scan.resumeAt);
      // Without a pause from here on: the old rows and the new ones are never both in use.
      if (this.finished !== ended) throw dropped();
      if (this.job === null && this.trial === null) scan.extend(bytes, source.size);
      else source.size = size;
    }
    this.finished = new FinishedRun(inputs, scan, { ...setup, lessons });
    return this.finished.result();
  }

  async redactionPreview(redaction: Redaction, filter: Filter, most: number): Promise<RedactionPreview> {
    return redactionPreview(this.ended(), redaction, filter, most);
  }

  async beginDigest(): Promise<void> {
    const { inputs } = this.ended();
    const sources = new Map(this.dropped.map((file) => [file, new FileSource(file)]));
    this.digest = new DigestJob(this.dropped.map((file, at) => {
      const source = inputs[at]?.source;
      return source instanceof GrowingSource ? source : (sources.get(file) as FileSource);
    }));
  }

  async digestStep(budget: number): Promise<DigestStep> {
    if (this.digest === null) throw new Failure('internal', 'No file is being hashed.');
    return this.digest.step(budget);
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
    const { scan, merged, verdicts, setup } = ended;
    // What is only compared with has no rows of its own.
    const inputs = ended.inputs.filter((_, at) => setup.baseline?.[at] !== true);
    if (verdicts === null) throw new Failure('internal', 'There are no verdicts to export yet.');
    const rows = selectsAll(options.filter) ? null : await ended.rowsOf(options.filter);
    this.closeExport();
    this.job = new ExportJob({ inputs, store: scan.rows, patternOf: merged.patternOf, verdicts, texts: merged.texts, options, rows });
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

  /** A file with a handle can grow, where its own bytes are what readers see; to read the same files anew it is taken as far as it was known. What was unpacked is not unpacked again then. */
  private async sourceOf(file: File, dialect: Dialect, { keep, handles }: ReadSetup, at: number): Promise<ByteSource> {
    const handle = handles?.[at] ?? null;
    const before = keep === true ? this.finished?.inputs[at]?.source : null;
    if (handle === null || dialect.packing !== 'none' || dialect.encoding !== 'utf-8') return this.packed.open(file, dialect, before);
    return before instanceof GrowingSource && before.name === file.name ? before : GrowingSource.of(handle);
  }

  private running(run: number): Reading {
    if (run !== this.run) throw dropped();
    if (this.reading === null) throw new Failure('internal', 'No file is open.');
    return this.reading;
  }

  private ended(): FinishedRun {
    if (this.finished === null) throw new Failure('internal', 'The file has not been read yet.');
    return this.finished;
  }
}

function dropped(): Error {
  return Object.assign(new Error('Another file was opened meanwhile.'), { name: 'AbortError' });
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
