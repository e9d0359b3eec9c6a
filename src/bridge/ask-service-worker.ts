import type { SiteAsk } from '../contract/site.ts';
import { isSiteList } from './site-list.ts';

/** How long to wait for an answer. */
const ANSWER_MS = 5000;

/** What a service worker answers; undefined where it does not. */
export async function askServiceWorker(worker: Pick<ServiceWorker, 'postMessage'>, ask: SiteAsk): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  try {
    const answer = new Promise<unknown>((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
    worker.postMessage(ask, [port2]);
    return await within(answer, ANSWER_MS);
  } finally {
    port1.close();
  }
}

/**
 * Whether a service worker is of a build without this script: to a page that was opened before an update it gives the script as it was,
 * but with no policy of its own. False where it does not answer. @param script its address @param scope address of the folder of the page
 */
export async function lacksScript(worker: Pick<ServiceWorker, 'postMessage'>, script: string, scope: string): Promise<boolean> {
  const list = await askServiceWorker(worker, { winnow: 'list' });
  return isSiteList(list) && list.files.every(({ path }) => new URL(path, scope).href !== script);
}

/** What a promise gives; undefined where it takes longer. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
