import { afterEach, expect, test, vi } from 'vitest';
import { Site } from '../../../src/session/site/site.svelte.ts';
import type { SiteParts } from '../../../src/session/site/site.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

/** A session that is still taking over what was kept. */
const PARTS: SiteParts = {
  restored: () => new Promise(() => undefined), keepsake: async () => ({ text: '', lessons: 0 }), takeOver: async () => undefined,
  formats: () => '', takeFormats: async () => undefined, open: () => false, saving: () => false,
  erase: async () => undefined, gpu: () => false, report: () => undefined,
};

test('what the service worker tells counts from the start, before the page has come to rest', () => {
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('addEventListener', () => undefined);
  const container = Object.assign(new EventTarget(), { controller: null, startMessages: () => undefined });
  const site = new Site(PARTS, { scope: 'https://example.org/winnow/', container: container as unknown as ServiceWorkerContainer, caches: null, storage: null });
  void site.start();
  container.dispatchEvent(new MessageEvent('message', { data: { winnow: 'fetched', path: 'models/a.bin', bytes: 7 } }));
  expect(site.traffic).toMatchObject({ downloads: 1, bytes: 7 });
});
