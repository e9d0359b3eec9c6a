import type { AppConfig, ChatOptions, InitProgressReport, MLCEngine } from '@mlc-ai/web-llm';
import type { LlmAnswer, LlmApi, LlmLoad, LlmLoading, LlmMachine, LlmQuestion, LlmReady } from '../../../contract/llm-api.ts';
import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import { loaderAddress, webllmFolder } from './files.ts';
import { graphicsCard, tooMuch } from './graphics-card.ts';
import type { CardSource } from './graphics-card.ts';
import { progressOf } from './progress.ts';
import { answerIn, answerRequest, asPlainText, reasoningIn, reasoningRequest } from './question.ts';
import type { Manners } from './question.ts';
import { storedModel } from './stored-files.ts';
import type { StoredModel } from './stored-files.ts';
import { translate } from './translate.ts';
import { watchDevices } from './watch-device.ts';
import type { DeviceWatch } from './watch-device.ts';
import { isFields } from '../fields.ts';
import type { Fields } from '../fields.ts';

/** The library, as a module. */
export interface WebllmLibrary {
  readonly MLCEngine: typeof MLCEngine;
}

/** What is taken of the worker's global scope. */
export type WebllmScope = CardSource & Parameters<typeof watchDevices>[0] & {
  readonly caches?: CacheStorage;
};

interface Loaded {
  readonly engine: MLCEngine;
  readonly model: LlmModel;
  readonly manners: Manners;
  readonly watch: DeviceWatch;
}

/** WebLLM, used directly, in a worker of ours. */
export class WebllmService implements LlmApi {
  private readonly library: () => Promise<WebllmLibrary>;
  private readonly scope: WebllmScope;
  private loaded: Loaded | null = null;
  private progress: LlmLoading = progressOf(null);
  /** How often it was asked to stop. */
  private stops = 0;

  /** @param library gets the library; called when the first model is loaded */
  constructor(library: () => Promise<WebllmLibrary>, scope: WebllmScope) {
    this.library = library;
    this.scope = scope;
  }

  async machine(): Promise<LlmMachine> {
    return (await graphicsCard(this.scope)).machine;
  }

  async loading(): Promise<LlmLoading> {
    return this.progress;
  }

  async load({ model, contextTokens }: LlmLoad): Promise<LlmReady> {
    this.progress = progressOf(null);
    await this.unload();
    const card = await graphicsCard(this.scope);
    const watch = watchDevices(this.scope);
    try {
      const without = tooMuch(model, card, 0, this.scope.navigator.deviceMemory);
      if (without !== null) throw without;
      const stored = await storedModel(this.scope.caches, model);
      const refused = tooMuch(model, card, stored.largest, this.scope.navigator.deviceMemory);
      if (refused !== null) throw refused;
      const tokens = contextOf(stored, contextTokens);
      const engine = await this.started(model, tokens, watch);
      this.loaded = { engine, model, watch, manners: mannersOf(model, stored) };
      return { name: model.name, contextTokens: tokens, threads: 1, parameters: model.parameters };
    } catch (error) {
      watch.end();
      throw translate(error, model, 'loading');
    }
  }

  async ask(question: LlmQuestion): Promise<LlmAnswer> {
    const { loaded } = this;
    if (loaded === null) throw new Failure('llm-lost', 'No language model is loaded any more. Load it again to go on.');
    const stops = this.stops;
    const began = performance.now();
    const say = async (request: Parameters<MLCEngine['chatCompletion']>[0] & { stream: false }): Promise<{ text: string; prompt: number; tokens: number }> => {
      const { choices, usage } = await Promise.race([loaded.engine.chatCompletion(request), loaded.watch.lost]);
      if (this.stops !== stops) throw new DOMException('The answer was stopped.', 'AbortError');
      return { text: choices[0]?.message.content ?? '', prompt: usage?.prompt_tokens ?? 0, tokens: usage?.completion_tokens ?? 0 };
    };
    try {
      const thought = question.reasoningTokens > 0 ? await say({ ...reasoningRequest(question, loaded.manners), stream: false }) : { text: '', prompt: 0, tokens: 0 };
      const reasoning = reasoningIn(thought.text);
      const said = await say({ ...answerRequest(question, loaded.manners, reasoning), stream: false });
      return {
        text: answerIn(said.text), reasoning, promptTokens: thought.prompt + said.prompt, tokens: thought.tokens + said.tokens,
        seconds: (performance.now() - began) / 1000,
      };
    } catch (error) {
      // An error of that name may also come from a lost graphics card (WebGPU, `mapAsync`).
      if (this.stops !== stops) throw new DOMException('The answer was stopped.', 'AbortError');
      throw translate(error, loaded.model, 'asking');
    }
  }

  async stop(): Promise<void> {
    this.stops++;
    await this.loaded?.engine.interruptGenerate();
  }

  private async started(model: LlmModel, tokens: number, watch: DeviceWatch): Promise<MLCEngine> {
    this.progress = progressOf({ text: '', progress: 0 });
    const { MLCEngine: Engine } = await this.library();
    const engine = new Engine({
      appConfig: appConfigOf(model), logLevel: 'SILENT',
      initProgressCallback: (report: InitProgressReport) => {
        this.progress = progressOf(report);
      },
    });
    await Promise.race([engine.reload(model.id, windowOf(tokens)), watch.lost]);
    return engine;
  }

  private async unload(): Promise<void> {
    const { loaded } = this;
    this.loaded = null;
    loaded?.watch.end();
    // What cannot be put away orderly is gone with its graphics card.
    await loaded?.engine.unload().catch(() => undefined);
  }
}

function appConfigOf(model: LlmModel): AppConfig {
  return {
    cacheBackend: 'cache',
    model_list: [{
      model: webllmFolder(model.base), model_id: model.id, model_lib: loaderAddress(model.library),
      ...(model.needsF16 ? { required_features: ['shader-f16'] } : {}),
    }],
  };
}

/** A model may be able to read more, at the price of memory; more than it was made for, it cannot. */
function contextOf({ config }: StoredModel, wanted: number): number {
  const most = config['context_window_size'];
  return typeof most === 'number' && most > 0 ? Math.min(most, wanted) : wanted;
}

function windowOf(tokens: number): ChatOptions {
  return { context_window_size: tokens, sliding_window_size: -1 };
}

function mannersOf({ reasons }: LlmModel, { config, markers }: StoredModel): Manners {
  const template = { ...record(config['conv_template']), ...record(config['conv_config']) };
  // Models with these marks reason by nature, Qwen 3 as well.
  return { reasons: reasons || markers.includes('<think>'), asText: asPlainText(markers, typeof record(template['role_templates'])['user'] === 'string') };
}

function record(value: unknown): Fields {
  return isFields(value) ? value : {};
}
