import { failureCode } from '../../contract/failure.ts';
import type { LlmModel } from '../../contract/llm.ts';
import type { Answered } from '../../engine/decide/asked.ts';
import { answeredOf, askedOf } from './asked-of.ts';
import type { Interview } from './interview.ts';
import type { LlmOpened, LlmParts } from './llm-parts.ts';
import { LlmState } from './llm-state.svelte.ts';
import { Obtaining } from './obtaining.ts';
import { pagePart } from './page-part.ts';
import { Runtime } from './runtime.ts';
import type { CheckSize, LlmStage } from './stage.ts';

export { CHECK_SIZES } from './stage.ts';
export type { CheckSize, LlmCounts, LlmDisagreement, LlmPlan, LlmProgress, LlmSource, LlmStage } from './stage.ts';

/** Of the first trial of a model; each further one draws other lines. */
const FIRST_SEED = 1;
/** A runtime that has not stopped so long after it was told to hangs, and is ended (ms). A slow one comes to where it can stop within a minute. */
const HANGS_MS = 90_000;

/**
 * The language model on the person's own machine: where it comes from, how it did on known lines, what it says of patterns.
 * Nothing of a runtime is loaded before the person chooses a model. No verb rejects: what goes wrong is in `failure`, and in an
 * alert of the page where it came while asking. One thing is under way at a time; a verb that would start another does nothing then.
 */
export class LanguageModel extends LlmState {
  readonly #parts: LlmParts;
  readonly #runtime: Runtime;
  readonly #obtaining: Obtaining;
  /** Tokens that the loaded model was given room for; it may itself have less, and then refuses what is too long. */
  #room = 0;
  /** Loaded with the first model. */
  #interview: Interview | null = null;
  /** Of what is under way, or was last. */
  #abort = new AbortController();

  constructor(parts: LlmParts) {
    super(parts.board);
    this.#parts = parts;
    this.#runtime = new Runtime(parts.lane);
    this.#obtaining = new Obtaining({ state: this, shelf: parts.shelf, runtime: this.#runtime });
    parts.board.useAsked(() => askedOf(this, parts.board));
  }

  /** The dialog was opened: looks up what is kept, what is offered, and what this browser can do. Fetches from this site only. */
  async open(): Promise<void> {
    const looked = await Promise.allSettled([
      this.#obtaining.list(),
      this.machine !== null ? Promise.resolve() : this.#runtime.machine().then((machine) => { this.machine = machine; }),
    ]);
    for (const one of looked) if (one.status === 'rejected') this.#fail(one.reason);
  }

  /** Loads a model from this computer: a GGUF (or its parts), or all files of a folder of WebLLM's. Then tries it. */
  async useFiles(files: readonly File[]): Promise<void> {
    await this.#use((signal) => this.#obtaining.take(files, signal));
  }

  /** Loads a model that is kept in this browser, then tries it. @param id of one of `stored` */
  async useStored(id: string): Promise<void> {
    await this.#use((signal) => this.#obtaining.open(id, signal));
  }

  /** Loads the model again that was loaded last, as after it has stopped. */
  async loadAgain(): Promise<void> {
    const { used, loaded } = this;
    if (used !== null && loaded === null) await this.#use(() => Promise.resolve(used));
  }

  /** Fetches a model over the network into this browser's storage, loads and tries it. Only after a click that named host and size. */
  async fetch(model: LlmModel): Promise<void> {
    await this.#use((signal) => this.#obtaining.fetch(model, signal), model);
  }

  /** Adds an address of the person's to those offered. False where it is none (`failure` says why). Fetches nothing of a model. */
  async addOwn(address: string): Promise<boolean> {
    return this.#quickly(() => this.#obtaining.addOwn(address));
  }

  /** Takes an address of the person's off those offered. */
  async removeOwn(id: string): Promise<void> {
    await this.#quickly(() => this.#obtaining.removeOwn(id));
  }

  /** Puts `local` into this browser's storage. */
  async keep(): Promise<void> {
    const { local } = this;
    if (local !== null) await this.#work('keeping', (signal) => this.#obtaining.keep(local, signal));
  }

  /** Deletes a model from this browser's storage; one that is loaded goes on until it is unloaded. */
  async remove(id: string): Promise<void> {
    await this.#quickly(() => this.#obtaining.remove(id));
  }

  /** Ends the model's worker and gives its memory back. What it answered stays, and so does what it decided. */
  unload(): void {
    this.cancel();
    this.#drop();
    if (!this.busy) this.stage = 'none';
  }

  /** Tries the loaded model on known lines, again or for the first time. */
  async tryAgain(size: CheckSize = this.checkSize): Promise<void> {
    this.checkSize = size;
    if (this.loaded !== null) await this.#work('checking', () => this.#try());
  }

  /** Patterns of these sources go to it, whatever the vote says. */
  setRouted(names: readonly string[]): void {
    this.routed = [...names];
    this.#decideAnew();
  }

  /** Whether it also looks at what the vote was sure of. */
  setReviewing(on: boolean): void {
    this.reviewing = on;
  }

  /** Whether its answers count though it did not beat the others. */
  setTrusted(on: boolean): void {
    this.trusted = on;
    this.#decideAnew();
  }

  /** Asks about all of `plan`, those with most rows first; verdicts stream in. The page may be used meanwhile. */
  async ask(): Promise<void> {
    const interview = this.#interview;
    if (interview === null || this.loaded === null || this.plan.patterns.length === 0) return;
    const reasons = this.model?.reasons ?? false;
    if (interview.context(reasons) > this.#room) {
      this.failure = 'There are more categories now than when the model was loaded, so that questions do not fit any more. Load it again, then ask.';
      return;
    }
    await this.#work('asking', () => this.#parts.aside(() => interview.askAll()));
    await this.#parts.share().catch((error: unknown) => this.#parts.report(error));
  }

