import type { LlmFile } from '../../../contract/llm.ts';
import { isFields } from '../fields.ts';
import { isHash, parsed } from '../store/read-model.ts';

/** What is used of `fetch`. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** Longer lists are not read: a model has some hundred files at most. */
const MAX_CHARS = 4_000_000;

/**
 * Sizes and hashes as the host itself says them, by path. Hugging Face tells them in its list of a repository's files (Hub API,
 * `GET /api/models/{repo}/tree/{revision}`: `lfs.oid` is the SHA-256 of a large file); a header with the hash is on the redirect
 * only, which no page can read. Empty for other hosts, and where the list does not come: hashes then are kept from the first time.
 */
export async function hostFacts(base: string, fetch: Fetch, signal: AbortSignal): Promise<ReadonlyMap<string, LlmFile>> {
  const list = listAddress(base);
  if (list === null) return new Map();
  try {
    const response = await fetch(list, { signal });
    const text = response.ok ? await response.text() : '';
    return new Map(text.length > MAX_CHARS ? [] : entries(parsed(text)).map((file) => [file.path, file]));
  } catch {
    signal.throwIfAborted();
    return new Map();
  }
}

/** The list for a folder of files; null where the host has none. */
export function listAddress(base: string): string | null {
  if (!URL.canParse(base)) return null;
  const { host, origin, pathname } = new URL(base);
  const match = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.*)$/.exec(pathname);
  if (host !== 'huggingface.co' || match === null) return null;
  const [, repository, revision, folder] = match;
  return `${origin}/api/models/${repository}/tree/${revision}${folder === '' ? '' : `/${folder.replace(/\/$/, '')}`}`;
}

function entries(list: unknown): LlmFile[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isFields).flatMap(({ path, size, lfs }) => {
    if (typeof path !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return [];
    const oid = isFields(lfs) ? lfs['oid'] : '';
    return [{ path: path.split('/').at(-1) ?? path, bytes: size, sha256: isHash(oid) ? oid : '' }];
  });
}
