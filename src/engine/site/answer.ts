import { HASHES, SERVICE_WORKER, SITE_LIST, modelCache, programCache } from '../../contract/site.ts';
import type { SiteFile } from '../../contract/site.ts';
import { tidyWhenAlone } from './activate.ts';
import { OtherBuild, fetchVerified, request } from './fetched.ts';
import { intact, keep, kept, programCaches } from './kept.ts';
import { confined, isOfLanguageModels, modelFromElsewhere, modelOfSite } from './language-models.ts';
import { streamed } from './models.ts';
import { refused } from './refused.ts';
import { isShared, takeShared } from './share.ts';
import { PAGE, fileAt, inOwnFolder, pathOf, streams } from './site.ts';
import type { Asked, Site } from './site.ts';
import { inWords, ranged, stamped } from './stamp.ts';

/** Files beside the program that are always the server's. */
const OF_THE_SERVER: readonly string[] = [SITE_LIST, SERVICE_WORKER, HASHES];

/** Whether a request is for this service worker to answer. Navigations that leave, to another site or to one in a folder of its own below this one, are not. */
export function answers({ list, scope }: Site, asked: Request): boolean {
  if (asked.mode !== 'navigate') return true;
  const path = pathOf(scope, asked.url);
  return path !== null && (isShared(path, asked) || OF_THE_SERVER.includes(path) || fileAt(list, path) !== undefined || inOwnFolder(list, path));
}

/** Answers any request of a page or worker of this site: with a file of this very build, or not at all. Never rejects. */
export async function answer(site: Site, asked: Asked): Promise<Response> {
  const { method, mode, url } = asked.request;
  const path = pathOf(site.scope, url);
  if (isShared(path, asked.request)) return takeShared(site, asked.request);
  if (path === null) return (await modelFromElsewhere(site, asked)) ?? refused(site, asked);
  if (method !== 'GET' && method !== 'HEAD') return refused(site, asked);
  if (isOfLanguageModels(path)) return modelOfSite(site, path, asked);
  if (OF_THE_SERVER.includes(path)) return ofTheServer(site, path, method);
  const file = fileAt(site.list, path);
  if (file === undefined) return (await ofOlderBuild(site, path)) ?? refused(site, asked);
  const response = await confined(site, asked, path, await ofThisBuild(site, file, asked));
  if (path === PAGE && mode === 'navigate' && response.ok) asked.after(tidyWhenAlone(site, asked.resultingId));
  if (method !== 'HEAD' || response.type === 'error') return response;
  // Else a model would stay on its way, for nobody.
  void response.body?.cancel().catch(() => undefined);
  return new Response(null, response);
}

async function ofThisBuild(site: Site, file: SiteFile, asked: Asked): Promise<Response> {
  const fresh = file.part !== 'shell' && asked.request.cache === 'no-store';
  const here = fresh ? undefined : await kept(site, file);
  const range = asked.request.headers.get('range');
  if (here !== undefined) return range === null ? stamped(file.path, here.body, file.bytes) : ranged(file.path, await here.blob(), range);
  // What the page keeps itself it also checks; no program is started from an answer to `fetch`. It sees how far it is, and can stop it.
  return streams(file) || (fresh && asked.request.destination === '') ? streamed(site, file, asked) : checked(site, file, asked, !fresh);
}

/** From the server, where what was kept is gone (or never was, for the runtime): given out only when it is a file of this build. */
async function checked(site: Site, file: SiteFile, { request: { mode, url }, after }: Asked, keeping: boolean): Promise<Response> {
  try {
    const bytes = await fetchVerified(site, file, keeping ? 'no-cache' : 'no-store');
    // What a person has deleted is not made again by a part that is loaded late; the next page that is opened is.
    if (keeping && (file.part !== 'shell' || mode === 'navigate' || (await site.caches.has(programCache(site.scope, site.list.build)).catch(() => false)))) after(keep(site, file, bytes).catch(() => undefined));
    return stamped(file.path, bytes, bytes.length);
  } catch (error) {
    if (!(error instanceof OtherBuild)) return Response.error();
    // Nothing of this build is left, and the server has another: the browser is led to that one, past this service worker.
    if (file.path === PAGE && mode === 'navigate' && error.status === 200 && (await site.unregister())) return Response.redirect(url, 302);
    return inWords(error.status === 200 ? 502 : error.status, `${error.message} Reload the page.`);
  }
}

/** Pages that were opened before an update go on with what they were opened with: this build has no file of that name. */
async function ofOlderBuild(site: Site, path: string): Promise<Response | undefined> {
  if (!inOwnFolder(site.list, path)) return undefined;
  try {
    const address = new URL(encodeURI(path), site.scope).href;
    for (const name of [...(await programCaches(site)), modelCache(site.scope)]) {
      if (!(await site.caches.has(name))) continue;
      const cache = await site.caches.open(name);
      for (const key of await cache.keys(address, { ignoreSearch: true })) {
        const response = await cache.match(key);
        const whole = response === undefined ? undefined : await intact(site, response, new URL(key.url).searchParams.get('sha256') ?? '');
        if (whole !== undefined) return stamped(path, whole.body, null);
      }
    }
  } catch {
    return undefined;
  }
  return undefined;
}

async function ofTheServer(site: Site, path: string, method: string): Promise<Response> {
  try {
    const response = await request(site, path, 'no-cache', method);
    if (!response.ok) return inWords(response.status, `${path} is not on the server (status ${response.status}).`);
    const body = await response.arrayBuffer();
    await site.tell({ winnow: 'fetched', path, bytes: body.byteLength });
    return stamped(path, method === 'HEAD' ? null : body, body.byteLength);
  } catch {
    // Without a network the list is the one that this service worker was built with.
    return path === SITE_LIST ? stamped(path, method === 'HEAD' ? null : JSON.stringify(site.list), null) : Response.error();
  }
}
