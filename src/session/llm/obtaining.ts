import { failureCode } from '../../contract/failure.ts';
import type { LlmModel } from '../../contract/llm.ts';
import type { OnLlmStep } from '../../contract/llm-api.ts';
import type { LlmOpened, LlmShelf } from './llm-parts.ts';
import type { LlmState } from './llm-state.svelte.ts';
import type { Runtime } from './runtime.ts';

export interface ObtainingParts {
  readonly state: LlmState;
  readonly shelf: () => Promise<LlmShelf>;
  readonly runtime: Runtime;
}

/** Gets models from the network and this computer into this browser, and from there into the worker that runs them. */
export class Obtaining {
  readonly #parts: ObtainingParts;
  /** By addresses of the person's; for this visit. */
  #own: readonly LlmModel[] = [];

  constructor(parts: ObtainingParts) {
    this.#parts = parts;
  }

  /** Looks up what is kept and what is offered; what can be found is shown in any case. @throws Failure */
  async list(): Promise<void> {
    const { state } = this.#parts;
    const shelf = await this.#parts.shelf();
    state.noFetching = shelf.noFetching();
    const [stored, site] = await Promise.allSettled([shelf.stored(), shelf.siteModels()]);
    if (stored.status === 'fulfilled') state.stored = stored.value;
    const all = [...this.#own, ...(site.status === 'fulfilled' ? site.value : []), ...shelf.listed];
    state.offered = all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
    // Said by `noFetching`: without storage nothing can be fetched either.
    state.keeps = stored.status === 'fulfilled' || failureCode(stored.reason) !== 'llm-unavailable';
    if (!state.keeps) return;
    for (const one of [stored, site]) if (one.status === 'rejected') throw one.reason;
  }

  /** @throws Failure 'llm-refused' for what is no address of a model */
  async addOwn(address: string): Promise<void> {
    const { state } = this.#parts;
    const model = (await this.#parts.shelf()).ownModel(address);
    this.#own = [model, ...this.#own.filter(({ id }) => id !== model.id)];
    state.offered = [model, ...state.offered.filter(({ id }) => id !== model.id)];
  }

  async removeOwn(id: string): Promise<void> {
    const { state } = this.#parts;
    this.#own = this.#own.filter((model) => model.id !== id);
    const listed = (await this.#parts.shelf()).listed.filter((model) => model.id === id);
    state.offered = [...state.offered.filter((model) => model.id !== id), ...listed];
  }

  /** What a person chose from this computer. @throws Failure; AbortError */
  async take(files: readonly File[], signal: AbortSignal): Promise<LlmOpened> {
    return (await this.#parts.shelf()).take(files, this.#watch('Looking at the files', 0), signal);
  }

  /** @param id of a stored one @throws Failure; AbortError */
  async open(id: string, signal: AbortSignal): Promise<LlmOpened | null> {
    const { state } = this.#parts;
    const stored = state.stored.find(({ model }) => model.id === id);
    if (stored === undefined) return null;
    state.model = stored.model;
    return (await this.#parts.shelf()).open(stored, this.#watch(`Checking the copy of ${stored.model.name}`, stored.bytes), signal);
  }

  /** Fetches a model into this browser's storage and opens it there. @throws Failure as of LlmDownloadApi; AbortError */
  async fetch(model: LlmModel, signal: AbortSignal): Promise<LlmOpened> {
    const { state } = this.#parts;
    const shelf = await this.#parts.shelf();
    const stored = await shelf.fetch(model, this.#watch(`Fetching ${model.name}`, model.bytes), signal);
    await this.list().catch(() => undefined);
    signal.throwIfAborted();
    state.stage = 'loading';
    return shelf.open(stored, this.#watch(`Checking ${model.name}`, stored.bytes), signal);
  }

  /** Keeps `local` in this browser. @throws Failure; AbortError */
  async keep(opened: LlmOpened, signal: AbortSignal): Promise<void> {
    const { state } = this.#parts;
    await (await this.#parts.shelf()).keep(opened, this.#watch(`Keeping ${opened.model.name}`, opened.model.bytes), signal);
    if (state.local === opened) state.local = null;
    await this.list();
  }

  /** Deletes a model from this browser's storage. @throws Failure */
  async remove(id: string): Promise<void> {
    const stored = this.#parts.state.stored.find(({ model }) => model.id === id);
    if (stored === undefined) return;
    await (await this.#parts.shelf()).remove(stored);
    await this.list();
  }

  /** @throws Failure as of LlmApi */
  async load({ model, files }: LlmOpened, contextTokens: number): Promise<void> {
    const { state, runtime } = this.#parts;
    state.model = model;
    state.progress = { done: 0, total: 0, unit: 'percent', what: `Loading ${model.name}`, left: NaN };
    state.loaded = await runtime.load({ model, files, contextTokens }, ({ done, what }) => {
      state.progress = { done: Math.round(done * 100), total: 100, unit: 'percent', what, left: NaN };
    });
  }

  /** Shows how far something is, and how long it takes at the pace so far. */
  #watch(what: string, expected: number): OnLlmStep {
    const { state } = this.#parts;
    const began = performance.now();
    state.progress = { done: 0, total: expected, unit: 'bytes', what, left: NaN };
    const shown = state.stage;
    return ({ bytes, total: told }) => {
      // A late answer must not take the place of what came after.
      if (state.stage !== shown || state.progress === null) return;
      const total = told > 0 ? told : expected, seconds = (performance.now() - began) / 1000;
      state.progress = { done: bytes, total, unit: 'bytes', what, left: total > 0 && bytes > 0 ? (seconds * Math.max(0, total - bytes)) / bytes : NaN };
    };
  }
}
