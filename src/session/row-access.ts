import type { Remote } from 'comlink';
import type { Lane } from '../bridge/lane.ts';
import type { ExportVerdicts, ReaderApi } from '../contract/reader-api.ts';
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

  constructor(reader: Lane<ReaderApi>) {
    this.reader = reader;
  }

  /** From now on rows are those of `input`, which has just been read. */
  reset(input: ReadInput | null): void {
    this.input = input;
    this.verdicts = null;
  }

  /** The files have grown: rows are those of a run that has just taken the place of the one before. */
  grew(entries: number): void {
    if (this.input !== null) this.reset({ ...this.input, maxRows: entries });
  }

  /** Tells the worker the verdicts, for filters and exports. */
  async share(verdicts: ExportVerdicts): Promise<void> {
    if (verdicts === this.verdicts) return;
    this.verdicts = verdicts;
    await this.call((api) => api.setVerdicts(verdicts));
  }

  /** @throws Failure as of ReaderApi, 'worker-died' if the worker dies during the call (the next call recovers) */
  async call<T>(job: (api: Remote<ReaderApi>) => Promise<T>): Promise<T> {
    // While a recovery runs the worker is alive, but knows only part of the rows.
    if (!this.reader.alive || this.recovery !== null) await (this.recovery ??= this.recover().finally(() => (this.recovery = null)));
    return this.reader.call(job);
  }

  private async recover(): Promise<void> {
    const { input, verdicts } = this;
    if (input === null) return;
    await readFiles(this.reader, input, {
      stopped: () => false,
      progress: () => undefined,
      failed: (error) => {
        throw error;
      },
    });
    if (verdicts !== null) await this.reader.call((api) => api.setVerdicts(verdicts));
  }
}
