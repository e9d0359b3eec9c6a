import { Failure, failureCode } from '../contract/failure.ts';
import { modelCache, modelKey } from '../contract/site.ts';
import type { SiteFile, SiteList } from '../contract/site.ts';

/** Reads a file and checks its size and SHA-256. @throws Failure 'model-missing' | 'model-tampered' */
export type FetchChecked = (url: string, file: SiteFile, onBytes: (received: number) => void, fetcher: (url: string) => Promise<Response>) => Promise<Uint8Array<ArrayBuffer>>;

export interface OfflineFacts {
  /** Bytes that are kept, and of all that belongs to it. */
  readonly bytes: number;
  readonly total: number;
  readonly missing: readonly SiteFile[];
}

/** What a file needs beyond the program. @param gpu also what the encoder needs to run on the graphics card @param llm also what runs language models */
export function needed({ files }: SiteList, gpu: boolean, llm = false): readonly SiteFile[] {
  return files.filter(({ part }) => part === 'model' || (gpu && part === 'gpu') || (llm && part === 'llm'));
}

/** Whether some of what runs language models is kept, since one was used. */
export async function usedModels(scope: string, { files }: SiteList, storage: CacheStorage): Promise<boolean> {
  return (await keptOf(scope, files.filter(({ part }) => part === 'llm'), storage)).bytes > 0;
}

/** What of these files is kept. Nothing is where the browser does not let the page look. */
export async function keptOf(scope: string, files: readonly SiteFile[], storage: CacheStorage): Promise<OfflineFacts> {
  const kept = new Set<string>();
  try {
    // Looking must not make a cache.
    if (await storage.has(modelCache(scope))) for (const { url } of await (await storage.open(modelCache(scope))).keys()) kept.add(url);
  } catch { /* Storage is denied. */ }
  const missing = files.filter((file) => !kept.has(modelKey(scope, file)));
  const total = sum(files);
  return { bytes: total - sum(missing), total, missing };
}

export interface KeepParts {
  readonly scope: string;
  readonly files: readonly SiteFile[];
  readonly caches: CacheStorage;
  /** WebKit had one that tells nothing before version 17. */
  readonly storage: Partial<Pick<StorageManager, 'estimate'>> | null;
  readonly fetchChecked: FetchChecked;
  readonly fetcher?: typeof fetch;
  readonly signal: AbortSignal;
  /** Bytes that are there so far, of `files` altogether. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Fetches what is not kept yet, file by file; what is complete stays, whatever happens to the others, so the next try goes on there.
 * @throws Failure 'storage-full', 'save-failed', 'model-missing' or 'model-tampered'; AbortError where it was stopped
 */
export async function keepFiles({ scope, files, caches, storage, fetchChecked, fetcher = fetch, signal, onBytes }: KeepParts): Promise<void> {
  const { bytes, missing } = await keptOf(scope, files, caches);
  if (missing.length === 0) return onBytes(bytes);
  const wanted = sum(missing);
  const { quota, usage } = (await storage?.estimate?.().catch(() => null)) ?? {};
  if (quota !== undefined && quota - (usage ?? 0) < wanted) throw full(wanted, quota - (usage ?? 0));
  const cache = await caches.open(modelCache(scope)).catch((error: unknown) => { throw refused(error, wanted); });
  let done = bytes;
  onBytes(done);
  for (const file of missing) {
    signal.throwIfAborted();
    const before = done;
    const data = await fetchChecked(new URL(file.path, scope).href, file, (received) => onBytes(before + received), (url) => fetcher(url, { cache: 'no-store', signal })).catch((error: unknown) => {
      // However a reader puts it: the person stopped it.
      signal.throwIfAborted();
      throw error;
    });
    const answer = new Response(data, { headers: { 'content-length': String(file.bytes) } });
    await cache.put(modelKey(scope, file), answer).catch((error: unknown) => { throw refused(error, wanted - (done - bytes)); });
    done += file.bytes;
    onBytes(done);
  }
}

function refused(error: unknown, wanted: number): Failure {
  if (failureCode(error) !== 'internal') return error as Failure;
  if (error instanceof Error && error.name === 'QuotaExceededError') return full(wanted, null);
  return new Failure('save-failed', `This browser does not let the page keep anything on this computer (${error instanceof Error ? error.message : String(error)}). All works while the site answers.`);
}

function full(wanted: number, free: number | null): Failure {
  const has = free === null ? 'has no room for it' : `gives this site room for ${megabytes(Math.max(0, free))} more`;
  return new Failure('storage-full', `Another ${megabytes(wanted)} would have to be kept, and this browser ${has}. What is open is not affected, and all works while the site answers. Free some space on this computer and try again: it goes on where it stopped.`);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const sum = (files: readonly SiteFile[]): number => files.reduce((total, { bytes }) => total + bytes, 0);
