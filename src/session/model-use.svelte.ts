import { gpuLane, modelLane, modelsBase } from '../bridge/model.ts';
import { failureCode } from '../contract/failure.ts';
import type { Backend } from '../contract/model.ts';
import type { EncoderInfo } from '../contract/model-api.ts';
import type { ReadResult } from '../contract/reader-api.ts';
import type { Votes } from '../engine/decide/votes.ts';
import { classify } from './classify-run.ts';
import type { ClassifyWatch } from './classify-run.ts';

export interface ModelInfo {
  readonly backend: Backend;
  readonly threads: number;
  readonly megabytes: number;
  readonly requests: number;
}

/** The models of this page: loaded once, at the first file, and kept for the next one. */
export class ModelUse {
  readonly lane = modelLane();
  /** Spawned only where it is used, and kept: the encoder could not be loaded again with the server gone. */
  private readonly gpu = gpuLane();
  /** Where the encoder runs; holds for a whole run. */
  backend = $state<Backend>('wasm');
  info = $state.raw<ModelInfo | null>(null);
  private opened: Promise<void> | null = null;

  /** Begins to load the word model, so that it is there when reading ends. What goes wrong shows in `vote`. */
  prepare(): void {
    this.open().catch(() => undefined);
  }

  /** Votes on all patterns that rules leave open. @throws Failure; the worker is then started afresh next time */
  async vote(result: ReadResult, votes: Votes, watch: ClassifyWatch): Promise<void> {
    try {
      await classify({ table: result.table, texts: result.texts, votes, model: this.lane, gpu: this.backend === 'webgpu' ? this.gpu : null, encoderReady: (info) => void this.note(info), ...watch }, this.open());
    } catch (error) {
      // A run that has been replaced leaves the worker to the next one.
      if (!watch.stopped() || failureCode(error) === 'worker-died') {
        this.opened = null;
        this.lane.terminate();
      }
      throw error;
    }
  }

  private open(): Promise<void> {
    const opened = (this.opened ??= this.lane.call((api) => api.open(modelsBase())));
    opened.catch(() => (this.opened = null));
    return opened;
  }

  private async note(encoder: EncoderInfo): Promise<void> {
    const none = { bytes: 0, files: 0 };
    const model = await this.lane.call((api) => api.fetched()).catch(() => none);
    const gpu = this.gpu.alive ? await this.gpu.call((api) => api.fetched()).catch(() => none) : none;
    this.info = { backend: encoder.backend, threads: encoder.threads, megabytes: (model.bytes + gpu.bytes) / 1e6, requests: model.files + gpu.files };
  }
}
