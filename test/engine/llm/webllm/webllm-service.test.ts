import { describe, expect, it } from 'vitest';
import type { MLCEngine } from '@mlc-ai/web-llm';
import type { LlmQuestion } from '../../../../src/contract/llm-api.ts';
import { filesOfWebllm } from '../../../../src/engine/llm/webllm/files.ts';
import { WebllmService } from '../../../../src/engine/llm/webllm/webllm-service.ts';
import type { WebllmScope } from '../../../../src/engine/llm/webllm/webllm-service.ts';
import { mirror } from '../../../browser/webllm-mirror.ts';
import { tinyModel } from './tiny-model.ts';

type Request = Parameters<MLCEngine['chatCompletion']>[0];
const QUESTION: LlmQuestion = { system: 'S', user: 'U', answers: ['A', 'B'], reasoningTokens: 0 };

/** A browser with a graphics card and with what was stored. */
function browser(stored: ReadonlyMap<string, Uint8Array>) {
  const kept = new Map(stored);
  const lose: ((info: { reason: string; message: string }) => void)[] = [];
  const device = { lost: new Promise((resolve) => lose.push(resolve)) };
  const GPUAdapter = { prototype: { requestDevice: async () => device } };
  const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30, maxComputeWorkgroupStorageSize: 32_768, maxStorageBuffersPerShaderStage: 10 };
  const scope = {
    isSecureContext: true, GPUAdapter, navigator: { gpu: { requestAdapter: async () => ({ limits, features: new Set() }) } },
    caches: { open: async (cache: string) => ({
      match: async (address: string) => (kept.has(`${cache} ${address}`) ? new Response(kept.get(`${cache} ${address}`) as BodyInit) : undefined),
    }) },
  };
  return { scope: scope as unknown as WebllmScope, kept, lose: () => lose[0]?.({ reason: 'unknown', message: 'gone' }) };
}

/** WebLLM's engine, but for what needs a model; the real one is used in test/browser/webllm.test.ts. */
function library(answer: (request: Request, interrupted: () => Promise<void>) => Promise<string>, scope: WebllmScope) {
  const requests: Request[] = [];
  const options: unknown[] = [];
  class Engine {
    private interrupt: () => void = () => undefined;
    private readonly interrupted = new Promise<void>((resolve) => {
      this.interrupt = resolve;
    });
    constructor(config: unknown) {
      options.push(config);
    }
    async reload(...args: unknown[]) {
      options.push(args);
      await (scope.GPUAdapter as unknown as { prototype: { requestDevice(): Promise<unknown> } }).prototype.requestDevice();
    }
    async unload() {
      options.push('unloaded');
    }
    async interruptGenerate() {
      this.interrupt();
    }
    async chatCompletion(request: Request) {
      requests.push(request);
      const content = await answer(request, () => this.interrupted);
      return { choices: [{ message: { content } }], usage: { prompt_tokens: 7, completion_tokens: 2 } };
    }
  }
  return { requests, options, get: async () => ({ MLCEngine: Engine as unknown as typeof MLCEngine }) };
}

/** All files of the mirror under the addresses that the loader asks for. */
function stored(model = tinyModel(), options: Parameters<typeof mirror>[0] = {}): Map<string, Uint8Array> {
  const files = new Map(mirror(options).map(({ path, bytes }) => [path, bytes]));
  const parsed = (path: string): unknown => JSON.parse(new TextDecoder().decode(files.get(path)));
  return new Map(filesOfWebllm(model, parsed('mlc-chat-config.json'), parsed('tensor-cache.json')).map(({ cache, address, path }) => [`${cache} ${address}`, files.get(path) as Uint8Array]));
}

function service(answer: Parameters<typeof library>[0] = async () => 'A', model = tinyModel(), options: Parameters<typeof mirror>[0] = {}) {
  const { scope, lose, kept } = browser(stored(model, options));
  const lib = library(answer, scope);
  return { api: new WebllmService(lib.get, scope), lib, lose, kept, load: (contextTokens = 4096) => ({ model, files: [], contextTokens }) };
}

