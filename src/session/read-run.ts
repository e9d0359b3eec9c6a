import type { Lane } from '../bridge/lane.ts';
import type { Dialect } from '../contract/dialect.ts';
import { Failure, failureCode } from '../contract/failure.ts';
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
  /** A packed file ended too early; all that there is of the files has been read. */
  readonly endedEarly?: (error: unknown) => void;
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
      if (failureCode(error) === 'file-cut-short') {
        watch.endedEarly?.(error);
        break;
      }
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

/** Files of one archive that are opened: each costs a look and a place in every list. */
const MOST_MEMBERS = 1000;

/** Looks at the first part of each file, and of each in an archive, which becomes an input of its own. @throws Failure 'worker-died' */
export async function sniffFiles(reader: Lane<ReaderApi>, files: readonly File[]): Promise<SniffedFiles> {
  const readable: (Sniffed & { readonly file: File })[] = [];
  const refused: unknown[] = [];
  for (const file of files) {
    const [listed] = await reader.call((api) => Promise.allSettled([api.members(file)]));
    if (listed.status === 'rejected') {
      refused.push(listed.reason);
      continue;
    }
    const members = listed.value.slice(0, MOST_MEMBERS);
    const settled = await reader.call((api) => Promise.allSettled(members.map((member) => api.sniff(file, member === '' ? {} : { member }))));
    readable.push(...settled.flatMap((one) => (one.status === 'fulfilled' ? [{ ...one.value, file }] : [])));
    const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    refused.push(...(reasons.length > 1 ? [oneOfAll(file, reasons)] : reasons));
    if (listed.value.length > MOST_MEMBERS) refused.push(new Failure('file-unreadable', `“${file.name}” holds ${listed.value.length.toLocaleString('en')} files; the first ${MOST_MEMBERS.toLocaleString('en')} were opened. Unpack it, and drop those that matter.`));
  }
  return { readable, refused };
}

/** An archive may hold hundreds of files that are no logs: one message tells of all. */
function oneOfAll(file: File, reasons: readonly unknown[]): Failure {
  const first = reasons[0] instanceof Error ? reasons[0].message : String(reasons[0]);
  return new Failure('file-unreadable', `${reasons.length} files in “${file.name}” cannot be read. The first: ${first}`);
}
