import { gpuLane, modelLane, modelsBase } from '../bridge/model.ts';
import { readSetting } from '../bridge/settings.ts';
import { failureCode } from '../contract/failure.ts';
import type { CheckLine } from '../contract/llm.ts';
import type { AddedMode, AddedModel, Backend } from '../contract/model.ts';
import type { EncoderInfo, ExampleView, NearestExamples } from '../contract/model-api.ts';
import type { PatternTable } from '../contract/pattern.ts';
import type { Rule } from '../contract/rule.ts';
import type { PatternText } from '../contract/verdict.ts';
import { embedText } from '../engine/classify/embed-text.ts';
import type { Votes } from '../engine/decide/votes.ts';
import { classify } from './classify-run.ts';
import type { ClassifyWatch } from './classify-run.ts';

/** The models of this page: loaded once, at the first file, and kept for the next one. */
export class ModelUse {
  readonly lane = modelLane();
  /** Spawned only where it is used, and kept: the encoder could not be loaded again with the server gone. */
  private readonly gpu = gpuLane();
  /** Where the encoder is to run from the next file on. */
  backend = $state<Backend>(readSetting('backend'));
  /** Where it runs for what is open: vectors of different back ends must not be mixed. */
  private running: Backend = 'wasm';
  /** The encoder in use; null until one is open. */
  info = $state.raw<EncoderInfo | null>(null);
  /** What a person added to the shipped models. */
  added = $state.raw<{ readonly models: readonly AddedModel[]; readonly mode: AddedMode }>({ models: [], mode: 'add' });
  private opened: Promise<void> | null = null;

  /** Begins to load the word model, so that it is there when reading ends. What goes wrong shows in `vote`. */
  prepare(): void {
    this.running = this.backend;
    this.open().catch(() => undefined);
  }

  /** Votes on all patterns that rules leave open. @throws Failure; the worker is then started afresh next time */
  async vote(open: { readonly table: PatternTable; readonly rules: readonly Rule[]; readonly texts: readonly PatternText[] }, votes: Votes, watch: ClassifyWatch): Promise<void> {
    try {
      const gpuFailed = (error: unknown): void => {
        this.running = 'wasm';
        watch.gpuFailed(error);
      };
      await classify({ ...open, votes, model: this.lane, gpu: this.running === 'webgpu' ? this.gpu : null, encoderReady: (info) => { this.info = info; }, ...watch, gpuFailed }, this.open());
    } catch (error) {
      // A run that has been replaced leaves the worker to the next one.
      if (!watch.stopped() || failureCode(error) === 'worker-died') {
        this.opened = null;
        this.lane.terminate();
      }
      throw error;
    }
  }

  /** Vectors of texts that are in no table, by the back end in use; null where the encoder is not open. */
  async embed(texts: readonly PatternText[]): Promise<readonly Float32Array[] | null> {
    if (this.info === null) return null;
    const all = this.info.backend === 'webgpu' ? await this.gpu.call((api) => api.embed(texts.map(embedText))) : await this.embedHere(texts);
    const dims = all.length / texts.length;
    return texts.map((_, at) => all.subarray(at * dims, (at + 1) * dims));
  }

  private async embedHere(texts: readonly PatternText[]): Promise<Float32Array> {
    await this.awake();
    return this.lane.call((api) => api.embed(texts));
  }

  /** Labelled messages nearest to n vectors; none while the encoder has read nothing. */
  async nearest(vectors: Float32Array, k: number): Promise<NearestExamples> {
    if (this.info === null) return { indices: new Int32Array(0), cosines: new Float32Array(0) };
    await this.awake();
    return this.lane.call((api) => api.nearest(vectors, k));
  }

  /** Labelled messages by index, as of `nearest`. */
  async examples(indices: readonly number[]): Promise<readonly ExampleView[]> {
    await this.awake();
    return this.lane.call((api) => api.examples(indices));
  }

  /** Known lines to try a language model on. @throws Failure as of ModelApi */
  async checkLines(): Promise<readonly CheckLine[]> {
    await this.open();
    return this.lane.call((api) => api.checkLines());
  }

  /** A worker that died knows nothing of what was opened. */
  private async awake(): Promise<void> {
    if (this.lane.alive) return;
    await this.open();
    await this.lane.call((api) => api.openEncoder(this.running));
  }

  /** What the encoder's vectors share; null where it is not open. */
  async common(): Promise<Float64Array | null> {
    return this.info === null ? null : this.lane.call((api) => api.common());
  }

  /** Id of the encoder in use; loads it where no run has needed it yet. @throws Failure as of ModelApi */
  async encoderId(): Promise<string> {
    if (this.info === null) {
      await this.open();
      const onGpu = this.running === 'webgpu' ? await this.gpu.call((api) => api.open(modelsBase())) : null;
      const info = await this.lane.call((api) => api.openEncoder(this.running));
      this.info = onGpu ?? info;
    }
    return this.info?.id ?? '';
  }

  /** Lets these models vote too, or alone; gives the classes of all votes from now on. @throws Failure 'model-refused', and then nothing changes */
  async setAdded(models: readonly AddedModel[], mode: AddedMode): Promise<readonly string[]> {
    await this.open();
    const classes = await this.lane.call((api) => api.setAdded(models, mode));
    this.added = { models, mode };
    return classes;
  }

  private open(): Promise<void> {
    // What was opened died with its worker.
    if (!this.lane.alive) this.opened = null;
    const opened = (this.opened ??= this.lane.call(async (api) => {
      await api.open(modelsBase());
      // A worker that was started afresh knows nothing of what a person added.
      if (this.added.models.length > 0) await api.setAdded(this.added.models, this.added.mode);
    }));
    opened.catch(() => (this.opened = null));
    return opened;
  }
}
