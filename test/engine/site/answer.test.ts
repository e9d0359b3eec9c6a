import { describe, expect, test } from 'vitest';
import { SITE_HEADERS } from '../../../src/contract/policy.ts';
import { inboxCache, modelCache, modelKey, programCache } from '../../../src/contract/site.ts';
import { answer, answers } from '../../../src/engine/site/answer.ts';
import { install } from '../../../src/engine/site/install.ts';
import { SCOPE, asking, fakeSite, listOf, sha256 } from './fake-site.ts';
import type { FakeSite, Server } from './fake-site.ts';

const FILES = { 'index.html': '<p>page</p>', 'assets/a-1.js': 'a()', 'assets/run-1.wasm': 'code', 'models/a.onnx': 'weights', NOTICE: 'thanks' };
const list = listOf('one', FILES, { 'assets/run-1.wasm': 'model', 'models/a.onnx': 'model' });
const model = list.files.find(({ path }) => path === 'models/a.onnx')!;

async function installed(): Promise<{ site: FakeSite; server: Server }> {
  const server: Server = { ...FILES };
  const site = fakeSite(list, server);
  await install(site);
  site.asked.length = 0;
  site.told.length = 0;
  return { site, server };
}

const headersOf = (response: Response): Record<string, string | null> => Object.fromEntries(Object.keys(SITE_HEADERS).map((name) => [name, response.headers.get(name)]));

describe('the program', () => {
  test.each([['./', true, 'text/html; charset=utf-8'], ['./?q=1#x', true, 'text/html; charset=utf-8'], ['index.html?save=download', true, 'text/html; charset=utf-8'], ['index', true, 'text/html; charset=utf-8'],
    ['assets/a-1.js', false, 'text/javascript; charset=utf-8'], ['NOTICE', false, 'text/plain; charset=utf-8']])('%s is answered without the server', async (path, navigates, type) => {
    const { site } = await installed();
    const response = await answer(site, asking(path, { navigates }));
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, type, FILES[(navigates ? 'index.html' : path) as keyof typeof FILES]]);
    expect(headersOf(response)).toEqual(SITE_HEADERS);
    expect([site.asked, site.told]).toEqual([[], []]);
  });

  test('what the browser threw away is fetched, checked and kept again', async () => {
    const { site } = await installed();
    const key = modelKey(SCOPE, list.files.find(({ path }) => path === 'assets/a-1.js')!);
    await (await site.caches.open(programCache(SCOPE, list.build))).delete(key);
    const asked = asking('assets/a-1.js?secret=1', { headers: { 'x-secret': '1' } });
    expect(await (await answer(site, asked)).text()).toBe('a()');
    await asked.done();
    expect(site.asked.map(({ url, headers }) => [url, [...headers.keys()]])).toEqual([[`${SCOPE}assets/a-1.js`, []]]);
    expect(Object.values(site.caches.contents()).flat()).toContain(key);
    expect(site.told).toEqual([{ winnow: 'fetched', path: 'assets/a-1.js', bytes: 3 }]);
  });

  test('a file of another build is not given out for it', async () => {
    const { site, server } = await installed();
    site.caches.all.clear();
    server['assets/a-1.js'] = 'b()';
    const response = await answer(site, asking('assets/a-1.js'));
    expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('updated')]);
    expect(site.caches.contents()).toEqual({});
  });

  test('where nothing of the build is left and the server has another, the browser is led there', async () => {
    const { site, server } = await installed();
    site.caches.all.clear();
    server['index.html'] = '<p>newer</p>';
    const asked = asking('./?q=1', { navigates: true });
    const response = await answer(site, asked);
    expect([response.status, response.headers.get('location'), site.registered]).toEqual([302, `${SCOPE}?q=1`, false]);
    // That one may be installed by now: nothing of it is deleted from here.
    site.open.push('new');
    await site.caches.open(programCache(SCOPE, 'newer'));
    await asked.done();
    expect(site.caches.contents()).toEqual({ [programCache(SCOPE, 'newer')]: [] });
  });

  test.each([['the server is gone', null, 'error', 0], ['the server is in trouble', () => new Response('', { status: 503 }), 'default', 503]])('where nothing is left and %s the service worker stays', async (_, said, type, status) => {
    const { site, server } = await installed();
    site.caches.all.clear();
    server['index.html'] = said;
    const response = await answer(site, asking('./', { navigates: true }));
    expect([response.type, response.status, site.registered]).toEqual([type, status, true]);
  });

  test('works where the browser refuses its caches', async () => {
    const { site } = await installed();
    site.caches.has = () => Promise.reject(new DOMException('no', 'SecurityError'));
    site.caches.open = () => Promise.reject(new DOMException('no', 'SecurityError'));
    const asked = asking('assets/a-1.js');
    expect(await (await answer(site, asked)).text()).toBe('a()');
    await asked.done();
  });
});

