import { expect, test } from 'vitest';
import { modelKey, programCache } from '../../../src/contract/site.ts';
import { install } from '../../../src/engine/site/install.ts';
import { SCOPE, fakeSite, listOf } from './fake-site.ts';

const FILES = { 'index.html': '<p>one</p>', 'assets/a-1.js': 'a()', 'assets/same-1.css': 'p {}', 'models/big.onnx': 'weights' };
const PARTS = { 'models/big.onnx': 'model' } as const;
const list = listOf('one', FILES, PARTS);
const keysOf = (of: typeof list): string[] => of.files.filter(({ part }) => part === 'shell').map((file) => modelKey(SCOPE, file)).sort();

test('the whole shell is kept, and no model', async () => {
  const site = fakeSite(list, FILES);
  await install(site);
  expect(site.caches.contents()).toEqual({ [programCache(SCOPE, list.build)]: keysOf(list) });
  expect(site.told.map((told) => told.winnow === 'fetched' && told.path).sort()).toEqual(['assets/a-1.js', 'assets/same-1.css', 'index.html']);
});

test('the page is asked for as its folder, everything past what the browser kept, and nothing is sent along', async () => {
  const site = fakeSite(list, FILES);
  await install(site);
  expect(site.asked.map(({ url }) => url).sort()).toEqual([SCOPE, `${SCOPE}assets/a-1.js`, `${SCOPE}assets/same-1.css`]);
  expect(new Set(site.asked.map(({ method, cache, mode, credentials }) => [method, cache, mode, credentials].join()))).toEqual(new Set(['GET,no-cache,same-origin,same-origin']));
});

test.each([
  ['one byte is another', { ...FILES, 'assets/a-1.js': 'b()' }],
  ['one file is cut short', { ...FILES, 'assets/a-1.js': 'a(' }],
  ['one file is missing', { ...FILES, 'assets/a-1.js': () => new Response('no', { status: 404 }) }],
  ['a start page is sent for one', { ...FILES, 'assets/a-1.js': () => new Response('a()', { headers: { 'content-type': 'text/html' } }) }],
  ['the server stops answering', { ...FILES, 'assets/a-1.js': null }],
])('nothing is kept where %s', async (_, server) => {
  const site = fakeSite(list, server);
  await expect(install(site)).rejects.toThrow();
  expect(site.caches.contents()).toEqual({});
});

test('nothing is kept where there is no room for all of it, and what an older build kept stays', async () => {
  const site = fakeSite(list, FILES);
  await install(site);
  const newer = listOf('two', { ...FILES, 'index.html': '<p>two</p>', 'assets/a-2.js': 'much longer()' });
  const before = site.caches.contents();
  site.caches.room = 12;
  await expect(install(fakeSite(newer, { ...FILES, 'index.html': '<p>two</p>', 'assets/a-2.js': 'much longer()' }, site.caches))).rejects.toThrow('full');
  expect(site.caches.contents()).toEqual(before);
});

test('a file that an older build had too is not fetched again', async () => {
  const site = fakeSite(list, FILES);
  await install(site);
  const next = { 'index.html': '<p>two</p>', 'assets/a-2.js': 'a2()', 'assets/same-1.css': 'p {}' };
  const newer = fakeSite(listOf('two', next), next, site.caches);
  await install(newer);
  expect(newer.asked.map(({ url }) => url).sort()).toEqual([SCOPE, `${SCOPE}assets/a-2.js`]);
  expect(site.caches.contents()[programCache(SCOPE, newer.list.build)]).toEqual(keysOf(newer.list));
});

test('a failed install leaves the cache of an earlier service worker of the same build alone', async () => {
  const site = fakeSite(list, FILES);
  await install(site);
  const before = site.caches.contents();
  const other = { ...list, files: [...list.files, ...listOf('x', { 'z.txt': 'z' }).files] };
  await expect(install(fakeSite(other, { ...FILES, 'z.txt': 'tampered' }, site.caches))).rejects.toThrow();
  expect(site.caches.contents()).toEqual(before);
});
