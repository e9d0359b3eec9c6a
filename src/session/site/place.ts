/** What of the browser the site stands on; null where this address or window has none of it. */
export interface Place {
  /** Folder of the page, with a slash at its end. */
  readonly scope: string;
  readonly container: ServiceWorkerContainer | null;
  readonly caches: CacheStorage | null;
  readonly storage: StorageManager | null;
}

/** Waiting for the page to be idle ends after this (ms). */
const IDLE_MS = 3000;

/** The place that this page is at. None of it is there on plain http; in a page under development nothing may be kept. */
export function place(): Place {
  const { storage } = (globalThis.navigator ?? {}) as { storage?: StorageManager };
  return {
    scope: new URL('./', globalThis.document?.baseURI ?? 'http://localhost/').href,
    container: import.meta.env.DEV ? null : container(),
    caches: cacheStorage(), storage: storage ?? null,
  };
}

function container(): ServiceWorkerContainer | null {
  try {
    return (globalThis.navigator as { serviceWorker?: ServiceWorkerContainer } | undefined)?.serviceWorker ?? null;
  } catch {
    // In a sandbox, some browsers do not even let a page look.
    return null;
  }
}

function cacheStorage(): CacheStorage | null {
  try {
    return (globalThis as { caches?: CacheStorage }).caches ?? null;
  } catch {
    // Where site data is blocked, some browsers do not even let a page look.
    return null;
  }
}

/** Resolves when the page is loaded and has nothing to do: what is kept for later must not delay the first file. */
export async function idle(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  await new Promise<void>((resolve) => {
    // WebKit has no such callback.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: IDLE_MS });
    else setTimeout(resolve);
  });
}
