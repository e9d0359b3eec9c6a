import type { SiteFile } from '../../contract/site.ts';
import { PAGE } from './site.ts';
import type { Site } from './site.ts';

/**
 * Asks the server for a path below the scope. The request is made here from the path alone, so that nothing of what a page
 * asked (query, headers, body) leaves, and it asks the server whether what the browser kept is still true.
 * @throws TypeError where the server does not answer, or sends on to another site
 */
export async function request(site: Site, path: string, cache: RequestCache = 'no-cache', method = 'GET'): Promise<Response> {
  const address = new URL(path === PAGE ? './' : encodeURI(path), site.scope).href;
  return site.fetch(new Request(address, { method, cache, mode: 'same-origin', credentials: 'same-origin', redirect: 'follow', referrerPolicy: 'no-referrer' }));
}

/** Why an answer of the server cannot be a file of this build; null where it may be. */
export function wrongAnswer(file: SiteFile, response: Response): string | null {
  if (!response.ok) return `${file.path} is not on the server (status ${response.status}).`;
  // Many servers answer an unknown address with their start page and status 200.
  if (!file.path.endsWith('.html') && response.headers.get('content-type')?.startsWith('text/html')) return `${file.path} is not on the server, which sent a web page instead.`;
  return null;
}

/** What the server sent is not a file of this build. */
export class OtherBuild extends Error {
  /** As the server answered; 200 where only the content is another. */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Fetches one file of this build whole, and checks it. @throws OtherBuild; TypeError where the server does not answer */
export async function fetchVerified(site: Site, file: SiteFile, cache?: RequestCache): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(site, file.path, cache);
  const wrong = wrongAnswer(file, response);
  if (wrong !== null) throw new OtherBuild(wrong, response.status);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await site.tell({ winnow: 'fetched', path: file.path, bytes: bytes.length });
  if (bytes.length !== file.bytes || (await site.sha256(bytes)) !== file.sha256) {
    throw new OtherBuild(`${file.path} on the server is not the one of this version: the site has been updated, or the file was changed.`, 200);
  }
  return bytes;
}

/** SHA-256 by the browser, which every service worker has: they exist in secure contexts only. */
export function hashBy(subtle: SubtleCrypto): Site['sha256'] {
  return async (bytes) => Array.from(new Uint8Array(await subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
