import { Failure } from '../contract/failure.ts';
import { LLM_RECORD, LLM_STORE, cachePrefix, inboxCache, modelCache } from '../contract/site.ts';
import type { Stored } from '../contract/site.ts';
import { KEPT_DATABASE, keptBytes } from './kept-store.ts';
import { settingsBytes } from './settings.ts';

type InCaches = 'program' | 'models' | 'shared';

/** What this site keeps in this browser, and how large it is. Never rejects: where the page may not look, nothing can be kept. */
export async function lookAtStored(scope: string, caches: CacheStorage | null): Promise<readonly Stored[]> {
  const found: Stored[] = [];
  for (const what of ['program', 'models', 'shared'] as const) {
    const names = await namesOf(what, scope, caches).catch(() => []);
    if (names.length === 0) continue;
    const sizes = await Promise.all(names.map((name) => sizeOf(name, caches))).catch(() => null);
    if (what === 'shared' && sizes?.every((size) => size === 0)) continue;
    found.push({ what, where: names.map((name) => `Cache Storage: “${name}”`).join(', '), bytes: sizes?.reduce((sum, size) => sum + size, 0) ?? null });
  }
  const models = await languageModelBytes().catch(() => null);
  if (models !== null) found.push({ what: 'language-models', where: `Origin private file system: “${LLM_STORE}”; Cache Storage: “webllm/…”`, bytes: models });
  const taught = await keptBytes().catch(() => 0);
  if (taught > 0) found.push({ what: 'taught', where: `IndexedDB: “${KEPT_DATABASE}”`, bytes: taught });
  const settings = settingsBytes();
  if (settings > 0) found.push({ what: 'settings', where: 'Local Storage: keys that begin with “winnow-”', bytes: settings });
  return found;
}

/** Deletes what is in caches. Nothing is done where nothing is kept. @throws Failure 'save-failed' */
export async function deleteCaches(what: InCaches, scope: string, caches: CacheStorage | null): Promise<void> {
  try {
    await Promise.all((await namesOf(what, scope, caches)).map((name) => caches?.delete(name)));
  } catch (error) {
    throw new Failure('save-failed', `This browser did not delete what it keeps (${error instanceof Error ? error.message : String(error)}). Its own settings can: “Site data” or “Cookies and site data”, for this address.`);
  }
}

async function namesOf(what: InCaches, scope: string, caches: CacheStorage | null): Promise<readonly string[]> {
  const all = (await caches?.keys()) ?? [];
  // Other sites of the same origin have caches here too; some of this site may be of builds that named them otherwise.
  const one: Readonly<Record<string, InCaches>> = { [modelCache(scope)]: 'models', [inboxCache(scope)]: 'shared' };
  return all.filter((name) => name.startsWith(cachePrefix(scope)) && (one[name] ?? 'program') === what);
}

async function sizeOf(name: string, caches: CacheStorage | null): Promise<number> {
  const cache = await caches?.open(name);
  const answers = (await cache?.matchAll()) ?? [];
  const sizes = await Promise.all(answers.map(async (answer) => {
    const said = Number(answer.headers.get('content-length'));
    // A compressed answer had another length on its way.
    return said > 0 && !answer.headers.has('content-encoding') ? said : (await answer.blob()).size;
  }));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes of all language models; null where there are none. Looking makes no folder. */
async function languageModelBytes(): Promise<number | null> {
  const root = await (globalThis.navigator as Navigator | undefined)?.storage?.getDirectory?.();
  const store = await root?.getDirectoryHandle(LLM_STORE).catch(() => null);
  if (store == null) return null;
  let sum = 0;
  let some = false;
  for await (const folder of valuesOf(store)) {
    some = true;
    if (folder.kind === 'directory') sum += (await recordedBytes(folder as FileSystemDirectoryHandle)) ?? (await sizeOfFiles(folder as FileSystemDirectoryHandle));
  }
  return some ? sum : null;
}

/** As written down when it was kept: of a WebLLM model most is in the Cache API. */
async function recordedBytes(folder: FileSystemDirectoryHandle): Promise<number | null> {
  const file = await folder.getFileHandle(LLM_RECORD).then((handle) => handle.getFile(), () => null);
  const { bytes } = file === null ? {} : ((await file.text().then((text) => JSON.parse(text) as unknown).catch(() => ({}))) as { bytes?: unknown });
  return typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

async function sizeOfFiles(folder: FileSystemDirectoryHandle): Promise<number> {
  let sum = 0;
  for await (const handle of valuesOf(folder)) if (handle.kind === 'file') sum += (await (handle as FileSystemFileHandle).getFile()).size;
  return sum;
}

/** Its type is that of newer libraries of the DOM. */
const valuesOf = (folder: FileSystemDirectoryHandle): AsyncIterable<FileSystemHandle> => (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