  /** Stops what is under way; what is done is kept. A model that was being fetched or loaded is then not there; a trial that was skipped leaves its answers advisory. */
  cancel(): void {
    if (!this.busy || this.#stopped) return;
    this.#abort.abort(Object.assign(new Error('This was given up.'), { name: 'AbortError' }));
    if (this.stage === 'loading') this.#runtime.end();
    else if (this.stage === 'checking' || this.stage === 'asking') {
      const stopping = this.#abort;
      this.#runtime.stop();
      setTimeout(() => { if (this.busy && this.#abort === stopping) this.#runtime.end(); }, HANGS_MS);
    }
    // A slow machine takes seconds to come to where it can stop.
    if (this.progress !== null) this.progress = { ...this.progress, what: 'Stopping', left: NaN };
  }

  /** Forgets all answers; verdicts are as without it. */
  forgetAnswers(): void {
    this.said = new Map();
    this.#decideAnew();
  }

  /** Other files are opened: stops asking and forgets what was said of those that were open. The model stays. */
  leave(): void {
    if (this.stage === 'asking') this.cancel();
    this.said = new Map();
    this.routed = [];
  }

  /** What it said of a pattern and what that is worth, for details; null where it was not asked. */
  answer(pattern: number): Answered | null {
    const said = this.answers.get(pattern);
    return said === undefined ? null : answeredOf(this, this.board, pattern, said);
  }

  get #stopped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Gets hold of a model, loads it and tries it. */
  async #use(get: (signal: AbortSignal) => Promise<LlmOpened | null>, model: LlmModel | null = null): Promise<void> {
    await this.#work(model === null ? 'loading' : 'fetching', async (signal) => {
      this.#drop();
      this.model = model;
      const opened = await unlessStopped(get(signal), signal);
      if (opened === null) return;
      this.stage = 'loading';
      const interview = await this.#interviewer();
      this.#room = interview.context(opened.model.reasons);
      await this.#obtaining.load(opened, this.#room);
      this.local = this.#canKeep(opened) ? opened : null;
      if (!isSame(this.used, opened)) this.#forgetModel();
      this.used = opened;
      this.stage = 'checking';
      await this.#try();
    });
  }

  async #try(): Promise<void> {
    const seed = this.check === null ? FIRST_SEED : this.check.seed + 1;
    const interview = await this.#interviewer();
    await this.#parts.aside(() => interview.tryOut(this.checkSize, seed));
    this.#decideAnew();
  }

  /** A GGUF of one file of this computer, of which there is no copy yet. */
  #canKeep({ model: { id, runtime, origin }, files }: LlmOpened): boolean {
    return this.keeps && runtime === 'wllama' && origin === 'local' && files.length === 1 && this.stored.every(({ model }) => model.id !== id);
  }

  /** What asks is no part of the page that everybody loads. */
  async #interviewer(): Promise<Interview> {
    const { Interview } = await pagePart(import('./interview.ts'));
    return (this.#interview ??= new Interview({ ...this.#parts, state: this, runtime: this.#runtime, stopped: () => this.#stopped }));
  }

  /** One thing at a time, with everything that may end it. */
  async #work(stage: LlmStage, job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.busy) return;
    const { signal } = (this.#abort = new AbortController());
    this.failure = '';
    this.stage = stage;
    try {
      await job(signal);
    } catch (error) {
      this.#ended(error);
    } finally {
      if (this.#stopped && this.loaded === null) this.model = null;
      this.progress = null;
      this.stage = this.loaded === null ? 'none' : 'ready';
    }
  }

  #ended(error: unknown): void {
    const asking = this.stage === 'asking';
    const died = failureCode(error) === 'llm-lost';
    // What a person stopped ends in an error that is nobody's.
    if (this.#stopped || (error instanceof Error && error.name === 'AbortError')) {
      if (died) this.#drop();
      return;
    }
    if (died || this.loaded === null) this.#drop();
    this.#fail(error);
    if (asking) this.#parts.report(error);
  }

  /** False where it failed. */
  async #quickly(job: () => Promise<void>): Promise<boolean> {
    this.failure = '';
    try {
      await job();
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Error && error.name === 'AbortError') return;
    this.failure = error instanceof Error ? error.message : String(error);
  }

  #drop(): void {
    this.#runtime.end();
    this.loaded = this.model = this.local = null;
  }

  /** Answers, trial and trust were another model's. */
  #forgetModel(): void {
    this.said = new Map();
    this.check = null;
    this.spent = [];
    this.trusted = false;
    this.#decideAnew();
  }

  #decideAnew(): void {
    this.board.refresh();
    if (!this.busy) this.#parts.share().catch((error: unknown) => this.#parts.report(error));
  }
}

function isSame(one: LlmOpened | null, other: LlmOpened): boolean {
  return one !== null && one.model.id === other.model.id && one.model.runtime === other.model.runtime && one.model.bytes === other.model.bytes
    && one.files.every(({ lastModified }, at) => other.files[at] !== undefined && (other.model.origin !== 'local' || one.model.origin !== 'local' || lastModified === other.files[at].lastModified))
    && Object.entries(one.sha256).every(([path, hash]) => (other.sha256[path] ?? hash) === hash);
}

/** What cannot be interrupted is not waited for. */
function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