describe('models', () => {
  test('are passed on as they come, and kept', async () => {
    const { site, server } = await installed();
    const asked = asking('models/a.onnx');
    const response = await answer(site, asked);
    expect([await response.text(), response.headers.get('content-type')]).toEqual(['weights', 'application/octet-stream']);
    await asked.done();
    expect(site.caches.contents()[modelCache(SCOPE)]).toEqual([modelKey(SCOPE, model)]);
    expect(site.told).toEqual([{ winnow: 'fetched', path: 'models/a.onnx', bytes: 7 }]);
    server['models/a.onnx'] = null;
    expect(await (await answer(site, asking('models/a.onnx'))).text()).toBe('weights');
  });

  test('arrive before the server has sent all of them', async () => {
    const { site, server } = await installed();
    let send: (text: string) => void = () => undefined;
    let end: () => void = () => undefined;
    server['models/a.onnx'] = () => new Response(new ReadableStream({ start: (controller) => { send = (text) => controller.enqueue(new TextEncoder().encode(text)); end = () => controller.close(); } }));
    const asked = asking('models/a.onnx');
    const reader = (await answer(site, asked)).body!.getReader();
    send('wei');
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('wei');
    send('ghts');
    end();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('ghts');
    expect((await reader.read()).done).toBe(true);
    await asked.done();
    expect(site.caches.contents()[modelCache(SCOPE)]).toEqual([modelKey(SCOPE, model)]);
  });

  test.each([['of another build', 'WEIGHTS'], ['longer than listed', 'weights and more'], ['cut short', 'wei']])('%s are not kept', async (_, text) => {
    const { site, server } = await installed();
    server['models/a.onnx'] = text;
    const asked = asking('models/a.onnx');
    expect(await (await answer(site, asked)).text()).toBe(text);
    await asked.done();
    expect(site.caches.contents()[modelCache(SCOPE)]).toBeUndefined();
  });

  test('reach the page where there is no room to keep them', async () => {
    const { site } = await installed();
    site.caches.room = 3;
    const asked = asking('models/a.onnx');
    expect(await (await answer(site, asked)).text()).toBe('weights');
    await asked.done();
    expect(site.caches.contents()[modelCache(SCOPE)]).toEqual([]);
  });

  test('that the page keeps itself are not kept twice, and come from the server', async () => {
    const { site } = await installed();
    const asked = asking('models/a.onnx', { cache: 'no-store' });
    await (await answer(site, asked)).text();
    await asked.done();
    expect(site.asked.map(({ cache }) => cache)).toEqual(['no-store']);
    expect(site.caches.contents()[modelCache(SCOPE)]).toBeUndefined();
  });

  test('whose transfer breaks, or that the page no longer wants, are counted as far as they came', async () => {
    for (const leave of [true, false]) {
      const { site, server } = await installed();
      let pulls = 0;
      server['models/a.onnx'] = () => new Response(new ReadableStream({ pull: (controller) => (pulls++ === 0 ? controller.enqueue(new TextEncoder().encode('wei')) : leave ? undefined : controller.error(new TypeError('lost'))) }, { highWaterMark: 0 }));
      const asked = asking('models/a.onnx');
      const reader = (await answer(site, asked)).body!.getReader();
      await reader.read();
      if (leave) await reader.cancel();
      else await expect(reader.read()).rejects.toThrow('lost');
      await asked.done();
      expect(site.told).toEqual([{ winnow: 'fetched', path: 'models/a.onnx', bytes: 3 }]);
      expect(site.caches.contents()[modelCache(SCOPE)]).toBeUndefined();
    }
  });

  test('the runtime too is passed on as it comes to a page that checks and keeps it itself, and stopped with it', async () => {
    const { site, server } = await installed();
    let stopped = false;
    server['assets/run-1.wasm'] = () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('co')), cancel: () => { stopped = true; } }));
    const reader = (await answer(site, asking('assets/run-1.wasm', { cache: 'no-store' }))).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('co');
    await reader.cancel();
    expect([stopped, site.caches.contents()[modelCache(SCOPE)]]).toEqual([true, undefined]);
    // A script is never started from what was not checked.
    const script = asking('assets/run-1.wasm', { cache: 'no-store' });
    Object.defineProperty(script.request, 'destination', { value: 'script' });
    server['assets/run-1.wasm'] = 'evil';
    expect((await answer(site, script)).status).toBe(502);
  });

  test('code of the runtime is given out only after it was checked', async () => {
    const { site, server } = await installed();
    server['assets/run-1.wasm'] = 'evil';
    expect((await answer(site, asking('assets/run-1.wasm'))).status).toBe(502);
    server['assets/run-1.wasm'] = 'code';
    const response = await answer(site, asking('assets/run-1.wasm'));
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['application/wasm', 'code']);
  });

  test.each<[string, Server[string], number | 'error']>([['is gone', null, 'error'], ['has no such file', () => new Response('', { status: 404 }), 404],
    ['sends its start page', () => new Response('<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), 404]])('say so where the server %s', async (_, said, status) => {
    const { site, server } = await installed();
    server['models/a.onnx'] = said;
    const response = await answer(site, asking('models/a.onnx'));
    expect(response.type === 'error' ? 'error' : response.status).toBe(status);
    if (response.type !== 'error') expect(response.headers.get('content-type')).not.toContain('html');
  });
});

