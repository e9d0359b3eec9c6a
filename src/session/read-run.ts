import type { Lane } from '../bridge/lane.ts';
import type { Dialect } from '../contract/dialect.ts';
import { failureCode } from '../contract/failure.ts';
import type { ReadResult, ReadSetup, ReaderApi, Sniffed } from '../contract/reader-api.ts';
import type { SoFar } from '../contract/view.ts';

export interface ReadInput extends ReadSetup {
  readonly files: readonly File[];
  readonly dialects: readonly Dialect[];
}

export interface ReadWatch {
  /** Looked at between steps. */
  readonly stopped: () => boolean;
  readonly progress: (soFar: SoFar) => void;
  /** A file could not be read to its end; what was read is kept. */
  readonly failed: (error: unknown) => void;
  /** Waited for once all is read, before patterns are made of it: where an earlier run is kept, the last moment to ask about it. */
  readonly ending?: () => Promise<void>;
}

/** The first totals come soon, later ones about ten times a second (ms). */
const FIRST_STEP_MS = 40;
const STEP_MS = 100;

/** Reads all files in the worker, step by step; stops early where the watch says so, with what was read, or null where an earlier run is kept. Such a run stays in use where the files cannot be read again. @throws Failure 'worker-died' and what leaves nothing to show; AbortError if another run began meanwhile */
export async function readFiles(reader: Lane<ReaderApi>, input: ReadInput, watch: ReadWatch): Promise<ReadResult | null> {
  const { files, dialects, ...setup } = input;
  const run = await reader.call((api) => api.begin(files, dialects, setup));
  let budget = FIRST_STEP_MS;
  while (!watch.stopped()) {
    try {
      const { soFar, done } = await reader.call((api) => api.step(budget, run));
      watch.progress(soFar);
      if (done) break;
      budget = STEP_MS;
    } catch (error) {
      if (failureCode(error) === 'worker-died' || isAbort(error)) throw error;
      // All that was read before is more than a part of it read again.
      if (input.keep === true) {
        await reader.call((api) => api.drop(run));
        throw error;
      }
      // A step may have read much before it failed.
      const result = await reader.call((api) => api.finish(run));
      if (result.entries === 0) throw error;
      watch.failed(error);
      return result;
    }
  }
  if (input.keep === true && watch.stopped()) {
    await reader.call((api) => api.drop(run));
    return null;
  }
  await watch.ending?.();
  return reader.call((api) => api.finish(run));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

export interface SniffedFiles {
  readonly readable: readonly (Sniffed & { readonly file: File })[];
  /** Why the others were refused. */
  readonly refused: readonly unknown[];
}

/** Looks at the first part of each file. @throws Failure 'worker-died' */
export async function sniffFiles(reader: Lane<ReaderApi>, files: readonly File[]): Promise<SniffedFiles> {
  const settled = await reader.call((api) => Promise.allSettled(files.map((file) => api.sniff(file))));
  return {
    readable: settled.flatMap((one, at) => (one.status === 'fulfilled' ? [{ ...one.value, file: files[at] }] : [])),
    refused: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])),
  };
}
