import { Failure } from '../contract/failure.ts';
import { cachePrefix, inboxCache, modelCache } from '../contract/site.ts';
import type { Stored } from '../contract/site.ts';
import { KEPT_DATABASE, keptBytes } from './kept-store.ts';
import { settingsBytes } from './settings.ts';

type InCaches = 'program' | 'models' | 'shared';

/** What this site keeps in this browser, and how large it is. Never rejects: where the page may not look, nothing can be kept. */
export async function lookAtStored(scope: string, caches: CacheStorage | null): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  for (const what of ['program', 'models', 'shared'] as const) {
    const names = await namesOf(what, scope, caches).catch(() => []);
    if (names.length === 0) continue;
    const sizes = await Promise.all(names.map((name) => sizeOf(name, caches))).catch(() => null);
    if (what === 'shared' && sizes?.every((size) => size === 0)) continue;
    found.push({ what, where: names.map((name) => `Cache Storage: “${name}”`).join(', '), bytes: sizes?.reduce((sum, size) => sum + size, 0) ?? null });
  }
  const taught = await keptBytes().catch(() => 0);
  if (taught > 0) found.push({ what: 'taught', where: `IndexedDB: “${KEPT_DATABASE}”`, bytes: taught });
  const settings = settingsBytes();
  if (settings > 0) found.push({ what: 'settings', where: 'Local Storage: keys that begin with “winnow-”', bytes: settings });
  return found;
}

/** Deletes what is in caches. Nothing is done where nothing is kept. @throws Failure 'save-failed' */
export async function deleteCaches(what: InCaches, scope: string, caches: CacheStorage | null): Promise<void> {
  try {
    await Promise.all((await namesOf(what, scope, caches)).map((name) => caches?.delete(name)));
  } catch (error) {
    throw new Failure('save-failed', `This browser did not delete what it keeps (${error instanceof Error ? error.message : String(error)}). Its own settings can: “Site data” or “Cookies and site data”, for this address.`);
  }
}

async function namesOf(what: InCaches, scope: string, caches: CacheStorage | null): Promise<readonly string[]> {
  const all = (await caches?.keys()) ?? [];
  // Other sites of the same origin have caches here too; some of this site may be of builds that named them otherwise.
  const one: Readonly<Record<string, InCaches>> = { [modelCache(scope)]: 'models', [inboxCache(scope)]: 'shared' };
  return all.filter((name) => name.startsWith(cachePrefix(scope)) && (one[name] ?? 'program') === what);
}

async function sizeOf(name: string, caches: CacheStorage | null): Promise<number> {
  const cache = await caches?.open(name);
  const answers = (await cache?.matchAll()) ?? [];
  const sizes = await Promise.all(answers.map(async (answer) => {
    const said = Number(answer.headers.get('content-length'));
    // A compressed answer had another length on its way.
    return said > 0 && !answer.headers.has('content-encoding') ? said : (await answer.blob()).size;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}
