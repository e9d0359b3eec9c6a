import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LlmModel } from '../../src/contract/llm.ts';
import { filesOfWebllm } from '../../src/engine/llm/webllm/files.ts';
import { LLM_BY_HAND, call as callByHand, startDownload } from './llm-workers.ts';
import type { Called } from './llm-workers.ts';
import { SWIFTSHADER_WEBGPU, openPage } from './page.ts';
import type { OpenPage } from './page.ts';
import { EMPTY_MODULE, LIBRARY, mirror } from './webllm-mirror.ts';
import type { MirrorFile } from './webllm-mirror.ts';
import { webllmSite } from './webllm-site.ts';
import type { WebllmSite } from './webllm-site.ts';

/*
 * The real package in the built site, under its policy, on a graphics card of software. There is no compiled library of a model
 * for this test to run: everything up to the weights is real, and then a library that computes nothing ends it.
 */
const scratch = mkdtempSync(join(tmpdir(), 'webllm-'));
let site: WebllmSite;
let open: OpenPage;

beforeAll(async () => {
  site = await webllmSite();
  open = await openPage(site.url, { ...LLM_BY_HAND, args: SWIFTSHADER_WEBGPU });
  await start(open.page);
}, 60_000);
afterAll(async () => {
  await open?.close();
  await site?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

/** Starts the worker as the page does, without the page. Where there is no service worker, the page has made no policy yet. */
async function start(page: Page, secure = true): Promise<void> {
  const script = readdirSync(join(inject('dist'), 'assets')).find((name) => /^webllm\.worker-.*\.js$/.test(name));
  await page.evaluate(secure ? 'navigator.serviceWorker.ready' : "trustedTypes.createPolicy('winnow-scripts', {})");
  await page.evaluate(`llmWorker(${JSON.stringify(`assets/${script}`)}, 'webllm', true)`);
}

const call = (page: Page, method: string, ...args: unknown[]): Promise<Called> => page.evaluate<Called>(`llmCall('webllm', ${JSON.stringify(method)}, ${JSON.stringify(args)})`);

function onSite(name: string, over: Partial<LlmModel> = {}): LlmModel {
  const base = `${site.url}llm/${name}/resolve/main/`;
  return {
    id: name, name: 'Tiny', runtime: 'webllm', origin: 'site', base, hosts: [], files: [], library: base + LIBRARY,
    bytes: 0, memoryBytes: 0, parameters: 0, licence: '', reasons: false, needsF16: false, ...over,
  };
}

const load = (model: LlmModel): Promise<Called> => call(open.page, 'load', { model, files: [], contextTokens: 512 });

/** Puts files of a model where a download would have put them, whatever is in them. */
async function keep(name: string, files: readonly MirrorFile[]): Promise<void> {
  const cacheOf = (path: string): string => (path === 'mlc-chat-config.json' ? 'webllm/config' : path.endsWith('.wasm') ? 'webllm/wasm' : 'webllm/model');
  const put = files.map(({ path, bytes }) => [cacheOf(path), onSite(name).base + path, [...bytes], path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream']);
  await open.page.evaluate(`(async () => {
    for (const [cache, address, bytes, type] of ${JSON.stringify(put)}) await (await caches.open(cache)).put(address, new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }));
  })()`);
}

/** @param change what is different in this copy of the model; null = it is not in storage */
async function refusal(name: string, change: Parameters<typeof mirror>[0] | null, over: Partial<LlmModel> = {}, instead: readonly MirrorFile[] = []): Promise<Called> {
  if (change !== null) await keep(name, [...mirror(change), ...instead]);
  return load(onSite(name, over));
}

/** Has the worker's second look for a file never end: the first is ours, before the library is told to load. */
async function holdLook(path: string): Promise<{ readonly reached: () => Promise<boolean> }> {
  for (const worker of open.page.workers()) {
    if ((await worker.evaluate('self.name')) !== 'webllm') continue;
    await worker.evaluate(`(() => {
      const { match } = Cache.prototype;
      let looks = 0;
      Cache.prototype.match = function (asked, ...rest) {
        const address = typeof asked === 'string' ? asked : asked.url;
        if (!address.endsWith(${JSON.stringify(path)}) || ++looks < 2) return match.call(this, asked, ...rest);
        self.held = true;
        return new Promise(() => undefined);
      };
    })()`);
    return { reached: () => worker.evaluate<boolean>('self.held === true') };
  }
  throw new Error('The worker is not there.');
}

/** Every address in WebLLM's caches that has to do with this model. */
function inCaches(name: string): Promise<string[]> {
  return open.page.evaluate<string[]>(`(async () => {
    const found = [];
    for (const cache of ['webllm/config', 'webllm/wasm', 'webllm/model']) for (const { url } of await (await caches.open(cache)).keys()) if (url.includes('/${name}/')) found.push(cache + ' ' + url);
    return found.sort();
  })()`);
}

describe('WebLLM in the built site', () => {
  it('describes the graphics card without a byte of the library', async () => {
    const { value } = await call(open.page, 'machine');
    expect(value).toEqual({ noGpu: '', f16: expect.any(Boolean) });
    expect(open.requests.some((address) => address.includes('webllm-engine'))).toBe(false);
  });

  it('loads everything up to the weights out of what the download put into storage, and asks for nothing itself', async () => {
    const files = mirror();
    site.put('whole', files);
    await startDownload(open.page, []);
    expect((await callByHand(open.page, 'download', 'download', onSite('whole'))).words).toBe(undefined);
    await open.page.evaluate("llmStop('download')");
    const before = site.asked.length;
    const said = await load(onSite('whole'));
    expect(site.asked.length).toBe(before);
    expect(open.strays()).toEqual([]);
    expect(said).toMatchObject({ failed: 'llm-refused', words: expect.stringMatching(/compiled part of "Tiny"/) });
    // Tokenizer, list of weights and weights were read, and the card was there to take them.
    expect((await call(open.page, 'loading')).value).toEqual({ done: 0.9, what: 'Moving the model to the graphics card' });
    const parsed = (path: string): unknown => JSON.parse(new TextDecoder().decode(files.find((file) => file.path === path)?.bytes));
    const expected = filesOfWebllm(onSite('whole'), parsed('mlc-chat-config.json'), parsed('tensor-cache.json'));
    expect(await inCaches('whole')).toEqual(expected.map(({ cache, address }) => `${cache} ${address}`).sort());
    expect([...site.asked].sort()).toEqual(expected.map(({ address }) => address.slice(`${site.url}llm/`.length)).sort());
    // Embedded modules and the library itself run under the page's policy.
    expect(open.errors.filter((error) => /policy|trusted/i.test(error))).toEqual([]);
  });

  it.each<[string, string, RegExp, () => Promise<Called>]>([
    ['a library that is a web page', 'llm-refused', /compiled part.*WebLLM 0\.2\.86/, () => refusal('text', { library: new TextEncoder().encode('<!doctype html>') })],
    ['a module that is no library', 'llm-refused', /compiled part/, () => refusal('empty', { library: EMPTY_MODULE })],
    ['a library that is not there', 'llm-unavailable', /gone\.wasm is missing\. Download the model again/, () => refusal('nolib', {}, { library: `${site.url}llm/nolib/resolve/main/gone.wasm` })],
    ['a model that is not there', 'llm-unavailable', /mlc-chat-config\.json is missing/, () => refusal('nowhere', null)],
    ['weights that are not there', 'llm-unavailable', /gone\.bin is missing/, () => refusal('shardless', {}, {}, [{ path: 'tensor-cache.json', bytes: new TextEncoder().encode('{"records":[{"dataPath":"gone.bin","nbytes":4,"records":[]}]}') }])],
    ['a model on another site that is not stored', 'llm-unavailable', /not complete in this browser.*Download the model/, () => refusal('far', null, { base: 'https://models.example/far/', library: 'https://models.example/far.wasm' })],
    ['settings that are damaged', 'llm-refused', /mlc-chat-config\.json.*damaged/, () => refusal('broken', {}, {}, [{ path: 'mlc-chat-config.json', bytes: new TextEncoder().encode('{"tokenizer') }])],
    ['settings of something else', 'llm-refused', /mlc-chat-config\.json is not what WebLLM expects/, () => refusal('other', { config: { tokenizer_files: [] } })],
    ['a word list that is damaged', 'llm-refused', /tokenizer/, () => refusal('words', {}, {}, [{ path: 'tokenizer.json', bytes: new TextEncoder().encode('{"version":"1.0"}') }])],
    ['a card without 16-bit numbers', 'llm-unavailable', /16-bit.*q4f32/, () => refusal('half', {}, { needsF16: true })],
    ['a piece that is too large for the card', 'llm-unavailable', /2.1 GB of graphics memory in one piece.*smaller model/, () => refusal('large', { tensorBytes: 2 ** 31 })],
  ])('says in plain words what to do about %s', async (_, code, words, provoke) => {
    const said = await provoke();
    expect(said.failed).toBe(code);
    expect(said.words).toMatch(words);
    expect(said.words).not.toMatch(/Failed to|WebAssembly|undefined|appConfig/);
  });

  it('says so when the graphics card is lost in the middle of it', async () => {
    await keep('lost', mirror());
    const { reached } = await holdLook('/lost/resolve/main/params_shard_1.bin');
    const loading = load(onSite('lost'));
    await expect.poll(reached).toBe(true);
    const devtools = await (open.context.browser())?.newBrowserCDPSession();
    await devtools?.send('Browser.crashGpuProcess');
    expect(await loading).toMatchObject({ failed: 'llm-lost', words: expect.stringMatching(/graphics card gave up while "Tiny" was being loaded.*smaller model/) });
  });
});

describe('WebLLM without a graphics card', () => {
  it('says what is missing, and over plain http why', async () => {
    const bare = await openPage(site.url, { ...LLM_BY_HAND, args: ['--host-resolver-rules=MAP winnow.example 127.0.0.1'] });
    try {
      await start(bare.page);
      expect((await call(bare.page, 'machine')).value).toMatchObject({ noGpu: expect.stringMatching(/found no graphics card.*GGUF/), f16: false });
      expect(await call(bare.page, 'load', { model: onSite('whole'), files: [], contextTokens: 512 })).toMatchObject({ failed: 'llm-unavailable', words: expect.stringMatching(/found no graphics card/) });
      await bare.page.goto(site.url.replace('127.0.0.1', 'winnow.example'));
      await start(bare.page, false);
      expect((await call(bare.page, 'machine')).value).toMatchObject({ noGpu: expect.stringMatching(/https.*GGUF/) });
    } finally {
      await bare.close();
    }
  });
});

describe('a folder of a WebLLM model on the page', () => {
  it('is kept and loaded with no network, and what is wrong with it is shown', async () => {
    const folder = join(scratch, 'tiny-q4f32_1-MLC');
    mkdirSync(folder);
    for (const { path, bytes } of mirror()) writeFileSync(join(folder, path), bytes);
    // The loader would not look into storage for a library of this host.
    const page = await openPage(site.url.replace('127.0.0.1', 'localhost'), { args: SWIFTSHADER_WEBGPU });
    const before = site.asked.length;
    try {
      await page.page.getByRole('button', { name: 'Help' }).first().click();
      await page.page.locator('dialog[open]').getByRole('button', { name: 'Language model' }).click();
      const dialog = page.page.getByRole('dialog', { name: 'Language model' });
      await dialog.getByLabel('Folder of a WebLLM model').setInputFiles(folder);
      await dialog.getByRole('alert').filter({ hasText: /compiled part of .tiny-q4f32_1-MLC/ }).waitFor({ timeout: 20_000 });
      expect(page.requests.some((address) => address.includes('webllm-engine'))).toBe(true);
      // This site's own list of models is looked up, and no model.
      expect(site.asked.slice(before).filter((path) => path !== 'models.json')).toEqual([]);
      expect(page.strays()).toEqual([]);
    } finally {
      await page.close();
    }
  }, 40_000);
});
