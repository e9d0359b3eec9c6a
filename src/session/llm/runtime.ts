import type { Lane } from '../../bridge/lane.ts';
import { Failure, failureCode } from '../../contract/failure.ts';
import type { LlmRuntime } from '../../contract/llm.ts';
import type { LlmAnswer, LlmApi, LlmLoad, LlmLoading, LlmMachine, LlmQuestion, LlmReady } from '../../contract/llm-api.ts';

/** While a model loads it is asked so often how far it is (ms). */
const LOOK_MS = 200;

/** The worker that runs a language model: at most one, and none before it is asked for. */
export class Runtime {
  readonly #lanes: (runtime: LlmRuntime) => Lane<LlmApi>;
  #lane: Lane<LlmApi> | null = null;

  constructor(lanes: (runtime: LlmRuntime) => Lane<LlmApi>) {
    this.#lanes = lanes;
  }

  /** What this browser offers. A worker is started only for that and ended again: one that runs a GGUF knows nothing of the graphics card. */
  async machine(): Promise<LlmMachine> {
    const lane = this.#lanes('webllm');
    try {
      return await lane.call((api) => api.machine());
    } finally {
      lane.terminate();
    }
  }

  /** Loads a model, in the place of any other. To give up: `end`. @throws Failure as of LlmApi */
  async load(load: LlmLoad, watch: (loading: LlmLoading) => void): Promise<LlmReady> {
    // Memory of WebAssembly never shrinks: only the worker's end gives it back.
    this.end();
    const lane = (this.#lane = this.#lanes(load.model.runtime));
    let under = true;
    const look = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      if (!under) return;
      const loading = await lane.call((api) => api.loading());
      if (!under) return;
      watch(loading);
      return look();
    };
    look().catch(() => undefined);
    try {
      return await lane.call((api) => api.load(load));
    } catch (error) {
      throw died(error) ? new Failure('llm-lost', `The model could not be loaded: the program that runs it has stopped (${reasonOf(error)}). Most often the memory is not enough. Close other tabs and programs, or take a smaller model.`) : error;
    } finally {
      under = false;
    }
  }

  /** @throws Failure as of LlmApi; AbortError after `stop` */
  async ask(question: LlmQuestion): Promise<LlmAnswer> {
    const lane = this.#lane;
    if (lane === null || !lane.alive) throw lost('it is not loaded any more');
    try {
      return await lane.call((api) => api.ask(question));
    } catch (error) {
      throw died(error) ? lost(reasonOf(error)) : error;
    }
  }

  /** Interrupts an answer. */
  stop(): void {
    if (this.#lane?.alive === true) this.#lane.call((api) => api.stop()).catch(() => undefined);
  }

  /** Ends the worker and gives its memory back. */
  end(): void {
    this.#lane?.terminate();
    this.#lane = null;
  }
}

function died(error: unknown): boolean {
  return failureCode(error) === 'worker-died';
}

function lost(reason: string): Failure {
  return new Failure('llm-lost', `The language model has stopped (${reason}). What was decided stays. Load the model again to go on; if it stops again, close other tabs and programs, or take a smaller model.`);
}

/** What stands in brackets in the lane's own message. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /\(([^()]*)\)/.exec(message)?.[1] ?? message;
}
