import type { SiteList } from '../../contract/site.ts';
import { hashBy } from './fetched.ts';
import { isPage, pathOf } from './site.ts';
import type { Site } from './site.ts';

/** What is used of a page. */
interface OpenPage {
  readonly id: string;
  readonly url: string;
  postMessage(message: unknown): void;
}

/** What is used of a ServiceWorkerGlobalScope, whose type only service workers know. */
export interface ServiceWorkerScope {
  readonly caches: CacheStorage;
  readonly crypto: Crypto;
  readonly registration: { readonly scope: string; readonly active: unknown; readonly waiting: unknown; readonly installing: unknown; unregister(): Promise<boolean> };
  readonly clients: { matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenPage[]> };
  fetch(request: Request): Promise<Response>;
  setTimeout(handler: () => void, milliseconds: number): unknown;
}

/** The site as a service worker of a browser sees it. */
export function browserSite(self: ServiceWorkerScope, list: SiteList): Site {
  const { scope } = self.registration;
  // Clients of the whole origin are listed, other sites among them.
  const windows = async (): Promise<readonly OpenPage[]> => self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = async (): Promise<OpenPage[]> => (await windows()).filter(({ url }) => isPage(scope, url));
  // Servers that answer every unknown address with the page show it at others too, and it counts there as well.
  const below = async (): Promise<OpenPage[]> => (await windows()).filter(({ url }) => pathOf(scope, url) !== null);
  return {
    list, scope,
    caches: self.caches,
    fetch: (request) => self.fetch(request),
    sha256: hashBy(self.crypto.subtle),
    tell: async (told) => (await below().catch(() => [])).forEach((page) => page.postMessage(told)),
    pages: async () => (await pages()).map(({ id }) => id),
    othersWait: () => self.registration.waiting !== null || self.registration.installing !== null,
    // One object for one service worker (Service Workers, "get the service worker object").
    inCharge: () => self.registration.active,
    unregister: () => self.registration.unregister(),
    pause: (milliseconds) => new Promise((resolve) => void self.setTimeout(() => resolve(), milliseconds)),
  };
}
