import { openSaver } from '../bridge/save-file.ts';
import type { Progress } from '../contract/view.ts';
import type { RowAccess } from './row-access.ts';
import { saveCsv } from './save-run.ts';
import type { Saved, SaveOptions } from './save-run.ts';

/** Saving what is open. An export belongs to the files it was begun with: opening others ends it, and leaves no part of a file behind. */
export class Saving {
  progress = $state.raw<Progress | null>(null);
  saved = $state.raw<Saved | null>(null);
  private readonly rows: RowAccess;
  /** Number of the latest export; 0 stops none. */
  private latest = 0;

  constructor(rows: RowAccess) {
    this.rows = rows;
  }

  /**
   * Asks where to save, then streams the export there. Must be called from a click.
   * @param ready called once the person has chosen where; the export begins when it resolves
   * @throws AbortError, Failure as of ReaderApi, and what writing throws
   */
  async run(name: string, download: boolean, options: SaveOptions, ready: () => Promise<void>): Promise<void> {
    const run = ++this.latest;
    const stopped = (): boolean => run !== this.latest;
    this.saved = null;
    try {
      const saver = await openSaver(name, download);
      if (stopped()) return await saver.abort();
      this.progress = { what: 'saving', done: 0, total: 0, unit: 'bytes' };
      await ready();
      const saved = await saveCsv(this.rows, saver, options, stopped, (progress) => {
        if (!stopped()) this.progress = progress;
      });
      if (!stopped()) this.saved = saved;
    } catch (error) {
      // What fails because its files were closed under it is no news.
      if (!stopped()) throw error;
    } finally {
      if (!stopped()) this.progress = null;
    }
  }

  /** Stops the export that is under way and forgets what was saved. */
  stop(): void {
    this.latest++;
    this.progress = null;
    this.saved = null;
  }
}
