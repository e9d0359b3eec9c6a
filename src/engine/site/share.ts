import { SHARE, SHARE_FIELD, inboxCache } from '../../contract/site.ts';
import type { Site } from './site.ts';

/** Whether a request is one of the system's share menu: a form that is sent by navigating. */
export function isShared(path: string | null, request: Request): boolean {
  return path === SHARE && request.method === 'POST' && request.mode === 'navigate';
}

/** Puts shared files aside for the page, and leads to it: `./?shared`, or `./?shared=failed` where they could not be kept. Nothing is sent. */
export async function takeShared(site: Site, request: Request): Promise<Response> {
  const back = new URL('./?shared', site.scope).href;
  const put: URL[] = [];
  try {
    const files = (await request.formData()).getAll(SHARE_FIELD).filter((value) => value instanceof File);
    const cache = await site.caches.open(inboxCache(site.scope));
    for (const [index, file] of files.entries()) {
      const headers = { 'content-type': file.type || 'application/octet-stream', 'content-length': String(file.size), 'x-name': encodeURIComponent(file.name) };
      const address = new URL(`${SHARE}/${crypto.randomUUID()}/${index}`, site.scope);
      await cache.put(address, new Response(file, { headers }));
      put.push(address);
    }
    return Response.redirect(back, 303);
  } catch {
    // Some of them alone would look like all that was shared.
    await site.caches.open(inboxCache(site.scope)).then((cache) => Promise.all(put.map((address) => cache.delete(address)))).catch(() => undefined);
    return Response.redirect(`${back}=failed`, 303);
  }
}
