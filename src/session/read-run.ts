import type { Lane } from '../bridge/lane.ts';
import type { Dialect } from '../contract/dialect.ts';
import { failureCode } from '../contract/failure.ts';
import type { ReadResult, ReaderApi } from '../contract/reader-api.ts';
import type { Rule } from '../contract/rule.ts';
import type { SoFar } from '../contract/view.ts';

export interface ReadInput {
  readonly files: readonly File[];
  readonly dialects: readonly Dialect[];
  readonly rules: readonly Rule[];
  /** Rows that an earlier run of the same files read; reading stops there. */
  readonly maxRows?: number;
}

export interface ReadWatch {
  /** Looked at between steps. */
  readonly stopped: () => boolean;
  readonly progress: (soFar: SoFar) => void;
  /** A file could not be read to its end; what was read is kept. */
  readonly failed: (error: unknown) => void;
}

/** The first totals come soon, later ones about ten times a second (ms). */
const FIRST_STEP_MS = 40;
const STEP_MS = 100;

/** Reads all files in the worker, step by step; stops early where the watch says so. @throws Failure 'worker-died' and what leaves nothing to show */
export async function readFiles(reader: Lane<ReaderApi>, input: ReadInput, watch: ReadWatch): Promise<ReadResult> {
  await reader.call((api) => api.begin(input.files, input.dialects, input.rules, input.maxRows));
  let done = false;
  let entries = 0;
  while (!done && !watch.stopped()) {
    try {
      const step = await reader.call((api) => api.step(entries === 0 ? FIRST_STEP_MS : STEP_MS));
      entries = step.soFar.entries;
      watch.progress(step.soFar);
      done = step.done;
    } catch (error) {
      if (failureCode(error) === 'worker-died' || entries === 0) throw error;
      watch.failed(error);
      done = true;
    }
  }
  return reader.call((api) => api.finish());
}