describe('parts of files', () => {
  test.each([['bytes=0-1', 206, 'a(', 'bytes 0-1/3'], ['bytes=1-', 206, '()', 'bytes 1-2/3'], ['bytes=-1', 206, ')', 'bytes 2-2/3'], ['bytes=1-99', 206, '()', 'bytes 1-2/3'],
    ['bytes=-9', 206, 'a()', 'bytes 0-2/3'], ['bytes=3-', 416, '', 'bytes */3'], ['bytes=-0', 416, '', 'bytes */3'], ['bytes=0-0,2-2', 200, 'a()', null], ['bytes=2-1', 200, 'a()', null], ['lines=1-2', 200, 'a()', null]])('%s', async (range, status, text, said) => {
    const { site } = await installed();
    const response = await answer(site, asking('assets/a-1.js', { headers: { range } }));
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([status, text, said]);
  });

  test('HEAD has no body and the length of the file', async () => {
    const { site } = await installed();
    const response = await answer(site, asking('assets/a-1.js', { method: 'HEAD' }));
    expect([response.status, response.body, response.headers.get('content-length'), headersOf(response)]).toEqual([200, null, '3', SITE_HEADERS]);
  });

  test('HEAD of a model that is not kept leaves nothing on its way', async () => {
    const { site } = await installed();
    const asked = asking('models/a.onnx', { method: 'HEAD' });
    expect((await answer(site, asked)).body).toBeNull();
    await asked.done();
    expect(site.caches.contents()[modelCache(SCOPE)]).toBeUndefined();
  });
});

