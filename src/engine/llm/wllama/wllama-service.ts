import { Wllama } from '@wllama/wllama/esm/index.js';
import type { WllamaLogger } from '@wllama/wllama/esm/index.js';
import { Failure } from '../../../contract/failure.ts';
import type { LlmAnswer, LlmApi, LlmLoad, LlmLoading, LlmMachine, LlmQuestion, LlmReady } from '../../../contract/llm-api.ts';
import { readParts } from './parts.ts';
import type { Parts } from './parts.ts';
import { memoryFor, refuseHopeless } from './needs.ts';
import { answerOf } from './ask.ts';
import { loadSettings, threadsFor } from './settings.ts';
import { Trouble } from './trouble.ts';
import { WatchedFile } from './watched-file.ts';

/** Of the browser. */
export interface WllamaPlace {
  /** Absolute address of the runtime. */
  readonly wasmUrl: string;
  /** 0 where the browser does not tell. */
  readonly deviceGigabytes: number;
  readonly cores: number;
  /** SharedArrayBuffer can be passed to threads. */
  readonly shared: boolean;
  /** For unit tests: what stands for the runtime. */
  readonly runtime?: (logger: WllamaLogger) => Wllama;
}

interface Loaded {
  readonly runtime: Wllama;
  readonly name: string;
  readonly template: string;
  /** Rejects when the runtime's own worker dies, which the runtime itself does not notice. */
  readonly died: Promise<never>;
}

/** Reading takes this share of loading, preparing the rest. */
const READING = 0.95;

/** Runs GGUF files by llama.cpp in WebAssembly (wllama), on the processor. The runtime is started anew for each model. */
export class WllamaService implements LlmApi {
  private readonly place: WllamaPlace;
  private readonly trouble = new Trouble();
  private loaded: Loaded | null = null;
  private step: LlmLoading = { done: 0, what: '' };
  /** Of the answer that is being worked out. */
  private stopping = new AbortController();
  /** One question at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(place: WllamaPlace) {
    this.place = place;
  }

  async machine(): Promise<LlmMachine> {
    return { noGpu: 'This way of running a model uses the processor only.', f16: false };
  }

  async load({ model, files, contextTokens }: LlmLoad): Promise<LlmReady> {
    await this.drop();
    this.trouble.clear();
    this.step = { done: 0, what: 'Looking at the file' };
    try {
      const parts = await readParts(files);
      const { header, bytes } = parts;
      const context = Math.min(contextTokens, header.contextTokens || contextTokens);
      refuseHopeless(model.name || parts.files[0]!.name, memoryFor(header, bytes, context), this.place.deviceGigabytes);
      const threads = threadsFor(this.place.cores, this.place.shared);
      this.loaded = await this.started(parts, context, threads, header.name || model.name);
      this.step = { done: 1, what: 'Ready' };
      return { name: this.loaded.name, contextTokens: context, threads, parameters: header.parameters || model.parameters };
    } catch (error) {
      await this.drop();
      throw this.trouble.failure(error, model.name || files[0]?.name || 'The model', 'loading');
    }
  }

  async loading(): Promise<LlmLoading> {
    return this.step;
  }

  ask(question: LlmQuestion): Promise<LlmAnswer> {
    const answer = this.turn.then(() => this.answer(question));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
  }

  private async answer(question: LlmQuestion): Promise<LlmAnswer> {
    const { loaded } = this;
    if (loaded === null) throw new Failure('llm-lost', 'No language model is loaded (any more). Load it again to go on.');
    this.stopping = new AbortController();
    this.trouble.clear();
    try {
      return await Promise.race([answerOf(loaded.runtime, loaded.template, question, this.stopping.signal), loaded.died]);
    } catch (error) {
      const failure = this.trouble.failure(error, loaded.name, 'asking');
      // What has crashed answers nothing any more, and its memory is wanted.
      if (failure instanceof Failure && failure.code !== 'llm-refused') await this.drop();
      throw failure;
    }
  }

  private async started({ files, bytes, header }: Parts, contextTokens: number, threads: number, name: string): Promise<Loaded> {
    let fail: (error: unknown) => void = () => undefined;
    const died = new Promise<never>((_resolve, reject) => { fail = reject; });
    // Nobody may be waiting when it dies.
    died.catch(() => undefined);
    const runtime = this.make((...said) => {
      this.trouble.note(...said);
      const event = said.find((one) => one instanceof Event);
      if (event !== undefined) fail(new Error(event instanceof ErrorEvent ? event.message : 'its worker has ended'));
    });
    this.loaded = { runtime, name, template: header.chatTemplate, died };
    let read = 0;
    const what = `Reading ${files.length === 1 ? files[0]!.name : `${files.length} files`}`;
    this.step = { done: 0, what: 'Starting the program that runs it' };
    const watched = files.map((file) => new WatchedFile(file, (piece) => {
      read += piece;
      this.step = read < bytes ? { done: (READING * read) / bytes, what } : { done: READING, what: 'Getting ready' };
    }));
    await Promise.race([runtime.loadModel(watched, loadSettings(contextTokens, threads)), died]);
    // A file that is damaged does not make it reject.
    if ((runtime.getLoadedContextInfo() as { readonly success?: boolean }).success !== true) throw new Error('error loading model');
    return this.loaded;
  }

  private make(error: (...said: readonly unknown[]) => void): Wllama {
    const quiet = (): void => undefined;
    const logger: WllamaLogger = { debug: quiet, log: quiet, warn: quiet, error };
    if (this.place.runtime !== undefined) return this.place.runtime(logger);
    const runtime = new Wllama({ default: this.place.wasmUrl }, { logger });
    // Else it would ask a content delivery network for an edition for old browsers.
    runtime.setCompat(null);
    return runtime;
  }

  private async drop(): Promise<void> {
    const { loaded } = this;
    this.loaded = null;
    await loaded?.runtime.exit().catch(() => undefined);
  }
}