describe('WebLLM behind the interface of language models', () => {
  it('loads from storage, with as much context as the model has', async () => {
    const { api, lib, load } = service();
    expect(await api.load(load())).toEqual({ name: 'Tiny', contextTokens: 512, threads: 1, parameters: 1e6 });
    expect(lib.options).toContainEqual(['tiny', { context_window_size: 512, sliding_window_size: -1 }]);
    expect(lib.options[0]).toMatchObject({ appConfig: { cacheBackend: 'cache', model_list: [{ model: 'https://models.example/mlc-ai/tiny/resolve/main/', model_lib: 'https://libraries.example/v1/tiny-webgpu.wasm' }] } });
  });

  it('names what is missing from storage, and starts nothing', async () => {
    const { api, lib, kept, load } = service();
    for (const key of [...kept.keys()].filter((each) => each.includes('shard'))) kept.delete(key);
    await expect(api.load(load())).rejects.toMatchObject({ name: 'llm-unavailable', message: expect.stringMatching(/params_shard_0\.bin, params_shard_1\.bin, params_shard_2\.bin are missing/) });
    expect(lib.options).toEqual([]);
  });

  it.each(['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'params_shard_1.bin', 'tiny-webgpu.wasm'])('without %s in storage nothing is started, be it a model of this site', async (path) => {
    const model = tinyModel({ origin: 'site', base: 'https://site.example/llm/tiny/', library: 'https://site.example/llm/tiny/resolve/main/tiny-webgpu.wasm' });
    const { api, lib, kept, load } = service(undefined, model);
    for (const key of [...kept.keys()].filter((each) => each.endsWith(path))) kept.delete(key);
    await expect(api.load(load())).rejects.toMatchObject({ name: 'llm-unavailable', message: expect.stringContaining(`${path} is missing`) });
    expect(lib.options).toEqual([]);
  });

  it('refuses a model whose weights do not fit into one piece', async () => {
    const { api, load } = service(undefined, undefined, { tensorBytes: 2 ** 31 });
    await expect(api.load(load())).rejects.toMatchObject({ name: 'llm-unavailable', message: expect.stringMatching(/2.1 GB.*one piece/) });
  });

  it('says without https that there is nowhere to keep a model', async () => {
    const { scope } = browser(new Map());
    const api = new WebllmService(library(async () => 'A', scope).get, { ...scope, caches: undefined });
    await expect(api.load({ model: tinyModel(), files: [], contextTokens: 512 })).rejects.toMatchObject({ name: 'llm-unavailable', message: expect.stringMatching(/https/) });
  });

  it('answers, and asks in the same way whatever was asked before', async () => {
    const { api, lib, load } = service();
    await api.load(load());
    expect(await api.ask(QUESTION)).toMatchObject({ text: 'A', reasoning: '', promptTokens: 7, tokens: 2 });
    await api.ask({ ...QUESTION, user: 'Something else' });
    await api.ask(QUESTION);
    expect(lib.requests[2]).toEqual(lib.requests[0]);
  });

  it('has a model reason first, and hands its reasons over apart from the answer', async () => {
    const { api, lib, load } = service(async (request) => (request.response_format ? '<think>\n\n</think>\n\nB' : '<think>\nA says <|end|>.\n'), tinyModel({ reasons: true }));
    await api.load(load());
    expect(await api.ask({ ...QUESTION, reasoningTokens: 200 })).toMatchObject({ text: 'B', reasoning: 'A says <|end|>.', promptTokens: 14, tokens: 4 });
    expect(JSON.stringify(lib.requests[1]?.messages)).toContain('< |end|>');
  });

  it('stops in the middle of an answer, and answers the next question', async () => {
    let waiting = true;
    const { api, load } = service(async (_, interrupted) => {
      if (waiting) await interrupted();
      return 'A';
    });
    await api.load(load());
    const asked = api.ask(QUESTION);
    await api.stop();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    waiting = false;
    expect((await api.ask(QUESTION)).text).toBe('A');
  });

  it('ends a question at once when the graphics card is lost', async () => {
    const { api, lose, load } = service(() => new Promise(() => undefined));
    await api.load(load());
    const asked = api.ask(QUESTION);
    lose();
    await expect(asked).rejects.toMatchObject({ name: 'llm-lost', message: expect.stringMatching(/What has been decided stays/) });
  });

  it('drops the model before it loads another, and says so when nothing is loaded', async () => {
    const { api, lib, load } = service();
    await expect(api.ask(QUESTION)).rejects.toMatchObject({ name: 'llm-lost' });
    await api.load(load());
    await api.load(load());
    expect(lib.options).toContain('unloaded');
  });

  it('counts the way in words for a person', async () => {
    const { api } = service();
    expect(await api.loading()).toEqual({ done: 0, what: expect.stringMatching(/graphics card/) });
  });
});
