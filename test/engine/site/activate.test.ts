import { expect, test } from 'vitest';
import { inboxCache, modelCache, modelKey, programCache } from '../../../src/contract/site.ts';
import { activate, tidyWhenAlone } from '../../../src/engine/site/activate.ts';
import { install } from '../../../src/engine/site/install.ts';
import { SCOPE, fakeSite, listOf } from './fake-site.ts';
import type { FakeSite } from './fake-site.ts';

const FILES = { 'index.html': 'two', 'models/a.onnx': 'weights' };
const list = listOf('two', FILES, { 'models/a.onnx': 'model' });
const model = list.files[1];
const OLD = programCache(SCOPE, 'old');
const OTHERS = [programCache('https://example.test/', 'root'), programCache(`${SCOPE}inner/`, 'inner'), programCache('https://example.test/repo-2/', 'x'), 'another app'];

/** Two builds of this site, models of both, and other sites of the same origin. */
async function updated(): Promise<FakeSite> {
  const site = fakeSite(list, FILES);
  await (await site.caches.open(OLD)).put(`${SCOPE}index.html?sha256=1`, new Response('one'));
  for (const name of OTHERS) await (await site.caches.open(name)).put('https://example.test/x', new Response('theirs'));
  await (await site.caches.open(inboxCache(SCOPE))).put(`${SCOPE}share/1/0`, new Response('shared'));
  const models = await site.caches.open(modelCache(SCOPE));
  await models.put(modelKey(SCOPE, model), new Response('weights'));
  await models.put(`${SCOPE}models/a.onnx?sha256=old`, new Response('older weights'));
  await install(site);
  return site;
}

const TIDY = [...OTHERS, inboxCache(SCOPE), modelCache(SCOPE), programCache(SCOPE, list.build)].sort();

test('without an open page what older builds left goes, and nothing of other sites does', async () => {
  const site = await updated();
  await activate(site);
  const contents = site.caches.contents();
  expect(Object.keys(contents).sort()).toEqual(TIDY);
  expect(contents[modelCache(SCOPE)]).toEqual([modelKey(SCOPE, model)]);
});

test('while a page of an older build may be open all of that stays', async () => {
  const site = await updated();
  site.open.push('old tab');
  const before = site.caches.contents();
  await activate(site);
  expect(site.caches.contents()).toEqual(before);
});

test.each<[string, (site: FakeSite) => void]>([
  ['another tab is open', (site) => void site.open.push('old tab', 'new')],
  ['yet another build waits', (site) => { site.open.push('new'); site.waiting = true; }],
  ['another build takes over meanwhile', (site) => { site.open.push('new'); site.pause = async () => { site.charge = 'newer'; }; }],
  ['the navigation led nowhere', () => undefined],
])('nor after a navigation where %s', async (_, arrange) => {
  const site = await updated();
  arrange(site);
  const before = site.caches.contents();
  await tidyWhenAlone(site, 'new');
  expect(site.caches.contents()).toEqual(before);
});

test('it goes as soon as the page of the new build is the only one', async () => {
  const site = await updated();
  site.open.push('old tab');
  let looks = 0;
  await tidyWhenAlone({ ...site, pages: async () => (looks++ === 0 ? ['old tab'] : ['new']) }, 'new');
  expect(Object.keys(site.caches.contents()).sort()).toEqual(TIDY);
});

test('a browser that will not let its caches be looked at keeps no build from taking over', async () => {
  const site = await updated();
  site.caches.keys = () => Promise.reject(new DOMException('no', 'SecurityError'));
  await expect(activate(site)).resolves.toBeUndefined();
});
