import { createHash } from 'node:crypto';
import type { SiteFile, SiteList, SitePart, SiteTold } from '../../../src/contract/site.ts';
import type { Asked, Site } from '../../../src/engine/site/site.ts';
import { FakeCaches } from './fake-caches.ts';

export const SCOPE = 'https://example.test/repo/';

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A build: what its files say, by path; the rest of the list follows from that. */
export function listOf(build: string, files: Readonly<Record<string, string>>, parts: Readonly<Record<string, SitePart>> = {}): SiteList {
  const entry = (path: string): SiteFile => ({ path, bytes: new TextEncoder().encode(files[path]).length, sha256: sha256(files[path]), part: parts[path] ?? 'shell' });
  return { build: sha256(build), files: Object.keys(files).sort().map(entry) };
}

/** What a server says, by path below the scope: the text of a file, a whole answer, or null where it is gone. */
export type Server = Record<string, string | (() => Response) | null>;

export interface FakeSite extends Site {
  pause: Site['pause'];
  readonly caches: FakeCaches;
  /** What went to the server: method and address. */
  readonly asked: Request[];
  readonly told: SiteTold[];
  /** Ids of open pages; may be changed. */
  readonly open: string[];
  registered: boolean;
  charge: string;
  waiting: boolean;
}

export function fakeSite(list: SiteList, server: Server, caches = new FakeCaches()): FakeSite {
  const asked: Request[] = [];
  const told: SiteTold[] = [];
  const open: string[] = [];
  const site: FakeSite = {
    list, scope: SCOPE, caches, asked, told, open, registered: true, waiting: false, charge: 'this',
    fetch: async (request) => {
      asked.push(request);
      const path = request.url.startsWith(SCOPE) ? request.url.slice(SCOPE.length) || 'index.html' : request.url;
      const answer = server[path];
      if (answer === null) throw new TypeError('Failed to fetch');
      if (answer === undefined) return new Response('not found', { status: 404 });
      return typeof answer === 'string' ? new Response(answer, { headers: { 'content-type': 'application/x-nonsense', 'set-cookie': 'a=b', server: 'x' } }) : answer();
    },
    sha256: async (bytes) => sha256(bytes),
    tell: async (message) => void told.push(message),
    pages: async () => open,
    othersWait: () => site.waiting,
    inCharge: () => site.charge,
    unregister: async () => {
      site.registered = false;
      return true;
    },
    pause: async () => undefined,
  };
  return site;
}

/** A request of a page; `mode` as browsers set it, which scripts may not. */
export function asking(path: string, init: RequestInit & { readonly navigates?: boolean; readonly asker?: string; readonly resultingId?: string } = {}): Asked & { readonly done: () => Promise<unknown> } {
  const { navigates, asker, resultingId, ...rest } = init;
  const request = new Request(new URL(path, SCOPE), rest);
  if (navigates === true) Object.defineProperty(request, 'mode', { value: 'navigate' });
  const work: Promise<unknown>[] = [];
  return { request, asker: async () => asker ?? SCOPE, resultingId: resultingId ?? 'new', after: (more) => void work.push(more), done: () => Promise.all(work) };
}
