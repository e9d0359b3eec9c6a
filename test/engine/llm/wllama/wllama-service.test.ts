import type { Wllama, WllamaLogger } from '@wllama/wllama/esm/index.js';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { failureCode } from '../../../../src/contract/failure.ts';
import type { LlmLoad, LlmQuestion } from '../../../../src/contract/llm-api.ts';
import { ggufModel } from '../../../../src/engine/llm/own-model.ts';
import { WllamaService } from '../../../../src/engine/llm/wllama/wllama-service.ts';
import { TINY, ggufFile } from '../gguf-file.ts';

/* What goes on around the runtime; the runtime itself runs a real model in test/browser/llm.test.ts. */

interface ChatRequest { readonly messages: readonly { readonly content: string }[]; readonly grammar?: string; readonly abortSignal: AbortSignal }

/** Stands for the runtime: loads and answers as it is told. */
class FakeRuntime {
  readonly logger: WllamaLogger;
  readonly asked: ChatRequest[] = [];
  loadedParts = 0;
  exits = 0;
  success = true;
  loads: () => Promise<void> = () => Promise.resolve();
  says: (request: ChatRequest) => Promise<string> = () => Promise.resolve('Error');

  constructor(logger: WllamaLogger) {
    this.logger = logger;
  }

  async loadModel(files: readonly Blob[]): Promise<void> {
    for (const file of files) await file.slice(0, file.size).arrayBuffer();
    this.loadedParts = files.length;
    await this.loads();
  }

  getLoadedContextInfo(): { success: boolean } {
    return { success: this.success };
  }

  async createChatCompletion(request: ChatRequest): Promise<unknown> {
    this.asked.push(request);
    return { choices: [{ message: { content: await this.says(request) } }], usage: { prompt_tokens: 7, completion_tokens: 2 } };
  }

  exit(): Promise<void> {
    this.exits++;
    return Promise.resolve();
  }
}

/** As browsers have it; not every version of Node.js does. */
class WorkerError extends Event {
  readonly message: string;

  constructor(message: string) {
    super('error');
    this.message = message;
  }
}
vi.stubGlobal('ErrorEvent', WorkerError);
afterAll(() => void vi.unstubAllGlobals());

const LOAD: LlmLoad = { model: ggufModel('tiny.gguf', 0), files: [ggufFile(TINY, 'tiny.gguf')], contextTokens: 1024 };
const ask = (user: string): LlmQuestion => ({ system: 'Answer.', user, answers: ['Error', 'User Action'], reasoningTokens: 0 });
const caught = (job: Promise<unknown>): Promise<unknown> => job.then(() => null, (error: unknown) => error);
const words = (error: unknown): [string | undefined, string] => [failureCode(error), (error as Error).message];

let runtimes: FakeRuntime[];
let prepare: (runtime: FakeRuntime) => void;
let service: WllamaService;

beforeEach(() => {
  runtimes = [];
  prepare = () => undefined;
  service = new WllamaService({
    wasmUrl: 'http://site.test/a.wasm', deviceGigabytes: 8, cores: 8, shared: true,
    runtime: (logger) => {
      const runtime = new FakeRuntime(logger);
      prepare(runtime);
      runtimes.push(runtime);
      return runtime as unknown as Wllama;
    },
  });
});

