import type { CheckLine } from './llm.ts';
import type { PatternText, VoteBatch } from './verdict.ts';
import type { AddedMode, AddedModel, Backend } from './model.ts';

/** The encoder in use. */
export interface EncoderInfo {
  /** Names model file and back end; '' where vectors come from another worker. Vectors of different ids must not be mixed. */
  readonly id: string;
  readonly backend: Backend;
  /** WebAssembly threads; 1 on a GPU. */
  readonly threads: number;
}

/** A labelled message of the corpus. */
export interface ExampleView {
  readonly message: string;
  readonly label: string;
}

/** Labelled messages nearest to n vectors. */
export interface NearestExamples {
  /** n × k indices as of ModelApi.examples, the nearest first; -1 where there are fewer. */
  readonly indices: Int32Array;
  /** n × k: cosine to each; 0 where there is none. */
  readonly cosines: Float32Array;
}

/**
 * The worker that holds the models. It fetches them from `base` (same origin), checks each against the
 * manifest, and answers batches; the caller decides what comes next and may stop after any batch.
 * Methods reject with a Failure ('model-missing' | 'model-tampered' | 'model-self-check' | 'model-runtime' | 'out-of-memory').
 */
export interface ModelApi {
  /** Loads the lexical model. `base`: absolute address of the models folder, with a final slash. */
  open(base: string): Promise<void>;
  /** Provisional votes, by the lexical model alone. */
  lexical(batch: readonly PatternText[]): Promise<VoteBatch>;
  /** Loads encoder and heads; with `vectorsFrom` 'webgpu' only the heads, since vectors come from elsewhere. */
  openEncoder(vectorsFrom: Backend): Promise<EncoderInfo>;
  /** Full votes; `vectors` (n × dims) where another worker computed them. */
  vote(batch: readonly PatternText[], vectors?: Float32Array): Promise<VoteBatch>;
  /** n × d vectors, L2-normalised. Only after `openEncoder('wasm')`. */
  embed(batch: readonly PatternText[]): Promise<Float32Array>;
  /**
   * From now on these models vote too; none: only the shipped ones. Gives the classes of all votes from now on. Refused as a
   * whole: on failure everything stays as it was. @throws 'model-refused'
   */
  setAdded(models: readonly AddedModel[], mode: AddedMode): Promise<readonly string[]>;
  /** Labelled messages by VoteBatch.neighbour. Only after `openEncoder`. */
  examples(indices: readonly number[]): Promise<readonly ExampleView[]>;
  /** Labelled messages nearest to each of n vectors. Only after `openEncoder`. */
  nearest(vectors: Float32Array, k: number): Promise<NearestExamples>;
  /** Known lines to try a language model on, none of whose family the vote that is told there had learnt from. Fetches them; loads the heads where they are not. */
  checkLines(): Promise<readonly CheckLine[]>;
  /** What the encoder's vectors share: the mean of the labelled examples'. Only after `openEncoder`. */
  common(): Promise<Float64Array>;
  /** The files that the manifest lists, with their hashes; none before `open`. */
  files(): Promise<readonly { readonly path: string; readonly sha256: string }[]>;
}

/** The worker that holds the WebGPU runtime and nothing else. Rejects like ModelApi; 'model-runtime' where there is no WebGPU. */
export interface GpuEncoderApi {
  /** Loads and checks the encoder; once. `base` as of ModelApi. */
  open(base: string): Promise<EncoderInfo>;
  /** n × dims, L2-normalised. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}
