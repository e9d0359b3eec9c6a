import { modelCache, modelKey, programCache } from '../../contract/site.ts';
import { programCaches } from './kept.ts';
import type { Site } from './site.ts';

/** How often, and after how many milliseconds, we look whether the page that a reload replaces is gone. */
const LOOKS = 5;
const BETWEEN_LOOKS = 1000;

/** A new build takes over. Where pages of an older one are still open, what they may need stays until they are closed. */
export async function activate(site: Site): Promise<void> {
  if ((await site.pages()).length === 0) await tidy(site);
}

/** Deletes what older builds left as soon as a page of this build, just navigated to, is the only one that is open. */
export async function tidyWhenAlone(site: Site, id: string): Promise<void> {
  const inCharge = site.inCharge();
  for (let look = 0; look < LOOKS; look++) {
    await site.pause(BETWEEN_LOOKS);
    const pages = await site.pages();
    // What a build that came meanwhile has just got is not for this one to delete.
    if (site.othersWait() || site.inCharge() !== inCharge) return;
    if (pages.length === 1 && pages[0] === id) return tidy(site);
  }
}

/**
 * Deletes programs of other builds and models that this one has no use for; never anything of another site on the same origin.
 * Never rejects: what stays does no harm.
 */
async function tidy(site: Site): Promise<void> {
  try {
    const own = programCache(site.scope, site.list.build);
    for (const name of await programCaches(site)) if (name !== own) await site.caches.delete(name);
    const used = new Set(site.list.files.map((file) => modelKey(site.scope, file)));
    for (const name of [own, modelCache(site.scope)]) {
      if (!(await site.caches.has(name))) continue;
      const cache = await site.caches.open(name);
      for (const { url } of await cache.keys()) if (!used.has(url)) await cache.delete(url);
    }
  } catch {
    return;
  }
}
