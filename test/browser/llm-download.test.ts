import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { LlmModel, LlmStored } from '../../src/contract/llm.ts';
import { MODEL_BYTES, madeModel, sha256, startLlmHost } from './llm-host.ts';
import type { LlmHost } from './llm-host.ts';
import { LLM_BY_HAND, call, ggufAt, inStorage, startDownload, startStore } from './llm-workers.ts';
import type { Called } from './llm-workers.ts';
import { attempts, escaped } from './leak-attempts.ts';
import { startLeakTrap } from './leak-trap.ts';
import { closeBrowser, openPage } from './page.ts';
import type { OpenPage } from './page.ts';
import { serveFolder } from './static-server.ts';
import type { StaticServer } from './static-server.ts';

const MODEL = madeModel();
const HASH = sha256(MODEL);
/** Laid out as WebLLM expects; nothing in it can be run. */
const WEBLLM: Readonly<Record<string, string>> = {
  'mlc-chat-config.json': JSON.stringify({ tokenizer_files: ['tokenizer.json'] }),
  'tensor-cache.json': JSON.stringify({ records: [{ dataPath: 'params_shard_0.bin', nbytes: 7, records: [] }, { dataPath: 'params_shard_1.bin', nbytes: 4, records: [] }] }),
  'tokenizer.json': '{}', 'params_shard_0.bin': 'weights', 'params_shard_1.bin': 'more',
};
const FILES = { 'x.gguf': MODEL, 'words.gguf': 'Not found, sorry.', 'm.wasm': 'library', 'lib.wasm': 'library', ...Object.fromEntries(Object.entries(WEBLLM).map(([name, text]) => [`m/resolve/main/${name}`, text])) };

let site: StaticServer;
let other: LlmHost;
let host: LlmHost;
let folder: string;
let opened: OpenPage;
let page: Page;

beforeEach(async () => {
  other = await startLlmHost({ 'sent-on/x.gguf': MODEL });
  host = await startLlmHost(FILES, `${other.url}ok/`);
  folder = mkdtempSync(join(tmpdir(), 'winnow-'));
  site = await serveFolder(inject('dist'), { mounts: { '/llm/': folder } });
  opened = await openPage(site.url, LLM_BY_HAND);
  page = opened.page;
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});
afterEach(async () => {
  await opened.close();
  await Promise.all([site.stop(), host.stop(), other.stop()]);
  rmSync(folder, { recursive: true });
});
afterAll(closeBrowser);

const at = (way: string, known = {}, hosts: readonly string[] = [host.host], path = 'x.gguf'): LlmModel => ggufAt(`${host.url}${way}/`, path, hosts, known);

/** As the page does it: one worker for one download. */
async function download(model: LlmModel): Promise<Called> {
  await startDownload(page, model.hosts);
  const called = await call(page, 'download', 'download', model);
  await page.evaluate("llmStop('download')");
  return called;
}

async function stored(): Promise<LlmStored[]> {
  await startStore(page);
  return (await call(page, 'store', 'stored')).value as LlmStored[];
}

/** What is in the caches of WebLLM: `cache address`. */
const cached = (): Promise<string[]> => page.evaluate<string[]>(`(async () => {
  const found = [];
  for (const name of await caches.keys()) if (name.startsWith('webllm/')) for (const { url } of await (await caches.open(name)).keys()) found.push(name + ' ' + url);
  return found.sort();
})()`);

