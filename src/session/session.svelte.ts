import { readerLane } from '../bridge/reader.ts';
import type { ReadProblem, Role } from '../contract/dialect.ts';
import { Failure } from '../contract/failure.ts';
import type { Backend } from '../contract/model.ts';
import type { ReadResult } from '../contract/reader-api.ts';
import type { Filter, Progress, RowView, SoFar, Stage } from '../contract/view.ts';
import { BUILT_IN_RULES } from '../engine/rules/built-in-rules.ts';
import { SAMPLE_NAME, sampleLog } from '../engine/sample/sample-log.ts';
import { Alerts } from './alerts.svelte.ts';
import { Board } from './board.svelte.ts';
import type { Neighbour } from './board.svelte.ts';
import { Inputs } from './inputs.svelte.ts';
import { ModelUse } from './model-use.svelte.ts';
import { Pace } from './pace.ts';
import { readFiles, sniffFiles } from './read-run.ts';
import { RowAccess } from './row-access.ts';
import { outputName } from './save-run.ts';
import { Saving } from './saving.svelte.ts';
import { statusText } from './status-text.ts';
import { Throttle } from './throttle.ts';

/** Verdicts are worked out anew at most so often while votes stream in (ms). */
const REFRESH_MS = 150;

/** All that the page shows, and the verbs that change it. Nothing in here grows with rows. */
export class Session {
  stage = $state<Stage>('empty');
  /** Every row has its final verdict; false after Cancel or a failure on the way. */
  complete = $state(false);
  progress = $state.raw<Progress | null>(null);
  /** Units of `progress` per second. */
  rate = $state(0);
  soFar = $state.raw<SoFar | null>(null);
  entries = $state(0);
  lines = $state(0);
  unread = $state.raw<readonly ReadProblem[]>([]);
  unreadTotal = $state(0);
  overflowRows = $state(0);
  readonly status = $derived(statusText(this));

  private readonly log = new Alerts();
  private readonly inputs = new Inputs();
  private readonly rules = BUILT_IN_RULES;
  private readonly reader = readerLane();
  private readonly rowAccess = new RowAccess(this.reader);
  private readonly exports = new Saving(this.rowAccess);
  private readonly models = new ModelUse();
  private readonly board = new Board(this.rules, this.models.lane);
  private readonly pace = new Pace();
  /** Late results of an older run are dropped. */
  private generation = 0;
  private cancelled = false;
  /** A file could not be read to its end. */
  private cutShort = false;

  get saving(): Saving['progress'] { return this.exports.progress; }
  get saved(): Saving['saved'] { return this.exports.saved; }
  get files(): Inputs['files'] { return this.inputs.files; }
  get dialect(): Inputs['dialect'] { return this.inputs.dialect; }
  get preview(): Inputs['preview'] { return this.inputs.preview; }
  get question(): Inputs['question'] { return this.inputs.question; }
  get alerts(): Alerts['list'] { return this.log.list; }
  get table(): Board['table'] { return this.board.table; }
  get cells(): Board['cells'] { return this.board.cells; }
  get verdicts(): Board['verdicts'] { return this.board.verdicts; }
  get limits(): Board['limits'] { return this.board.limits; }
  get threshold(): number { return this.board.threshold; }
  get modelInfo(): ModelUse['info'] { return this.models.info; }
  get backend(): Backend { return this.models.backend; }
  /** Rows whose verdict will not change any more, as a share of all. */
  get finalShare(): number { return this.board.finalShare; }

