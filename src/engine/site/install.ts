import { modelKey, programCache } from '../../contract/site.ts';
import type { SiteFile } from '../../contract/site.ts';
import { fetchVerified } from './fetched.ts';
import { intact, kept, programCaches } from './kept.ts';
import type { Site } from './site.ts';
import { stamped } from './stamp.ts';

/** Requests at a time: more does not help, servers of one thread among them. */
const AT_A_TIME = 6;

/**
 * Gets the shell of this build, checked file by file, and keeps it: all of it or nothing. A file that an older build had too is
 * taken from there. @throws where one file is missing or another, or where there is no room: the browser then drops this
 * service worker, and what was there before stays
 */
export async function install(site: Site): Promise<void> {
  const shell = site.list.files.filter(({ part }) => part === 'shell');
  const found: (readonly [SiteFile, Response])[] = [];
  const left = [...shell];
  const work = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) found.push([file, (await older(site, file)) ?? stamped(file.path, await fetchVerified(site, file), file.bytes)]);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, () => work().finally(() => (left.length = 0))));
  await store(site, found);
}

/** Kept under its hash, so a file is what it was when it was checked, whichever build it was for. */
async function older(site: Site, file: SiteFile): Promise<Response | undefined> {
  const here = await kept(site, file);
  if (here !== undefined) return here;
  for (const name of await programCaches(site)) {
    const response = await (await site.caches.open(name)).match(modelKey(site.scope, file));
    const whole = response === undefined ? undefined : await intact(site, response, file.sha256);
    if (whole !== undefined) return whole;
  }
  return undefined;
}

async function store(site: Site, found: readonly (readonly [SiteFile, Response])[]): Promise<void> {
  const name = programCache(site.scope, site.list.build);
  // One that is there already is in use by an earlier service worker of this same build.
  const there = await site.caches.has(name);
  const cache = await site.caches.open(name);
  try {
    for (const [file, response] of found) await cache.put(modelKey(site.scope, file), response);
  } catch (error) {
    if (!there) await site.caches.delete(name);
    throw error;
  }
}
