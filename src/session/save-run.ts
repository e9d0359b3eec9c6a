import type { Saver } from '../bridge/save-file.ts';
import { failureCode } from '../contract/failure.ts';
import type { ExportOptions } from '../contract/export.ts';
import type { Progress } from '../contract/view.ts';
import type { RowAccess } from './row-access.ts';

export interface Saved {
  readonly name: string;
  readonly rows: number;
  /** Cells that got a leading ' so that a spreadsheet does not run them. */
  readonly formulaCells: number;
  /** Values replaced by stand-ins. */
  readonly redacted: number;
  /** Characters of our columns that the file's encoding lacks. */
  readonly unwritable: number;
}

export type SaveOptions = ExportOptions;

/** Streams an export from the reader worker to where the person wants it. Null if it was stopped; then nothing is left behind. */
export async function saveCsv(rows: RowAccess, saver: Saver, options: SaveOptions, stopped: () => boolean, progress: (progress: Progress) => void): Promise<Saved | null> {
  try {
    await rows.call((api) => api.beginExport(options));
    for (;;) {
      if (stopped()) {
        await rows.call((api) => api.endExport());
        await saver.abort();
        return null;
      }
      const step = await rows.call((api) => api.exportStep());
      await saver.write(step.bytes);
      progress({ what: 'saving', done: step.read, total: step.total, unit: 'bytes' });
      if (!step.done) continue;
      await saver.close();
      return { name: saver.name, rows: step.rows, formulaCells: step.formulaCells, redacted: step.redacted, unwritable: step.unwritable };
    }
  } catch (error) {
    await saver.abort();
    // With a dead worker there is nothing to close, and asking would make it read everything again.
    if (failureCode(error) !== 'worker-died') await rows.call((api) => api.endExport()).catch(() => undefined);
    throw error;
  }
}

/** In the name of a file: controls and what reorders or hides letters, so that none ends otherwise than it seems to, and signs of markup. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]+/gu;

/** A name as it may be given to a file that is saved. */
export function plainFileName(name: string): string {
  return name.replace(NOT_IN_NAMES, '_');
}

/** Name proposed for the labelled file. */
export function outputName(files: readonly File[], ending = 'labelled.csv'): string {
  const base = files.length === 1 ? plainFileName(files[0].name).replace(/(?:\.(?:gz|zst|zip))?$/i, '').replace(/\.[a-z0-9]{1,5}$/i, '') : 'logs';
  return `${base}.${ending}`;
}