describe('nothing goes out', () => {
  test.each([['https://elsewhere.test/x?log=secret', {}, 'error', true], ['/outside?log=secret', {}, 404, false], ['assets/none.js?log=secret', {}, 404, false], ['./', { method: 'POST', body: 'secret' }, 405, false],
    ['models/a.onnx', { method: 'PUT', body: 'secret' }, 405, false], ['share', { method: 'POST', body: 'secret' }, 405, false]] as const)('to %s', async (path, init, status, elsewhere) => {
    const { site } = await installed();
    const response = await answer(site, asking(path, init));
    expect(response.type === 'error' ? 'error' : response.status).toBe(status);
    const { origin, pathname } = new URL(path, SCOPE);
    expect([site.asked, site.told]).toEqual([[], [{ winnow: 'refused', address: origin + pathname, elsewhere }]]);
  });

  test('but another site in a folder of its own below this one is let alone', async () => {
    const { site } = await installed();
    const asker = `${SCOPE}wiki/start`;
    for (const [path, init] of [['wiki/x.js', {}], ['https://elsewhere.test/', {}], ['wiki/save', { method: 'POST', body: 'text' }]] as const) await answer(site, asking(path, { ...init, asker }));
    expect(site.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${SCOPE}wiki/x.js`, 'GET https://elsewhere.test/', `POST ${SCOPE}wiki/save`]);
    expect(site.told).toEqual([]);
    // A worker of this site, of this build or an older one, is no such site.
    for (const own of [`${SCOPE}assets/old.js`, `blob:${new URL(SCOPE).origin}/1`, `${SCOPE}index.html?x`]) expect((await answer(site, asking('https://elsewhere.test/', { asker: own }))).type).toBe('error');
  });
});

test('navigations are answered to the page and in the folders of this site; all others leave', async () => {
  const { site } = await installed();
  const handled = (path: string): boolean => answers(site, asking(path, { navigates: true }).request);
  expect(['./', 'index.html?x', 'NOTICE', 'SHA256SUMS', 'assets/', 'models/x/y'].map(handled)).toEqual(Array(6).fill(true));
  expect(['wiki/', '/', 'https://elsewhere.test/', '/repo-2/'].map(handled)).toEqual(Array(4).fill(false));
  const response = await answer(site, asking('models/x/y', { navigates: true }));
  expect([response.status, response.headers.get('content-type'), site.asked]).toEqual([404, 'text/plain; charset=utf-8', []]);
});

test('the list of the site is the one on the server; without a network the one that is built in', async () => {
  const { site, server } = await installed();
  server['site.json'] = '{"build":"newer","files":[]}';
  expect(await (await answer(site, asking('site.json'))).json()).toEqual({ build: 'newer', files: [] });
  server['site.json'] = null;
  expect(await (await answer(site, asking('site.json'))).json()).toEqual(list);
  server['SHA256SUMS'] = null;
  expect((await answer(site, asking('SHA256SUMS'))).type).toBe('error');
});

test('a page that was opened before an update gets its own files for as long as they are kept, and nothing else', async () => {
  const { site } = await installed();
  const older = await site.caches.open(programCache(SCOPE, 'older'));
  await older.put(`${SCOPE}assets/a-0.js?sha256=${sha256('a0()')}`, new Response('a0()'));
  await older.put(`${SCOPE}assets/c-0.js?sha256=${sha256('c0()')}`, new Response('changed by another site of this origin'));
  const response = await answer(site, asking('assets/a-0.js'));
  expect([response.headers.get('content-type'), await response.text(), headersOf(response)]).toEqual(['text/javascript; charset=utf-8', 'a0()', SITE_HEADERS]);
  for (const gone of ['assets/b-0.js', 'assets/c-0.js']) expect((await answer(site, asking(gone))).status).toBe(404);
});

test('what another site of this origin has written over is fetched again, and what was deleted is made again by a page only', async () => {
  const { site } = await installed();
  const [script] = list.files.filter(({ path }) => path.endsWith('.js'));
  const name = programCache(SCOPE, list.build);
  await (await site.caches.open(name)).put(modelKey(SCOPE, script), new Response('changed'));
  const response = await answer(site, asking(script.path));
  expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(script.sha256);
  expect(site.asked.map(({ url }) => url)).toEqual([SCOPE + script.path]);

  await site.caches.delete(name);
  for (const [path, navigates, made] of [[script.path, false, false], ['', true, true]] as const) {
    const asked = asking(path, { navigates });
    await answer(site, asked);
    await asked.done();
    expect(await site.caches.has(name)).toBe(made);
  }
});

describe('shared files', () => {
  const form = (...names: string[]): FormData => {
    const data = new FormData();
    for (const name of names) data.append('files', new File([`text of ${name}`], name, { type: 'text/plain' }));
    return data;
  };

  test('are put aside for the page, and sent nowhere', async () => {
    const { site } = await installed();
    const response = await answer(site, asking('share', { method: 'POST', body: form('a.log', 'ü/€.log'), navigates: true }));
    expect([response.status, response.headers.get('location'), site.asked]).toEqual([303, `${SCOPE}?shared`, []]);
    const inbox = await site.caches.open(inboxCache(SCOPE));
    const kept = await Promise.all((await inbox.keys()).map(async (key) => { const file = (await inbox.match(key))!; return [decodeURIComponent(file.headers.get('x-name')!), await file.text()]; }));
    expect(kept).toEqual([['a.log', 'text of a.log'], ['ü/€.log', 'text of ü/€.log']]);
  });

  test('that there is no room for lead to the page too, and none of them is taken for all', async () => {
    const { site } = await installed();
    site.caches.room = 'text of a.log'.length;
    expect((await answer(site, asking('share', { method: 'POST', body: form('a.log', 'b.log'), navigates: true }))).headers.get('location')).toBe(`${SCOPE}?shared=failed`);
    expect(site.caches.contents()[inboxCache(SCOPE)]).toEqual([]);
  });
});
