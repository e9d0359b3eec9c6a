import { Failure } from '../contract/failure.ts';
import { SITE_LIST, SITE_PARTS } from '../contract/site.ts';
import type { SiteFile, SiteList } from '../contract/site.ts';

/**
 * Reads the list of what this build consists of. @param build the one that this page is of
 * @throws Failure 'model-missing' where there is no such list; 'save-failed' where it is of another build
 */
export async function readSiteList(scope: string, build: string, fetcher: (url: string) => Promise<Response> = (url) => fetch(url, { cache: 'no-cache' })): Promise<SiteList> {
  const list: unknown = await fetcher(new URL(SITE_LIST, scope).href).then((response) => (response.ok ? response.json() : response.status >= 500 ? response.status : null), () => undefined).catch(() => null);
  if (list === undefined) throw new Failure('model-missing', 'The site does not answer: its list of files could not be read. Check the connection and try again.');
  if (typeof list === 'number') throw new Failure('model-missing', `The site answers with an error (status ${list}): its list of files could not be read. Try again in a while.`);
  if (!isSiteList(list)) throw new Failure('model-missing', `The site was published without ${SITE_LIST}, its list of files, or with one that cannot be read. Whoever publishes it should put up the complete build.`);
  if (list.build !== build) throw new Failure('save-failed', 'The site has a newer version than this page, so nothing of it was fetched: the two do not belong together. Change to the newer version and try again: choose “Use it now” where the page offers it; else save what you taught and reload the page.');
  return list;
}

/** What was sent is of another maker until it is looked at. */
export function isSiteList(value: unknown): value is SiteList {
  if (typeof value !== 'object' || value === null) return false;
  const { build, files } = value as Partial<SiteList>;
  return typeof build === 'string' && Array.isArray(files) && files.every(isSiteFile);
}

function isSiteFile(value: unknown): value is SiteFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256, part } = value as Partial<SiteFile>;
  return typeof path === 'string' && path.split('/').every((name) => /^[\w-][\w.-]*$/.test(name))
    && typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0
    && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
    && (SITE_PARTS as readonly (string | undefined)[]).includes(part);
}