describe('loading', () => {
  test('says what the file says of itself, and how far it is', async () => {
    let half: unknown;
    prepare = (runtime) => { runtime.loads = async () => { half = await service.loading(); }; };
    expect(await service.load(LOAD)).toMatchObject({ name: 'Tiny', contextTokens: 1024, threads: 7, parameters: 192 });
    expect(half).toMatchObject({ done: 0.95, what: 'Getting ready' });
    expect(await service.loading()).toEqual({ done: 1, what: 'Ready' });
  });

  test('asks for no more context than the model was made for', async () => {
    expect((await service.load({ ...LOAD, contextTokens: 9999 })).contextTokens).toBe(2048);
  });

  test('what is no model starts no runtime', async () => {
    expect(words(await caught(service.load({ ...LOAD, files: [new File(['<html>'.repeat(9)], 'x.gguf')] })))[0]).toBe('llm-refused');
    expect(runtimes).toEqual([]);
  });

  test('a file that the runtime cannot use does not make it reject: it is refused all the same, and its worker ended', async () => {
    prepare = (runtime) => {
      runtime.success = false;
      runtime.loads = async () => runtime.logger.error("llama_model_load: error loading model: missing tensor 'output.weight'");
    };
    expect(words(await caught(service.load(LOAD)))).toEqual(['llm-refused', expect.stringContaining('damaged or incomplete')]);
    expect(runtimes[0]?.exits).toBe(1);
    expect(words(await caught(service.ask(ask('x'))))[0]).toBe('llm-lost');
  });

  test('a runtime that dies meanwhile is not waited for, and what it said is told', async () => {
    prepare = (runtime) => {
      runtime.loads = () => {
        runtime.logger.error(new WorkerError('RuntimeError: memory access out of bounds (OOM)'));
        return new Promise(() => undefined);
      };
    };
    expect(words(await caught(service.load(LOAD)))).toEqual(['llm-lost', expect.stringContaining('Memory ran out')]);
    expect(runtimes[0]?.exits).toBe(1);
  });

  test('another model takes the place of the first, whose memory is given back', async () => {
    await service.load(LOAD);
    await service.load(LOAD);
    expect(runtimes.map(({ exits }) => exits)).toEqual([1, 0]);
  });
});

describe('asking', () => {
  test('holds the model to the answers, and says what it took', async () => {
    await service.load(LOAD);
    expect(await service.ask(ask('a line'))).toMatchObject({ text: 'Error', reasoning: '', promptTokens: 7, tokens: 2 });
    expect(runtimes[0]?.asked[0]?.grammar).toContain('"User Action"');
  });

  test('before a model is loaded says so', async () => {
    expect(words(await caught(service.ask(ask('x'))))).toEqual(['llm-lost', expect.stringContaining('Load it again')]);
  });

  test('one question at a time, in order, however many come at once', async () => {
    let running = 0, most = 0;
    prepare = (runtime) => {
      runtime.says = async () => {
        most = Math.max(most, ++running);
        await new Promise((done) => setTimeout(done, 2));
        running--;
        return 'Error';
      };
    };
    await service.load(LOAD);
    await Promise.all(['1', '2', '3'].map((user) => service.ask(ask(user))));
    expect([most, runtimes[0]?.asked.map(({ messages }) => messages.at(-1)?.content.at(-1))]).toEqual([1, ['1', '2', '3']]);
  });

  test('that is stopped ends with an AbortError, and the next is answered', async () => {
    prepare = (runtime) => {
      runtime.says = ({ abortSignal }) => new Promise((resolve, reject) => {
        if (runtime.asked.length > 1) resolve('Error');
        abortSignal.addEventListener('abort', () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' })));
      });
    };
    await service.load(LOAD);
    const first = caught(service.ask(ask('1')));
    await expect.poll(() => runtimes[0]?.asked.length).toBe(1);
    await service.stop();
    expect((await first as Error).name).toBe('AbortError');
    expect((await service.ask(ask('2'))).text).toBe('Error');
    expect(runtimes[0]?.exits).toBe(0);
  });

  test('while its worker dies is not left waiting: the memory is given back, and the next question says to load again', async () => {
    prepare = (runtime) => { runtime.says = () => new Promise(() => undefined); };
    await service.load(LOAD);
    const pending = caught(service.ask(ask('1')));
    await expect.poll(() => runtimes[0]?.asked.length).toBe(1);
    runtimes[0]?.logger.error('worker said', new Event('error'));
    expect(words(await pending)).toEqual(['llm-lost', expect.stringMatching(/^Tiny has stopped working.*Load it again/)]);
    expect(runtimes[0]?.exits).toBe(1);
    expect(words(await caught(service.ask(ask('2'))))[0]).toBe('llm-lost');
  });

  test('too long a question is refused alone: the model stays', async () => {
    prepare = (runtime) => {
      runtime.says = () => (runtime.asked.length === 1 ? Promise.reject(new Error('request (2048 tokens) exceeds the available context size (1024 tokens)')) : Promise.resolve('Error'));
    };
    await service.load(LOAD);
    expect(words(await caught(service.ask(ask('1'))))[0]).toBe('llm-refused');
    expect((await service.ask(ask('2'))).text).toBe('Error');
    expect(runtimes[0]?.exits).toBe(0);
  });
});
