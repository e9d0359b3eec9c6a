import { PAGE, inOwnFolder, pathOf } from './site.ts';
import type { Asked, Site } from './site.ts';
import { inWords } from './stamp.ts';

/** Refuses a request that is for no file of this site, or that carries something. Nothing goes out; the page is told. */
export async function refused(site: Site, asked: Asked): Promise<Response> {
  const { method, mode, url } = asked.request;
  if (mode !== 'navigate' && isForeign(site, await asked.asker())) return site.fetch(asked.request).catch(() => Response.error());
  const { origin, pathname } = new URL(url);
  const elsewhere = origin !== new URL(site.scope).origin;
  await site.tell({ winnow: 'refused', address: origin + pathname, elsewhere });
  if (elsewhere) return Response.error();
  if (method !== 'GET' && method !== 'HEAD') return inWords(405, 'nothing may be sent from this page, not even to the server that it came from.');
  return inWords(404, `${pathname} is no file of this version of the site. If you opened this page before the site was updated: where it offers a new version, choose “Use it now”; else save your work and reload it.`);
}

/**
 * Whether who asks is a page of another site in a folder of its own below this one, as on an intranet server that has this site at its
 * root: browsers put such pages under the nearest service worker above them. Pages cannot choose the address that they are known by here.
 */
function isForeign({ list, scope }: Site, asker: string | undefined): boolean {
  const path = asker === undefined || !asker.startsWith('http') ? null : pathOf(scope, asker);
  return path !== null && path !== PAGE && list.files.every((file) => file.path !== path) && !inOwnFolder(list, path);
}