test('a model is fetched, checked, kept, counted, used again after a reload, and deleted', async () => {
  const kept = { bytes: MODEL_BYTES, sha256: { 'x.gguf': HASH } };
  expect(await download(at('ok', { bytes: MODEL_BYTES, sha256: HASH }))).toEqual({ value: kept });
  await expect.poll(() => page.getByText(/To other sites:/).first().textContent()).toContain(`To other sites: 1 (the language model you asked for, from ${host.host}).`);
  expect(await download(at('ok')), 'what is kept is not fetched again').toEqual({ value: kept });
  expect(host.asked).toEqual(['GET /ok/x.gguf']);
  await page.reload();
  expect(await stored()).toEqual([{ model: at('ok', { bytes: MODEL_BYTES, sha256: HASH }), ...kept }]);
  expect((await call(page, 'store', 'open', 'x')).failed).toBe(undefined);
  await page.evaluate("(async () => { const folder = await (await (await navigator.storage.getDirectory()).getDirectoryHandle('winnow-llm')).getDirectoryHandle('x'); const file = await (await folder.getFileHandle('file-x.gguf')).createWritable({ keepExistingData: true }); await file.write({ type: 'write', position: 9, data: '!' }); await file.close(); })()");
  expect(await call(page, 'store', 'open', 'x')).toMatchObject({ failed: 'llm-refused', words: expect.stringContaining('x.gguf was changed. It was not loaded.') });
  await page.getByRole('button', { name: /Privacy/ }).first().click();
  const row = page.locator('[data-stored=language-models]');
  await expect.poll(() => row.textContent()).toContain('3.00 MB');
  await row.getByRole('button', { name: 'Delete: Language models' }).click();
  await page.getByRole('button', { name: 'Yes, delete', exact: true }).click();
  await expect.poll(() => row.textContent()).toContain('none');
  expect(await inStorage(page)).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test('whatever goes wrong is told in words, and nothing stays', async () => {
  const { failed: missing, words } = await download(at('ok', {}, [host.host], 'none.gguf'));
  expect([missing, words]).toEqual(['llm-unavailable', expect.stringContaining(`${host.host} has no file none.gguf`)]);
  for (const [way, known, code, said] of [
    ['ok', { sha256: 'ab'.repeat(32) }, 'llm-refused', 'its SHA-256 is'], ['ok', { bytes: 7 }, 'llm-refused', 'it has more bytes than the 7 that were expected'],
    ['page', {}, 'llm-refused', 'sent a web page'], ['signed-in', {}, 'llm-unavailable', 'signed in'], ['private', {}, 'llm-unavailable', 'could not be reached, or does not let pages'],
    ['broken', {}, 'llm-unavailable', 'broke'], ['sent-on', {}, 'llm-refused', `sends on to another host, ${other.host}`],
  ] as const) expect(await download(at(way, known)), way).toMatchObject({ failed: code, words: expect.stringContaining(said) });
  expect(await download(at('ok', {}, [host.host], 'words.gguf'))).toMatchObject({ failed: 'llm-refused', words: expect.stringContaining('not a language model in the GGUF format') });
  expect(await download(at('ok', {}, [other.host])), 'a host that is not named').toMatchObject({ failed: 'llm-unavailable' });
  const cdp = await page.context().newCDPSession(page);
  const origin = new URL(site.url).origin;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  expect(await download(at('ok', { bytes: MODEL_BYTES }))).toMatchObject({ failed: 'storage-full', words: expect.stringContaining('room for') });
  // Where the host does not say how large it is, it shows while it is written.
  expect(await download(at('ok'))).toMatchObject({ failed: 'storage-full' });
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  expect(await inStorage(page)).toEqual([]);
  expect((await download(at('broken-once', { sha256: HASH }))).failed, 'a connection that broke once').toBe(undefined);
  expect(host.asked).toContain('GET /broken-once/x.gguf bytes=1500000-');
});

test('stopped by the person, or with the tab, it leaves nothing behind', async () => {
  await startDownload(page, [host.host]);
  const done = call(page, 'download', 'download', at('slow'));
  await expect.poll(async () => ((await call(page, 'download', 'progress')).value as { bytes: number }).bytes).toBeGreaterThan(0);
  expect((await call(page, 'download', 'progress')).value).toMatchObject({ path: 'x.gguf', total: MODEL_BYTES });
  await call(page, 'download', 'stop');
  expect((await done).failed).toBe('AbortError');
  expect(await inStorage(page)).toEqual([]);
  void call(page, 'download', 'download', at('slow')).catch(() => undefined);
  await expect.poll(() => inStorage(page)).toContain('x/unfinished.json');
  expect(await stored(), 'nobody takes away what is on its way').toEqual([]);
  expect(await inStorage(page)).toContain('x/unfinished.json');
  await page.reload();
  await expect.poll(async () => { await stored(); return inStorage(page); }).toEqual([]);
});

test('a WebLLM model comes to where WebLLM looks, from a host and from a folder, and goes again', async () => {
  const base = `${host.url}ok/m/resolve/main/`;
  const model: LlmModel = { ...at('ok'), id: 'm', name: 'm', runtime: 'webllm', base, library: `${host.url}ok/m.wasm`, files: [] };
  const total = Object.values(WEBLLM).join('').length + 'library'.length;
  expect((await download(model)).value).toMatchObject({ bytes: total, sha256: { 'tokenizer.json': sha256('{}'), [model.library]: sha256('library') } });
  const keys = (below: string, library: string): string[] => [`webllm/config ${below}mlc-chat-config.json`, `webllm/wasm ${library}`, ...Object.keys(WEBLLM).filter((name) => name !== 'mlc-chat-config.json').map((name) => `webllm/model ${below}${name}`)].sort();
  expect(await cached()).toEqual(keys(base, model.library));
  const broken = { ...model, id: 'm2', files: [{ path: 'params_shard_1.bin', bytes: 4, sha256: 'ab'.repeat(32) }], base: `${host.url}no-ranges/m/resolve/main/` };
  expect((await download(broken)).failed).toBe('llm-refused');
  expect(await cached(), 'nothing half').toEqual(keys(base, model.library));
  await startStore(page);
  expect(await call(page, 'store', 'open', 'm')).toEqual({ value: [] });
  const keepFolder = (files: Readonly<Record<string, string>>): Promise<Called> => page.evaluate<Called>(`llmCall('store', 'keepFolder', [${JSON.stringify(Object.entries(files))}.map(([name, text]) => ({ path: 'my model/' + name, file: new File([text], name) })), ${JSON.stringify(site.url)}])`);
  expect(await keepFolder(WEBLLM)).toMatchObject({ failed: 'llm-refused', words: expect.stringContaining('.wasm') });
  expect(await keepFolder({ 'a.txt': 'x' })).toMatchObject({ failed: 'llm-refused', words: expect.stringContaining('mlc-chat-config.json') });
  expect(await keepFolder({ ...WEBLLM, 'lib.wasm': 'library', 'params_shard_0.bin': 'weig' })).toMatchObject({ failed: 'llm-refused', words: expect.stringContaining('4 bytes') });
  const own = `${site.url}llm/my-model/resolve/main/`;
  expect((await keepFolder({ ...WEBLLM, 'lib.wasm': 'library' })).value).toMatchObject({ model: { id: 'my-model', origin: 'local', base: own, hosts: [] }, bytes: total });
  expect(await cached()).toEqual([...keys(base, model.library), ...keys(own, `${own}lib.wasm`)].sort());
  await page.evaluate(`caches.open('webllm/model').then((cache) => cache.put(${JSON.stringify(`${base}params_shard_0.bin`)}, new Response('WEIGHTS')))`);
  expect(await call(page, 'store', 'open', 'm')).toMatchObject({ failed: 'llm-refused' });
  await call(page, 'store', 'remove', 'm');
  expect(await cached()).toEqual(keys(own, `${own}lib.wasm`));
  await call(page, 'store', 'removeAll');
  expect([await cached(), await inStorage(page)]).toEqual([[], []]);
});

test('a copy of a file, and models of the site itself, need no other host', async () => {
  mkdirSync(join(folder, 'big'));
  writeFileSync(join(folder, 'big', 'x.gguf'), MODEL);
  await startStore(page);
  expect(await call(page, 'store', 'siteModels', site.url)).toEqual({ value: [] });
  writeFileSync(join(folder, 'models.json'), JSON.stringify({ models: [{ name: 'Ours', gguf: ['big/x.gguf'], bytes: [MODEL_BYTES], sha256: [HASH] }] }));
  const [ours] = (await call(page, 'store', 'siteModels', site.url)).value as LlmModel[];
  expect(ours).toMatchObject({ name: 'Ours', hosts: [], base: `${site.url}llm/` });
  expect((await download(ours as LlmModel)).value).toMatchObject({ sha256: { 'big/x.gguf': HASH } });
  const local = { ...at('ok', {}, []), id: 'local-y', base: '', origin: 'local', files: [{ path: 'y.gguf', bytes: 9, sha256: '' }] };
  const keep = (text: string): Promise<Called> => page.evaluate<Called>(`llmCall('store', 'keepFile', [${JSON.stringify(local)}, new File([${JSON.stringify(text)}], 'y.gguf')])`);
  expect(await keep('not one')).toMatchObject({ failed: 'llm-refused' });
  expect((await keep('GGUF text')).value).toMatchObject({ bytes: 9, sha256: { 'y.gguf': sha256('GGUF text') } });
  expect((await stored()).map(({ model }) => model.name)).toEqual(['Ours', 'x.gguf']);
  expect(opened.strays()).toEqual([]);
  expect(await page.getByText(/To other sites:/).first().textContent()).toContain('To other sites: 0.');
});

describe('leaks', () => {
  test('the worker that fetches reaches its hosts alone; the page and other workers do not reach even those', async () => {
    const trap = await startLeakTrap();
    await startDownload(page, [host.host]);
    expect((await call(page, 'download', 'progress')).failed).toBe(undefined);
    await startStore(page);
    await call(page, 'store', 'stored');
    const worker = page.workers().find((one) => one.url().includes('llm-download'));
    expect(await worker?.evaluate<string>(`fetch(${JSON.stringify(`${host.url}ok/lib.wasm`)}).then((response) => response.text())`)).toBe('library');
    await worker?.evaluate(attempts(trap, 'download'));
    const rest: readonly { evaluate(code: string): Promise<unknown> }[] = [page, ...page.workers().filter((one) => one !== worker)];
    expect(rest.length).toBeGreaterThan(1);
    // Nor may anybody else ask this site for files below llm/: a name can tell what was read. The list of models is one name.
    writeFileSync(join(folder, 'x.gguf'), 'GGUF');
    const ofSite = (path: string): string => `fetch(${JSON.stringify(`${site.url}llm/`)} + ${JSON.stringify(path)}).then(({ status }) => status)`;
    expect(await worker?.evaluate(ofSite('x.gguf'))).toBe(200);
    writeFileSync(join(folder, 'models.json'), '{"models":[]}');
    for (const realm of rest) expect([await realm.evaluate(ofSite('x.gguf')), await realm.evaluate(ofSite('models.json'))]).toEqual([404, 200]);
    for (const realm of rest) expect(await realm.evaluate(`fetch(${JSON.stringify(`${host.url}ok/lib.wasm`)}).then(() => 'reached', () => 'refused')`)).toBe('refused');
    // Only a page may start it.
    for (const [query, status] of [['', 403], ['?host=example.org', 403], ['?host=*', 400]] as const) {
      expect(await rest[1]?.evaluate(`fetch(${JSON.stringify(worker?.url().replace(/\?.*/, query))}).then(({ status }) => status)`)).toBe(status);
    }
    await page.waitForTimeout(1000);
    expect([escaped(trap), trap.connections(), trap.packets()]).toEqual([[], 0, 0]);
    expect(host.asked).toEqual(['GET /ok/lib.wasm']);
    await trap.stop();
  });
});
