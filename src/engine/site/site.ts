import type { SiteFile, SiteList, SiteTold } from '../../contract/site.ts';

/** What a service worker works with: this build, and the browser's services. Nothing is remembered between two events: browsers stop an idle one. */
export interface Site {
  readonly list: SiteList;
  /** Address of the folder of index.html, with a slash at its end. */
  readonly scope: string;
  readonly caches: CacheStorage;
  /** Over the network, past this service worker. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Lower-case hex. */
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
  /** To every open page of this site. */
  readonly tell: (told: SiteTold) => Promise<void>;
  /** Ids of the open pages of this site, whether a service worker controls them or not. */
  readonly pages: () => Promise<readonly string[]>;
  /** Whether a service worker of another build is being installed, or waits. */
  readonly othersWait: () => boolean;
  /** Stands for the build that is in charge of this site now. */
  readonly inCharge: () => unknown;
  /** So that navigations reach the server again. */
  readonly unregister: () => Promise<boolean>;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A request of a page or worker. */
export interface Asked {
  readonly request: Request;
  /** Address of the page or worker that asks; undefined where it is gone or there is none. */
  readonly asker: () => Promise<string | undefined>;
  /** Of the page that a navigation makes. */
  readonly resultingId: string;
  /** Keeps the service worker alive until this is done. */
  readonly after: (work: Promise<unknown>) => void;
}

/** The page itself; servers have it under the address of its folder, and some send whoever asks for the file there, or to the name without its ending. */
export const PAGE = 'index.html';

/** Path below the scope, as in the list: `index.html` for the scope itself, and for `index`. Null for addresses that are not below it. */
export function pathOf(scope: string, address: string): string | null {
  const url = new URL(address);
  const base = new URL(scope);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
  const path = url.pathname.slice(base.pathname.length);
  return path === '' || path === 'index' ? PAGE : decoded(path);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The file of this build at a path below the scope. */
export function fileAt(list: SiteList, path: string): SiteFile | undefined {
  return list.files.find((file) => file.path === path);
}

/** Whether a file is given out while it arrives, unchecked: models, which the page checks itself. Code never is. */
export function streams({ part, path }: SiteFile): boolean {
  return part !== 'shell' && !/\.(wasm|m?js)$/.test(path);
}

/** Whether an address is one of the page, whatever its query. */
export function isPage(scope: string, address: string): boolean {
  return pathOf(scope, address) === PAGE;
}

/** Whether a path below the scope is in one of the site's own folders; below the address of the whole origin there may be other sites. */
export function inOwnFolder(list: SiteList, path: string): boolean {
  const end = path.indexOf('/');
  return end > 0 && list.files.some((file) => file.path.startsWith(path.slice(0, end + 1)));
}
