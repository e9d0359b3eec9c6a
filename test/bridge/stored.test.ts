import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deleteCaches, lookAtStored } from '../../src/bridge/stored.ts';
import { writeSetting } from '../../src/bridge/settings.ts';
import { inboxCache, modelCache, programCache } from '../../src/contract/site.ts';
import { FakeCaches } from '../engine/site/fake-caches.ts';

const SCOPE = 'https://example.org/winnow/';
const OTHER = programCache('https://example.org/winnow/beside/', 'b'.repeat(64));

let caches: FakeCaches;
beforeEach(async () => {
  caches = new FakeCaches();
  const put = async (name: string, body: string, headers = {}) => (await caches.open(name)).put(`${SCOPE}${body}`, new Response(body, { headers }));
  await put(programCache(SCOPE, 'a'.repeat(64)), 'abc');
  await put(programCache(SCOPE, 'c'.repeat(64)), 'de', { 'content-length': '2' });
  await put(modelCache(SCOPE), 'model', { 'content-length': '5' });
  await put(OTHER, 'of another site');
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
});
afterEach(() => vi.unstubAllGlobals());

test('says what is kept and how large it is; other sites of the origin are none of it', async () => {
  writeSetting('theme', 'dark');
  expect(await lookAtStored(SCOPE, caches)).toEqual([
    { what: 'program', where: expect.stringMatching(/^Cache Storage: .*aaaa.*cccc/), bytes: 5 },
    { what: 'models', where: `Cache Storage: “${modelCache(SCOPE)}”`, bytes: 5 },
    { what: 'settings', where: expect.stringContaining('Local Storage'), bytes: 'winnow-theme'.length + 'dark'.length },
  ]);
  // An inbox is told of while something is in it.
  await caches.open(inboxCache(SCOPE));
  expect((await lookAtStored(SCOPE, caches)).map(({ what }) => what)).not.toContain('shared');
  await (await caches.open(inboxCache(SCOPE))).put(`${SCOPE}1`, new Response('log'));
  expect((await lookAtStored(SCOPE, caches)).find(({ what }) => what === 'shared')?.bytes).toBe(3);
});

test('deletes one thing and leaves the others', async () => {
  await deleteCaches('program', SCOPE, caches);
  expect(Object.keys(caches.contents())).toEqual([modelCache(SCOPE), OTHER]);
  await deleteCaches('models', SCOPE, caches);
  expect(Object.keys(caches.contents())).toEqual([OTHER]);
  await deleteCaches('models', SCOPE, caches);
});

test('where site data is blocked nothing is kept, and deleting says that it did not work', async () => {
  const denied = { keys: async () => { throw new DOMException('denied', 'SecurityError'); } } as unknown as CacheStorage;
  expect(await lookAtStored(SCOPE, denied)).toEqual([]);
  expect(await lookAtStored(SCOPE, null)).toEqual([]);
  await expect(deleteCaches('program', SCOPE, denied)).rejects.toMatchObject({ code: 'save-failed' });
});
