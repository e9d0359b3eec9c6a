import { bootstrap } from '../contract/start-script.ts';

/** Starts a module worker under the page's own content-security policy, with or without a service worker; see `bootstrap`. */
export function startWorker(script: string, name: string): Worker {
  return new Worker(bootstrap(new URL(script, document.baseURI).href), { type: 'module', name });
}
