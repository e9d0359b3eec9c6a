import type { Lane } from '../../bridge/lane.ts';
import type { CheckLine, LlmModel, LlmRuntime, LlmStored } from '../../contract/llm.ts';
import type { LlmApi, OnLlmStep } from '../../contract/llm-api.ts';
import type { NearestExamples, ExampleView } from '../../contract/model-api.ts';
import type { RowView } from '../../contract/view.ts';
import type { OwnCategory } from '../../contract/teach.ts';
import type { TaughtPattern } from '../../engine/llm/nearest-taught.ts';
import type { Board } from '../board.svelte.ts';

/** A model whose files are at hand. */
export interface LlmOpened {
  readonly model: LlmModel;
  /** As of LlmLoad. */
  readonly files: readonly File[];
  /** Lower-case hex by path, as far as it is known without reading the files. */
  readonly sha256: Readonly<Record<string, string>>;
}

/** Models that this browser keeps, and those that it could fetch. Methods reject with a Failure; with AbortError where the signal says so. */
export interface LlmShelf {
  stored(): Promise<readonly LlmStored[]>;
  /** Those that the program carries a list of. */
  readonly listed: readonly LlmModel[];
  /** Those of this site. */
  siteModels(): Promise<readonly LlmModel[]>;
  /** Why nothing can be fetched from other sites, in words; '' where it can. */
  noFetching(): string;
  /** By an address. @throws Failure 'llm-refused' for what is no address of a model */
  ownModel(address: string): LlmModel;
  /** What a person chose from this computer; WebLLM's files are put where its runtime finds them. */
  take(files: readonly File[], onStep: OnLlmStep, signal: AbortSignal): Promise<LlmOpened>;
  /** Checked against the hashes that were kept. */
  open(stored: LlmStored, onStep: OnLlmStep, signal: AbortSignal): Promise<LlmOpened>;
  /** Keeps a GGUF of one file. */
  keep(opened: LlmOpened, onStep: OnLlmStep, signal: AbortSignal): Promise<LlmStored>;
  remove(stored: LlmStored): Promise<void>;
  /** Only from a click that named host and size. */
  fetch(model: LlmModel, onStep: OnLlmStep, signal: AbortSignal): Promise<LlmStored>;
}

/** What the language model needs of the session. */
export interface LlmParts {
  readonly board: Board;
  /** Loaded when it is first needed. */
  readonly shelf: () => Promise<LlmShelf>;
  /** A worker with that runtime; spawned at its first call. */
  readonly lane: (runtime: LlmRuntime) => Lane<LlmApi>;
  /** Categories that the person added. */
  readonly categories: () => readonly OwnCategory[];
  /** What the person labelled and the models learn from. */
  readonly taught: () => Promise<readonly TaughtPattern[]>;
  /** Labelled messages of the corpus nearest to n vectors. */
  readonly nearest: (vectors: Float32Array, k: number) => Promise<NearestExamples>;
  /** By index, as of `nearest`. */
  readonly examples: (indices: readonly number[]) => Promise<readonly ExampleView[]>;
  /** Known lines out of the corpus. */
  readonly checkLines: () => Promise<readonly CheckLine[]>;
  /** Reads rows again, by their numbers. */
  readonly sampleRows: (rows: readonly number[]) => Promise<readonly RowView[]>;
  /** Shows that something is being worked out on what is open. */
  readonly aside: (work: () => Promise<void>) => Promise<void>;
  /** Tells the reader the verdicts. */
  readonly share: () => Promise<void>;
  /** Raises an alert. */
  readonly report: (error: unknown) => void;
}