  /** Opens files, dropping whatever was open. Never rejects: what goes wrong becomes an alert. */
  async open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const run = this.reset();
    this.inputs.reset(files);
    this.stage = 'reading';
    this.models.prepare();
    try {
      const { readable, refused } = await sniffFiles(this.reader, files);
      if (run !== this.generation) return;
      if (readable.length === 0) throw refused[0];
      // One bad file among several does not keep the others from being read.
      for (const error of refused) this.log.add(error);
      this.inputs.take(readable);
      await this.askOrRun(run);
    } catch (error) {
      this.fail(run, error);
    }
  }

  /** Opens text that was pasted. */
  openText(text: string): Promise<void> {
    return this.open([new File([text], 'pasted text')]);
  }

  /** Opens the made-up sample, by the same way as a dropped file. */
  openSample(): Promise<void> {
    return this.open([new File([sampleLog()], SAMPLE_NAME, { type: 'text/csv' })]);
  }

  /** Reads again with other columns of the file that `dialect` is of, and of those like it. */
  async reread(roles: Partial<Record<Role, number>>, header?: boolean): Promise<void> {
    if (this.inputs.dialects.length === 0) return;
    const run = this.reset();
    this.inputs.change(roles, header);
    this.stage = 'reading';
    try {
      await this.askOrRun(run);
    } catch (error) {
      this.fail(run, error);
    }
  }

  /** Stops reading or classifying; what is done is kept. */
  cancel(): void {
    if (this.stage === 'reading' || this.stage === 'working') this.cancelled = true;
  }

  /** Stops saving; no part of a file is left behind. */
  cancelSaving(): void {
    this.exports.stop();
  }

  /** Back to the first screen. The worker is kept (it could not be loaded again with the server gone), what it holds is not. */
  close(): void {
    this.reset();
    this.inputs.reset([]);
    this.reader.call((api) => api.begin([], [], [])).catch((error: unknown) => this.log.add(error));
  }

  setThreshold(value: number): void {
    this.board.threshold = value;
    this.board.refresh(this.stage === 'ready', this.cancelled);
    this.shareVerdicts().catch((error: unknown) => this.log.add(error));
  }

  setBackend(backend: Backend): void {
    this.models.backend = backend;
  }

  /** Raises an alert for what went wrong before anything was opened. */
  report(error: unknown): void {
    this.log.add(error);
  }

  dismiss(alertId: number): void {
    this.log.dismiss(alertId);
  }

  /** @param pattern index into the pattern table */
  verdict(pattern: number): ReturnType<Board['verdict']> {
    return this.board.verdict(pattern);
  }

  opinions(pattern: number): ReturnType<Board['opinions']> {
    return this.board.opinions(pattern);
  }

  /** The nearest labelled example of a pattern; null if it has none. */
  neighbour(pattern: number): Promise<Neighbour | null> {
    return this.board.neighbour(pattern);
  }

  /** Rows that pass the filter. What goes wrong becomes an alert and rejects. */
  async rowCount(filter: Filter): Promise<number> {
    await this.shareFor(filter);
    return this.told(this.rowAccess.call((api) => api.rowCount(filter)));
  }

  /** Rows `from`… among those that pass the filter, read again from the file. What goes wrong becomes an alert and rejects. */
  async rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]> {
    await this.shareFor(filter);
    return this.told(this.rowAccess.call((api) => api.rows(filter, from, count)));
  }

  /** Saves the labelled CSV. Must be called from a click: the save dialog needs one. `provisional`: add that column. */
  async exportCsv(filter: Filter, provisional = false): Promise<void> {
    const address = new URLSearchParams(location.search);
    const options = { filter, provisional, raw: address.get('raw') === '1' };
    await this.exports.run(outputName(this.files), address.get('save') === 'download', options, () => this.shareVerdicts()).catch((error: unknown) => this.log.add(error));
  }

  /** Raises an alert for what goes wrong, unless other files were opened meanwhile. */
  private told<T>(work: Promise<T>): Promise<T> {
    const run = this.generation;
    work.catch((error: unknown) => run === this.generation && this.log.add(error));
    return work;
  }

  private async run(run: number): Promise<void> {
    const result = await this.read(run);
    if (run !== this.generation) return;
    this.show(result);
    const readAll = !this.cancelled && !this.cutShort;
    const decidedAll = readAll && (await this.classify(run, result));
    if (run !== this.generation) return;
    this.board.refresh(true, this.cancelled);
    await this.shareVerdicts().catch((error: unknown) => this.log.add(error));
    this.progress = null;
    this.complete = decidedAll && !this.cancelled;
    this.stage = 'ready';
  }

  /** Reads all files. A failure on the way becomes an alert and keeps what was read. */
  private async read(run: number): Promise<ReadResult> {
    const input = { files: this.files, dialects: this.inputs.dialects, rules: this.rules };
    const result = await readFiles(this.reader, input, {
      stopped: () => this.cancelled || run !== this.generation,
      progress: (soFar) => {
        if (run !== this.generation) return;
        this.soFar = soFar;
        this.advance({ what: 'reading', done: soFar.bytes, total: soFar.totalBytes, unit: 'bytes' });
      },
      failed: (error) => {
        if (run !== this.generation) return;
        this.cutShort = true;
        this.log.add(error);
      },
    });
    if (run === this.generation) this.rowAccess.reset({ ...input, maxRows: result.entries });
    return result;
  }

  private show(result: ReadResult): void {
    this.board.show(result);
    this.entries = result.entries;
    this.lines = result.lines;
    this.unread = result.problems;
    this.unreadTotal = result.problemCount;
    this.overflowRows = result.overflowRows;
    this.stage = 'working';
  }

  /** False if it ended early; the reason is then an alert. */
  private async classify(run: number, result: ReadResult): Promise<boolean> {
    const refresh = new Throttle(REFRESH_MS, () => run === this.generation && this.board.refresh(false));
    try {
      await this.models.vote(result, this.board.votes, {
        stopped: () => this.cancelled || run !== this.generation,
        progress: (what, done, total) => {
          if (run !== this.generation) return;
          this.advance({ what, done, total, unit: 'patterns' });
          refresh.request();
        },
        gpuFailed: (error) => run === this.generation && this.log.add(error),
      });
      return true;
    } catch (error) {
      if (run === this.generation) this.log.add(error);
      return false;
    } finally {
      refresh.stop();
    }
  }

  /** Tells the reader worker the verdicts, for filters and exports. */
  private async shareVerdicts(): Promise<void> {
    if (this.verdicts !== null) await this.rowAccess.share(this.verdicts);
  }

  /** A filter by verdict needs the worker to know today's. */
  private async shareFor(filter: Filter): Promise<void> {
    if (filter.labels !== null || filter.problemsOnly) await this.shareVerdicts();
  }

  private async askOrRun(run: number): Promise<void> {
    const unclear = this.inputs.ask();
    if (unclear === null) return this.run(run);
    this.stage = 'failed';
    this.log.add(new Failure('no-message-column', `“${unclear.name}”: no column is clearly the message. Choose the column that holds the log text, then it is read.`));
  }

  private advance(progress: Progress): void {
    this.rate = this.pace.rate(progress);
    this.progress = progress;
  }

  private fail(run: number, error: unknown): void {
    if (run !== this.generation) return;
    this.log.add(error);
    this.progress = null;
    this.stage = 'failed';
  }

  private reset(): number {
    Object.assign(this, {
      stage: 'empty', complete: false, progress: null, rate: 0, soFar: null,
      entries: 0, lines: 0, unread: [], unreadTotal: 0, overflowRows: 0,
      cancelled: false, cutShort: false,
    });
    this.exports.stop();
    this.board.show(null);
    this.log.clear();
    this.rowAccess.reset(null);
    return ++this.generation;
  }
}
