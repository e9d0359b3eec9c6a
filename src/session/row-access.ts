import type { Remote } from 'comlink';
import type { Lane } from '../bridge/lane.ts';
import { Failure } from '../contract/failure.ts';
import type { ExportVerdicts, ReaderApi } from '../contract/reader-api.ts';
import type { Lesson } from '../contract/teach.ts';
import { readFiles } from './read-run.ts';
import type { ReadInput } from './read-run.ts';

/**
 * Access to the rows that the reader worker holds. If that worker died since reading, the files are read again first:
 * reading is deterministic, so patterns and rows are the same as before.
 */
export class RowAccess {
  private readonly reader: Lane<ReaderApi>;
  private input: ReadInput | null = null;
  private verdicts: ExportVerdicts | null = null;
  private recovery: Promise<void> | null = null;
  /** Reading again failed: what the worker has now is not what was read before. */
  private torn = false;
  /** Number of the worker that holds the rows: looking at another file starts a new one, which knows nothing of them. */
  private worker = 0;

  constructor(reader: Lane<ReaderApi>) {
    this.reader = reader;
  }

  /** From now on rows are those of `input`, which has just been read. */
  reset(input: ReadInput | null): void {
    this.input = input;
    this.verdicts = null;
    this.torn = false;
    this.worker = this.reader.started;
  }

  /** The files have grown: rows are those of a run that has just taken the place of the one before. */
  grew(entries: number, lessons: readonly Lesson[]): void {
    if (this.input !== null) this.reset({ ...this.input, lessons, maxRows: entries });
  }

  /** Tells the worker the verdicts, for filters and exports. */
  async share(verdicts: ExportVerdicts): Promise<void> {
    if (verdicts === this.verdicts) return;
    this.verdicts = verdicts;
    await this.call((api) => api.setVerdicts(verdicts));
  }

  /** @throws Failure as of ReaderApi, 'worker-died' if the worker dies during the call (the next call recovers) */
  async call<T>(job: (api: Remote<ReaderApi>) => Promise<T>): Promise<T> {
    await this.ready();
    return this.reader.call(job);
  }

  /** Has the worker hold the rows, as before its death. What reads anew beside them must wait for it: one begun reading ends another. */
  async ready(): Promise<void> {
    // While a recovery runs the worker is alive, but knows only part of the rows.
    const held = this.reader.alive && this.reader.started === this.worker;
    if (!held || this.recovery !== null || this.torn) await (this.recovery ??= this.recover().finally(() => (this.recovery = null)));
  }

  private async recover(): Promise<void> {
    const { input, verdicts } = this;
    if (input === null) return;
    this.torn = true;
    const result = await readFiles(this.reader, input, {
      stopped: () => false,
      progress: () => undefined,
      failed: (error) => {
        throw error;
      },
    });
    if (input.maxRows !== undefined && result !== null && result.entries < input.maxRows) throw new Failure('file-changed', 'A file has fewer entries now than when it was read, so its rows cannot be shown or saved any more. Open the files again.');
    if (input !== this.input) return;
    this.torn = false;
    this.worker = this.reader.started;
    if (verdicts !== null) await this.reader.call((api) => api.setVerdicts(verdicts));
  }
}
