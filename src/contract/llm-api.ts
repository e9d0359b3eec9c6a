import type { LlmModel, LlmStored } from './llm.ts';

/** What this browser offers to language models. */
export interface LlmMachine {
  /** '' where WebGPU can be used; else why not, in words for a person. */
  readonly noGpu: string;
  /** The graphics card calculates with 16-bit numbers (WebGPU's `shader-f16`). */
  readonly f16: boolean;
}

/** What to load. */
export interface LlmLoad {
  readonly model: LlmModel;
  /** The GGUF (or its parts), from this computer or out of the browser's storage; empty for WebLLM, which takes its files out of the Cache API. */
  readonly files: readonly File[];
  readonly contextTokens: number;
}

/** A model that is ready to be asked. */
export interface LlmReady {
  /** As the file itself says (`general.name`), else the model's. */
  readonly name: string;
  readonly contextTokens: number;
  readonly threads: number;
  /** 0 = not known. */
  readonly parameters: number;
}

export interface LlmLoading {
  /** 0…1. */
  readonly done: number;
  /** What is being done, in words for a person. */
  readonly what: string;
}

/** A question with the answers that are allowed. The same question gets the same answer from the same model and back end, whatever was asked before. */
export interface LlmQuestion {
  /** The same for all questions of a run, so that the runtime can keep what it worked out for it. */
  readonly system: string;
  readonly user: string;
  /** Exactly one of these is answered. */
  readonly answers: readonly string[];
  /** The model may first reason, for so many tokens at most; 0 = answer at once. */
  readonly reasoningTokens: number;
}

export interface LlmAnswer {
  /** As it was generated; one of `answers`, unless the runtime failed to hold it to them. */
  readonly text: string;
  readonly reasoning: string;
  readonly promptTokens: number;
  readonly tokens: number;
  readonly seconds: number;
}

/**
 * A worker with one runtime for language models. It has no other network than this site, and the runtime itself is loaded by
 * `load`. Methods reject with a Failure ('llm-refused' | 'llm-unavailable' | 'llm-lost'), in words for a person. Cancel policy:
 * `stop` interrupts an answer, which then rejects with an AbortError; to give up loading, terminate the worker.
 */
export interface LlmApi {
  /** As far as this runtime uses it: only WebLLM's knows of the graphics card. */
  machine(): Promise<LlmMachine>;
  /** Drops what was loaded before. */
  load(load: LlmLoad): Promise<LlmReady>;
  /** While `load` is under way. */
  loading(): Promise<LlmLoading>;
  ask(question: LlmQuestion): Promise<LlmAnswer>;
  stop(): Promise<void>;
}

/** How far a download is. */
export interface LlmDownloadStep {
  readonly bytes: number;
  /** 0 = not known. */
  readonly total: number;
  /** The file that is on its way. */
  readonly path: string;
}

/** Told from time to time how far something is. */
export type OnLlmStep = (step: LlmDownloadStep) => void;

/** What a download put into storage. */
export interface LlmDownloaded {
  readonly bytes: number;
  /** Lower-case hex by path. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * The worker that downloads language models and nothing else: it is never given anything of a log, and its own policy allows the
 * hosts of the model that it was started for, and no other. Rejects with a Failure ('llm-unavailable' | 'llm-refused' |
 * 'storage-full'); AbortError after `stop`. What is incomplete does not stay.
 */
export interface LlmDownloadApi {
  download(model: LlmModel): Promise<LlmDownloaded>;
  progress(): Promise<LlmDownloadStep>;
  stop(): Promise<void>;
}

/** A file of a folder that a person chose. */
export interface LlmFolderFile {
  /** With the folders above it, as the browser gives it: `folder/file`. */
  readonly path: string;
  readonly file: File;
}

/**
 * The worker that keeps language models in this browser: no network, none of a log. Rejects with a Failure ('llm-unavailable' |
 * 'llm-refused' | 'storage-full' | 'save-failed'); AbortError after `stop`. What is incomplete does not stay.
 */
export interface LlmStoreApi {
  /** Also clears away what a download or a copy left that did not end. */
  stored(): Promise<readonly LlmStored[]>;
  keepFile(model: LlmModel, file: File): Promise<LlmStored>;
  /** @param scope address of the folder of the page; the files are kept as if they came from its `llm/NAME/resolve/main/` */
  keepFolder(files: readonly LlmFolderFile[], scope: string): Promise<LlmStored>;
  /** The GGUF (or its parts), after size and hash were found unchanged; of a WebLLM model none, its files being in the Cache API. */
  open(id: string): Promise<readonly File[]>;
  /** Models that whoever runs this site offers beside it; none where there is no list. @param scope address of the folder of the page */
  siteModels(scope: string): Promise<readonly LlmModel[]>;
  remove(id: string): Promise<void>;
  removeAll(): Promise<void>;
  /** Of `keepFile`, `keepFolder` or `open`. */
  progress(): Promise<LlmDownloadStep>;
  stop(): Promise<void>;
}
