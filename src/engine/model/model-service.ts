import { CATEGORY_NAMES } from '../../contract/category.ts';
import { Failure } from '../../contract/failure.ts';
import type { CheckLine } from '../../contract/llm.ts';
import type { EncoderInfo, ExampleView, ModelApi, NearestExamples } from '../../contract/model-api.ts';
import type { AddedMode, AddedModel, Backend, ModelManifest } from '../../contract/model.ts';
import type { PatternText, VoteBatch } from '../../contract/verdict.ts';
import { embedText } from '../classify/embed-text.ts';
import { VoteModel } from '../classify/vote-model.ts';
import type { Encoder } from '../embed/encoder.ts';
import { joinVectors, splitVectors } from '../embed/join-vectors.ts';
import { loadEncoder } from '../embed/load-encoder.ts';
import { fetchManifest, fetchModelFile, revalidated } from '../embed/model-files.ts';
import type { Fetcher } from '../embed/model-files.ts';
import { defaultThreads, prepareRuntime } from '../embed/onnx.ts';
import type { Ort, RuntimeOptions } from '../embed/onnx.ts';
import { CHECK_LINES_PATH, readCheckLines } from '../llm/check-lines.ts';
import { AddedVoters } from './added-voters.ts';

/** The model worker's implementation; knows nothing of workers and runs the same in Node. */
export class ModelService implements ModelApi {
  private readonly ort: Ort;
  private readonly fetcher: Fetcher;
  private readonly threads: number;
  private readonly manifestHash: string | undefined;
  private base = '';
  private manifest: ModelManifest | null = null;
  /** The word model alone until the heads are there too. */
  private models: VoteModel | null = null;
  private heads: Promise<void> | null = null;
  private loading: Promise<Encoder> | null = null;
  private encoder: Encoder | null = null;
  private added = AddedVoters.none;

  /**
   * @param ort the WebAssembly runtime; in Node the one of the package, with a fetcher that reads from disk
   * @param manifestHash SHA-256 of the manifest that this build was made with: models of another build are refused
   */
  constructor(ort: Ort, runtime: RuntimeOptions = {}, fetcher: Fetcher = revalidated, manifestHash?: string) {
    this.ort = ort;
    this.manifestHash = manifestHash;
    this.fetcher = fetcher;
    this.threads = runtime.threads ?? defaultThreads();
    prepareRuntime(ort, { ...runtime, threads: this.threads });
  }

  async open(base: string): Promise<void> {
    if (this.models !== null && this.base === base) return;
    this.base = base;
    this.manifest = await fetchManifest(base, this.fetcher, this.manifestHash);
    this.models = await this.openModels(true);
  }

  async lexical(batch: readonly PatternText[]): Promise<VoteBatch> {
    return this.opened().lexical(batch);
  }

  async openEncoder(vectorsFrom: Backend): Promise<EncoderInfo> {
    const manifest = this.known();
    // A run that was replaced may still be waiting for the same: each is loaded once, whoever asks.
    await this.withHeads();
    if (vectorsFrom === 'wasm') {
      this.loading ??= loadEncoder(this.ort, { backend: 'wasm', base: this.base, manifest, fetcher: this.fetcher }).catch((error: unknown) => {
        this.loading = null;
        throw error;
      });
      this.encoder = await this.loading;
    }
    return { id: this.encoder?.id ?? '', backend: vectorsFrom, threads: this.threads };
  }

  async vote(batch: readonly PatternText[], vectors?: Float32Array): Promise<VoteBatch> {
    const models = this.opened();
    if (vectors !== undefined) return this.voteOn(models, batch, splitVectors(vectors, vectors.length / batch.length));
    return this.voteOn(models, batch, await this.vectorsOf(batch));
  }

  async embed(batch: readonly PatternText[]): Promise<Float32Array> {
    return joinVectors(await this.vectorsOf(batch));
  }

  async setAdded(models: readonly AddedModel[], mode: AddedMode): Promise<readonly string[]> {
    const opened = await AddedVoters.open(this.ort, models, mode, this.opened().dims);
    const before = this.added;
    this.added = opened;
    await before.dispose();
    return opened.classes(CATEGORY_NAMES);
  }

  async examples(indices: readonly number[]): Promise<readonly ExampleView[]> {
    const all = this.opened().examples();
    return indices.map((index) => ({ message: all[index].message, label: all[index].label }));
  }

  async nearest(vectors: Float32Array, k: number): Promise<NearestExamples> {
    const models = this.opened();
    return models.nearest(splitVectors(vectors, models.dims), k);
  }

  async checkLines(): Promise<readonly CheckLine[]> {
    const file = await fetchModelFile(this.base, this.known(), CHECK_LINES_PATH, undefined, this.fetcher);
    await this.withHeads();
    return readCheckLines(file, this.opened().examples());
  }

  async common(): Promise<Float64Array> {
    return this.opened().common();
  }

  async files(): Promise<readonly { path: string; sha256: string }[]> {
    return (this.manifest?.files ?? []).map(({ path, sha256 }) => ({ path, sha256 }));
  }

  private async voteOn(models: VoteModel, batch: readonly PatternText[], vectors: readonly Float32Array[]): Promise<VoteBatch> {
    return this.added.join(await models.vote(batch, vectors), vectors);
  }

  private async vectorsOf(batch: readonly PatternText[]): Promise<Float32Array[]> {
    const { encoder } = this;
    if (encoder === null) throw new Failure('internal', 'The encoder has not been opened.');
    const vectors: Float32Array[] = [];
    // One after the other: a runtime takes one call at a time anyway.
    for (const pattern of batch) vectors.push(await encoder.embed(embedText(pattern)));
    return vectors;
  }

  private withHeads(): Promise<void> {
    this.heads ??= this.openHeads().catch((error: unknown) => {
      this.heads = null;
      throw error;
    });
    return this.heads;
  }

  private async openHeads(): Promise<void> {
    const lexicalOnly = this.models;
    this.models = await this.openModels(false);
    await lexicalOnly?.dispose();
  }

  private openModels(lexicalOnly: boolean): Promise<VoteModel> {
    const manifest = this.known();
    return VoteModel.open(this.ort, { get: (path) => fetchModelFile(this.base, manifest, path, undefined, this.fetcher) }, { lexicalOnly });
  }

  private known(): ModelManifest {
    if (this.manifest === null) throw new Failure('internal', 'The models have not been opened.');
    return this.manifest;
  }

  private opened(): VoteModel {
    if (this.models === null) throw new Failure('internal', 'The models have not been opened.');
    return this.models;
  }
}
