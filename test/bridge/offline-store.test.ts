import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keepFiles, keptOf, needed, usedModels } from '../../src/bridge/offline-store.ts';
import type { KeepParts } from '../../src/bridge/offline-store.ts';
import { modelCache, modelKey } from '../../src/contract/site.ts';
import type { SiteFile, SitePart } from '../../src/contract/site.ts';
import { fetchChecked } from '../../src/engine/embed/model-files.ts';
import { FakeCaches } from '../engine/site/fake-caches.ts';

const SCOPE = 'https://example.org/winnow/';
const BODIES: Readonly<Record<string, string>> = { 'models/a.bin': 'first model', 'models/b.bin': 'second one', 'assets/r.wasm': 'runtime' };
const file = (path: string, part: SitePart = 'model'): SiteFile => ({ path, bytes: BODIES[path].length, sha256: createHash('sha256').update(BODIES[path]).digest('hex'), part });
const FILES = Object.keys(BODIES).map((path) => file(path));
const TOTAL = FILES.reduce((sum, { bytes }) => sum + bytes, 0);

/** A server that has the files, and what was asked of it. */
function served(change: (path: string) => string | Error = (path) => BODIES[path]) {
  const asked: { path: string; cache: RequestCache | undefined }[] = [];
  const fetcher = (async (url: string, init?: RequestInit) => {
    const path = url.slice(SCOPE.length);
    asked.push({ path, cache: init?.cache });
    const body = change(path);
    if (body instanceof Error) throw body;
    return new Response(body);
  }) as typeof fetch;
  return { asked, fetcher };
}

function parts(more: Partial<KeepParts>): KeepParts {
  return { scope: SCOPE, files: FILES, caches: new FakeCaches(), storage: { estimate: async () => ({ quota: 1e9, usage: 0 }) }, fetchChecked, signal: new AbortController().signal, onBytes: () => undefined, ...more };
}

test('what a file needs: models and runtime; those for the graphics card and for language models only where they are chosen', () => {
  const files = [...FILES, file('models/a.bin', 'gpu'), file('models/b.bin', 'shell'), file('assets/r.wasm', 'llm')];
  expect(needed({ build: '', files }, false)).toEqual(FILES);
  expect(needed({ build: '', files }, true)).toEqual([...FILES, files[3]]);
  expect(needed({ build: '', files }, false, true)).toEqual([...FILES, files[5]]);
});

test('what runs language models counts as used when one of its files is kept, and no other', async () => {
  const list = { build: '', files: [file('models/a.bin'), file('assets/r.wasm', 'llm')] };
  const caches = new FakeCaches();
  expect(await usedModels(SCOPE, list, caches)).toBe(false);
  const cache = await caches.open(modelCache(SCOPE));
  await cache.put(modelKey(SCOPE, list.files[0]), new Response('x'));
  expect(await usedModels(SCOPE, list, caches)).toBe(false);
  await cache.put(modelKey(SCOPE, list.files[1]), new Response('x'));
  expect(await usedModels(SCOPE, list, caches)).toBe(true);
});

describe('keeping', () => {
  test('fetches past all caches, shows how far it is, and what is kept says how large it is', async () => {
    const caches = new FakeCaches();
    const { asked, fetcher } = served();
    const seen: number[] = [];
    await keepFiles(parts({ caches, fetcher, onBytes: (bytes) => seen.push(bytes) }));
    expect(asked).toEqual(FILES.map(({ path }) => ({ path, cache: 'no-store' })));
    expect(caches.contents()).toEqual({ [modelCache(SCOPE)]: FILES.map((one) => modelKey(SCOPE, one)).sort() });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(TOTAL);
    expect(seen).toEqual([...seen].sort((one, two) => one - two));
    const sizes = (await (await caches.open(modelCache(SCOPE))).matchAll()).map(({ headers }) => Number(headers.get('content-length')));
    expect(sizes).toEqual(FILES.map(({ bytes }) => bytes));
    expect(await keptOf(SCOPE, FILES, caches)).toEqual({ bytes: TOTAL, total: TOTAL, missing: [] });
  });

  test('goes on where it was stopped', async () => {
    const caches = new FakeCaches();
    const stop = new AbortController();
    const first = served((path) => {
      if (path === 'models/b.bin') stop.abort();
      return stop.signal.aborted ? new DOMException('stopped', 'AbortError') : BODIES[path];
    });
    await expect(keepFiles(parts({ caches, fetcher: first.fetcher, signal: stop.signal }))).rejects.toMatchObject({ name: 'AbortError' });
    expect((await keptOf(SCOPE, FILES, caches)).missing.map(({ path }) => path)).toEqual(['models/b.bin', 'assets/r.wasm']);
    const second = served();
    await keepFiles(parts({ caches, fetcher: second.fetcher }));
    expect(second.asked.map(({ path }) => path)).toEqual(['models/b.bin', 'assets/r.wasm']);
  });

  test('a file that is another is refused and not kept', async () => {
    const caches = new FakeCaches();
    const { fetcher } = served((path) => BODIES[path].replace('second', 'SECOND'));
    await expect(keepFiles(parts({ caches, fetcher }))).rejects.toMatchObject({ code: 'model-tampered', message: expect.stringContaining('models/b.bin') });
    expect(caches.contents()).toEqual({ [modelCache(SCOPE)]: [modelKey(SCOPE, FILES[0])] });
  });

  test('asks for nothing where there is no room for all of it, and says how much that would be', async () => {
    const { asked, fetcher } = served();
    const storage = { estimate: async () => ({ quota: 10, usage: 5 }) };
    const big = FILES.map((one) => ({ ...one, bytes: 10_000_000 }));
    await expect(keepFiles(parts({ fetcher, storage, files: big }))).rejects.toMatchObject({ code: 'storage-full', message: expect.stringContaining('Another 30.0 MB') });
    expect(asked).toEqual([]);
  });

  test('says so where the browser runs out of room on the way, or keeps nothing at all', async () => {
    const full = new FakeCaches();
    full.room = FILES[0].bytes;
    await expect(keepFiles(parts({ caches: full, fetcher: served().fetcher, storage: null }))).rejects.toMatchObject({ code: 'storage-full' });
    expect((await keptOf(SCOPE, FILES, full)).missing).toHaveLength(2);
    const denied = { has: async () => { throw new DOMException('no', 'SecurityError'); }, open: async () => { throw new DOMException('no', 'SecurityError'); } } as unknown as CacheStorage;
    await expect(keepFiles(parts({ caches: denied, fetcher: served().fetcher }))).rejects.toMatchObject({ code: 'save-failed' });
  });

  test('looking makes no cache', async () => {
    const caches = new FakeCaches();
    expect((await keptOf(SCOPE, FILES, caches)).missing).toHaveLength(3);
    expect(caches.contents()).toEqual({});
  });
});
