import { modelCache, modelKey, programCache, programPrefix } from '../../contract/site.ts';
import type { SiteFile } from '../../contract/site.ts';
import { streams } from './site.ts';
import type { Site } from './site.ts';
import { stamped } from './stamp.ts';

/** Where a file of this build is kept. */
export function cacheOf(site: Site, file: SiteFile): string {
  return file.part === 'shell' ? programCache(site.scope, site.list.build) : modelCache(site.scope);
}

/** A kept file of this build; undefined where there is none, where it is another, or where the browser does not let us look. */
export async function kept(site: Site, file: SiteFile): Promise<Response | undefined> {
  try {
    // Looked up by name first: `open` would make a cache where there is none.
    const name = cacheOf(site, file);
    const found = (await site.caches.has(name)) ? await (await site.caches.open(name)).match(modelKey(site.scope, file)) : undefined;
    return found === undefined || streams(file) ? found : await intact(site, found, file.sha256);
  } catch {
    return undefined;
  }
}

/** The answer, if its body has this hash: all sites of an origin can write into one another's caches. */
export async function intact(site: Site, response: Response, sha256: string): Promise<Response | undefined> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return (await site.sha256(bytes)) === sha256 ? new Response(bytes, response) : undefined;
}

/** Keeps a verified file. @throws where there is no room, or storage is refused */
export async function keep(site: Site, file: SiteFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const cache = await site.caches.open(cacheOf(site, file));
  await cache.put(modelKey(site.scope, file), stamped(file.path, bytes, bytes.length));
}

/** Names of the caches with programs of this site, oldest first (Service Workers, `CacheStorage.keys`: in the order they were made). */
export async function programCaches(site: Site): Promise<string[]> {
  const prefix = programPrefix(site.scope);
  return (await site.caches.keys()).filter((name) => name.startsWith(prefix));
}
