import type { SiteAsk, SiteList } from '../src/contract/site.ts';
import { activate } from '../src/engine/site/activate.ts';
import { answer, answers } from '../src/engine/site/answer.ts';
import { browserSite } from '../src/engine/site/browser-site.ts';
import { install } from '../src/engine/site/install.ts';

declare const self: ServiceWorkerGlobalScope;
declare const __SITE_LIST__: SiteList;

const site = browserSite(self, __SITE_LIST__);

self.addEventListener('install', (event) => event.waitUntil(install(site)));
self.addEventListener('activate', (event) => event.waitUntil(activate(site).finally(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const { request, clientId, resultingClientId } = event;
  if (!answers(site, request)) return;
  const asker = async (): Promise<string | undefined> => (clientId === '' ? undefined : (await self.clients.get(clientId))?.url);
  event.respondWith(answer(site, { request, asker, resultingId: resultingClientId, after: (work) => event.waitUntil(work) }));
});
self.addEventListener('message', (event) => {
  const { winnow } = event.data as SiteAsk;
  if (winnow === 'use-now') event.waitUntil(self.skipWaiting());
  if (winnow === 'list') event.ports[0]?.postMessage(site.list);
  if (winnow === 'tabs') event.waitUntil(site.pages().then((ids) => event.ports[0]?.postMessage(ids.length)));
});
