import { Failure } from '../../../contract/failure.ts';
import type { LlmModel, LlmStored } from '../../../contract/llm.ts';
import type { LlmDownloadStep, LlmFolderFile, LlmStoreApi } from '../../../contract/llm-api.ts';
import { fetchSiteModels } from '../site-models.ts';
import { keepFile, keepFolder } from './keep-local.ts';
import type { Watch } from './keep-local.ts';
import { openStored } from './open-stored.ts';
import type { LlmPlace } from './place.ts';
import { readRecord, removeAll, removeModel, storedModels } from './records.ts';

/** Keeps language models in this browser; lives in a worker. One long job at a time. */
export class LlmStoreService implements LlmStoreApi {
  private readonly place: () => LlmPlace;
  private readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  private step: LlmDownloadStep = { bytes: 0, total: 0, path: '' };
  private stopper: AbortController | null = null;

  /**
   * @param place may throw a Failure: where nothing can be kept, that is told at the first call
   * @param fetch of this site
   */
  constructor(place: () => LlmPlace, fetch: (address: string, init: RequestInit) => Promise<Response>) {
    this.place = place;
    this.fetch = fetch;
  }

  async siteModels(scope: string): Promise<readonly LlmModel[]> {
    return fetchSiteModels(scope, this.fetch);
  }

  async stored(): Promise<readonly LlmStored[]> {
    return storedModels(this.place());
  }

  async keepFile(model: LlmModel, file: File): Promise<LlmStored> {
    return this.job((watch) => keepFile(this.place(), model, file, watch));
  }

  async keepFolder(files: readonly LlmFolderFile[], scope: string): Promise<LlmStored> {
    return this.job((watch) => keepFolder(this.place(), files, scope, watch));
  }

  async open(id: string): Promise<readonly File[]> {
    return this.job(async ({ begin, bytes, signal }) => {
      const place = this.place();
      const stored = await readRecord(place, id);
      if (stored === null) throw new Failure('llm-refused', 'This model is not kept in this browser any more: it was deleted, perhaps in another tab or by the browser when room got short. Get it again.');
      signal.throwIfAborted();
      return openStored(place, stored, { file: (path) => begin(path, stored.bytes), bytes, signal });
    });
  }

  async remove(id: string): Promise<void> {
    await removeModel(this.place(), id);
  }

  async removeAll(): Promise<void> {
    await removeAll(this.place());
  }

  async progress(): Promise<LlmDownloadStep> {
    return this.step;
  }

  async stop(): Promise<void> {
    this.stopper?.abort();
  }

  private async job<T>(work: (watch: Watch) => Promise<T>): Promise<T> {
    if (this.stopper !== null) throw new Failure('llm-unavailable', 'Another model is being copied or checked right now. Wait until that is done.');
    const { signal } = (this.stopper = new AbortController());
    this.step = { bytes: 0, total: 0, path: '' };
    try {
      return await work({
        begin: (path, total) => { this.step = { ...this.step, path, total }; },
        bytes: (bytes) => { this.step = { ...this.step, bytes: this.step.bytes + bytes }; },
        signal,
      });
    } finally {
      this.stopper = null;
    }
  }
}
