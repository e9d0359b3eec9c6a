import type { DigestStep } from '../../contract/export.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import type { Progress } from '../../contract/view.ts';
import type { RowAccess } from '../row-access.ts';

/** How long the reader worker hashes before it answers (ms). */
const BUDGET = 80;

/** Of each file of the run, in order. */
export type FileDigests = Pick<DigestStep, 'hashes' | 'sizes'>;

/** SHA-256 of the files that are open, worked out once per reading. */
export class Digests {
  readonly #rows: RowAccess;
  #known: { readonly table: PatternTable | null; readonly digests: FileDigests } | null = null;
  /** Number of the latest hashing. */
  #latest = 0;

  constructor(rows: RowAccess) {
    this.#rows = rows;
  }

  /** @param table what the reading gave: files that have grown are hashed again. @throws Failure as of ReaderApi; AbortError once stopped */
  async of(table: PatternTable | null, progress: (progress: Progress) => void): Promise<FileDigests> {
    if (this.#known !== null && this.#known.table === table) return this.#known.digests;
    const run = ++this.#latest;
    await this.#rows.call((api) => api.beginDigest());
    for (;;) {
      const step = await this.#rows.call((api) => api.digestStep(BUDGET));
      if (run !== this.#latest) throw Object.assign(new Error('Hashing was stopped.'), { name: 'AbortError' });
      progress({ what: 'hashing', done: step.read, total: step.total, unit: 'bytes' });
      if (!step.done) continue;
      const digests = { hashes: step.hashes, sizes: step.sizes };
      this.#known = { table, digests };
      return digests;
    }
  }

  stop(): void {
    this.#latest++;
  }
}
