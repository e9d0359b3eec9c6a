import type { Lane } from '../bridge/lane.ts';
import type { ReadProblem } from '../contract/dialect.ts';
import type { ReaderApi, ReadResult } from '../contract/reader-api.ts';
import type { Progress, SoFar, Stage } from '../contract/view.ts';
import type { Alerts } from './alerts.svelte.ts';
import type { Board } from './board.svelte.ts';
import type { ModelUse } from './model-use.svelte.ts';
import { Pace } from './pace.ts';
import { readFiles } from './read-run.ts';
import type { ReadInput } from './read-run.ts';
import type { RowAccess } from './row-access.ts';
import { Throttle } from './throttle.ts';

/** Verdicts are worked out anew at most so often while votes stream in (ms). */
const REFRESH_MS = 150;

export interface RunParts {
  readonly reader: Lane<ReaderApi>;
  readonly rows: RowAccess;
  readonly models: ModelUse;
  readonly board: Board;
  readonly log: Alerts;
}

/** The way from open files to final verdicts: reading, then voting. One at a time; late results of an older one are dropped. */
export class Run {
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
  /** By time the rows stand in another order than as they were read. */
  outOfOrder = $state(false);
  private readonly parts: RunParts;
  private readonly pace = new Pace();
  private generation = 0;
  private cancelled = false;
  /** A file could not be read to its end. */
  private cutShort = false;
  /** A run has ended, and no other has begun. */
  private settled = false;
  private asides = 0;

  constructor(parts: RunParts) {
    this.parts = parts;
  }

  /** Drops whatever was under way and open; returns the number of the new run. */
  reset(): number {
    Object.assign(this, {
      stage: 'empty', complete: false, progress: null, rate: 0, soFar: null,
      entries: 0, lines: 0, unread: [], unreadTotal: 0, overflowRows: 0, outOfOrder: false,
      cancelled: false, cutShort: false, settled: false,
    });
    return ++this.generation;
  }

  /** Whether this run is still the latest. */
  is(run: number): boolean {
    return run === this.generation;
  }

  get number(): number {
    return this.generation;
  }

  /** Stops reading or voting; what is done is kept. */
  cancel(): void {
    if (this.stage === 'reading' || this.stage === 'working') this.cancelled = true;
  }

  fail(run: number, error: unknown): void {
    if (!this.is(run)) return;
    this.parts.log.add(error);
    this.progress = null;
    this.stage = 'failed';
  }

  /** Reads all files. A failure on the way becomes an alert and keeps what was read. Null if another run began, or a change of rules was cancelled. @param ending as of ReadWatch */
  async read(run: number, input: ReadInput, ending?: () => Promise<void>): Promise<ReadResult | null> {
    const { reader, rows, log } = this.parts;
    const result = await readFiles(reader, input, {
      stopped: () => this.cancelled || !this.is(run),
      progress: (soFar) => {
        if (!this.is(run)) return;
        this.soFar = soFar;
        this.advance({ what: 'reading', done: soFar.bytes, total: soFar.totalBytes, unit: 'bytes' });
      },
      failed: (error) => {
        if (!this.is(run)) return;
        this.cutShort = true;
        log.add(error);
      },
      endedEarly: (error) => this.is(run) && log.add(error),
      ...(ending === undefined ? {} : { ending }),
    });
    if (!this.is(run) || result === null) return null;
    rows.reset({ ...input, maxRows: result.entries, keep: false });
    return result;
  }

  /** What reading yielded, for the page to say. */
  note(result: ReadResult): void {
    this.entries = result.entries;
    this.lines = result.lines;
    this.unread = result.problems;
    this.unreadTotal = result.problemCount;
    this.overflowRows = result.overflowRows;
    this.outOfOrder = result.outOfOrder;
    this.stage = 'working';
  }

  /** Lets the models vote on what is open. False if it ended early; the reason is then an alert. */
  async vote(run: number): Promise<boolean> {
    const { board, models, log } = this.parts;
    const { table, rules, texts, votes } = board;
    if (table === null) return false;
    const refresh = new Throttle(REFRESH_MS, () => this.is(run) && board.refresh());
    try {
      await models.vote({ table, rules, texts }, votes, {
        stopped: () => this.cancelled || !this.is(run),
        progress: (what, done, total) => {
          if (!this.is(run)) return;
          this.advance({ what, done, total, unit: 'patterns' });
          refresh.request();
        },
        gpuFailed: (error) => this.is(run) && log.add(error),
      });
      return !this.cancelled;
    } catch (error) {
      if (this.is(run)) log.add(error);
      return false;
    } finally {
      refresh.stop();
    }
  }

  /** Everything read was read to the end, and nobody stopped it. */
  get whole(): boolean {
    return !this.cancelled && !this.cutShort;
  }

  /** Nothing more will come. @param decided every row has its final verdict */
  end(decided: boolean): void {
    this.parts.board.end(this.cancelled);
    this.progress = null;
    this.complete = decided && this.whole;
    this.settled = true;
    this.stage = this.asides > 0 ? 'working' : 'ready';
  }

  /** Work that follows from what a person taught: `working` meanwhile, then `ready` again, unless a run is under way. */
  async aside(work: () => Promise<void>): Promise<void> {
    this.asides++;
    if (this.settled) this.stage = 'working';
    try {
      await work();
    } finally {
      this.asides--;
      if (this.settled && this.asides === 0) this.stage = 'ready';
    }
  }

  /** Goes on with the files that are open, under a new number: other rules, or other models. */
  again(): number {
    this.cancelled = this.settled = false;
    this.stage = 'working';
    return ++this.generation;
  }

  /** Forgets a Cancel that gave up a change. */
  uncancel(): void {
    this.cancelled = false;
  }

  private advance(progress: Progress): void {
    this.rate = this.pace.rate(progress);
    this.progress = progress;
  }
}
