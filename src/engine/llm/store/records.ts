import { Failure } from '../../../contract/failure.ts';
import type { LlmFile, LlmModel, LlmStored } from '../../../contract/llm.ts';
import { LLM_RECORD, LLM_STORE, LLM_UNFINISHED } from '../../../contract/site.ts';
import { WEBLLM_CACHES, webllmFolder } from '../webllm/files.ts';
import type { WebllmCache } from '../webllm/files.ts';
import { streamOf } from './chunks.ts';
import type { Chunks, Passed } from './chunks.ts';
import { modelFolder, nullWhereNone, readText, storeFolder, storedName, writeText } from './place.ts';
import type { LlmPlace } from './place.ts';
import { isModel, isModelId, parsed, readStored } from './read-model.ts';
import { storageFailure } from './room.ts';

/** A model that is being put into storage. */
export interface Keeping {
  readonly model: LlmModel;
  /** Into the browser's file system. */
  putFile(path: string, chunks: Chunks): Promise<void>;
  /** Into the Cache API, under an address. */
  putCached(cache: WebllmCache, address: string, chunks: Chunks): Promise<void>;
}

/**
 * Puts a model into storage: all of it, or nothing. It counts as kept from the moment its record is written, which is the last step;
 * what a tab that was closed meanwhile left is found by the mark it began with.
 * @param work puts the files in; returns what each of them was, by path
 * @throws what `work` throws; Failure 'storage-full' | 'save-failed' | 'llm-unavailable'
 */
export async function keepModel(place: LlmPlace, model: LlmModel, work: (keeping: Keeping) => Promise<ReadonlyMap<string, Passed>>): Promise<LlmStored> {
  return exclusively(place, model.id, async () => {
    if (!isModel(model)) throw new Failure('llm-refused', 'This model has a name that cannot be kept. Rename its file or folder, then try again.');
    // What is there and whole is not risked.
    if ((await readRecord(place, model.id)) !== null) throw new Failure('llm-refused', `A model of the name “${model.name}” is kept in this browser already. Use that one; or delete it first, and then get this one.`);
    await demandOwnPlace(place, model);
    try {
      await discard(place, model.id);
      const folder = await modelFolder(place, model.id, true);
      if (folder === null) throw new Failure('save-failed', 'This browser did not let the page keep the model. You can still open a model’s file from this computer each time.');
      await writeText(folder, LLM_UNFINISHED, JSON.stringify(model));
      const put = await work({ model, putFile: (path, chunks) => putFile(folder, path, chunks), putCached: (cache, address, chunks) => putCached(place, cache, address, chunks) });
      const stored = recordOf(model, put);
      await writeText(folder, LLM_RECORD, JSON.stringify(stored));
      await folder.removeEntry(LLM_UNFINISHED);
      return stored;
    } catch (error) {
      await discard(place, model.id).catch(() => undefined);
      throw storageFailure(error);
    }
  });
}

/** All models that are kept, by name; clears away what did not become one. */
export async function storedModels(place: LlmPlace): Promise<readonly LlmStored[]> {
  const found: LlmStored[] = [];
  for (const id of await ids(place)) {
    const stored = await readRecord(place, id);
    if (stored !== null) found.push(stored);
    // Whoever holds the lock is still at it, perhaps in another tab.
    else await place.locks.request(lockOf(id), { ifAvailable: true }, (lock) => (lock === null ? undefined : discard(place, id)));
  }
  return found.sort((one, other) => one.model.name.localeCompare(other.model.name, 'en'));
}

export async function readRecord(place: LlmPlace, id: string): Promise<LlmStored | null> {
  const folder = isModelId(id) ? await modelFolder(place, id, false) : null;
  const json = folder === null ? null : await readText(folder, LLM_RECORD);
  return json === null ? null : readStored(json, id);
}

/** Deletes a model with all that belongs to it. @throws Failure 'llm-unavailable' while another tab is at it */
export async function removeModel(place: LlmPlace, id: string): Promise<void> {
  await exclusively(place, id, () => discard(place, id));
}

export async function removeAll(place: LlmPlace): Promise<void> {
  for (const id of await ids(place)) await removeModel(place, id);
  await (await place.root()).removeEntry(LLM_STORE, { recursive: true }).catch(nullWhereNone);
}

function recordOf(model: LlmModel, put: ReadonlyMap<string, Passed>): LlmStored {
  const files: LlmFile[] = [...put].filter(([path]) => path !== model.library).map(([path, passed]) => ({ path, ...passed }));
  const bytes = [...put.values()].reduce((sum, passed) => sum + passed.bytes, 0);
  return { model: { ...model, files, bytes }, bytes, sha256: Object.fromEntries([...put].map(([path, { sha256 }]) => [path, sha256])) };
}

async function putFile(folder: FileSystemDirectoryHandle, path: string, chunks: Chunks): Promise<void> {
  const writable = await (await folder.getFileHandle(storedName(path), { create: true })).createWritable();
  try {
    for await (const chunk of chunks) await writable.write(chunk);
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
  await writable.close();
}

async function putCached(place: LlmPlace, name: WebllmCache, address: string, chunks: Chunks): Promise<void> {
  // The body of a cached answer may fail with an error of the cache's own: what went wrong is remembered here.
  let trouble: unknown;
  const watched = (async function* () {
    try {
      yield* chunks;
    } catch (error) {
      trouble = error;
      throw error;
    }
  })();
  const type = address.endsWith('.wasm') ? 'application/wasm' : address.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  await (await place.caches.open(name)).put(address, new Response(streamOf(watched), { headers: { 'content-type': type } })).catch((error: unknown) => { throw trouble ?? error; });
  if (trouble !== undefined) throw trouble;
}

/** Deletes folder and cached files, whether complete or not; not what another model needs too. */
async function discard(place: LlmPlace, id: string): Promise<void> {
  const folder = await modelFolder(place, id, false);
  if (folder === null) return;
  const begun = parsed((await readText(folder, LLM_UNFINISHED)) ?? '');
  const model = (await readRecord(place, id))?.model ?? (isModel(begun) ? begun : null);
  if (model?.runtime === 'webllm') await uncache(place, model);
  await (await storeFolder(place, false))?.removeEntry(id, { recursive: true }).catch(nullWhereNone);
}

async function uncache(place: LlmPlace, model: LlmModel): Promise<void> {
  const others = await othersThan(place, model);
  const own = webllmFolder(model.base);
  const free = (address: string): boolean => (address === model.library ? others.every((other) => other.model.library !== address) : address.startsWith(own));
  for (const name of WEBLLM_CACHES) {
    if (!(await place.caches.has(name))) continue;
    const cache = await place.caches.open(name);
    const keys = await cache.keys();
    const doomed = keys.filter(({ url }) => free(url));
    await Promise.all(doomed.map((key) => cache.delete(key)));
    if (doomed.length === keys.length) await place.caches.delete(name);
  }
}

/** Two models of WebLLM at one address would be put over one another. @throws Failure 'llm-refused' */
async function demandOwnPlace(place: LlmPlace, model: LlmModel): Promise<void> {
  if (model.runtime !== 'webllm') return;
  const own = webllmFolder(model.base);
  const other = (await othersThan(place, model)).find((one) => one.model.runtime === 'webllm' && webllmFolder(one.model.base) === own);
  if (other !== undefined) throw new Failure('llm-refused', `A model of the same address is kept in this browser already, by the name “${other.model.name}”. Use that one; or delete it first, and then get this one.`);
}

async function othersThan(place: LlmPlace, { id: own }: LlmModel): Promise<readonly LlmStored[]> {
  return (await Promise.all((await ids(place)).filter((id) => id !== own).map((id) => readRecord(place, id)))).filter((other) => other !== null);
}

async function ids(place: LlmPlace): Promise<string[]> {
  const store = await storeFolder(place, false);
  const found: string[] = [];
  if (store !== null) for await (const [name, { kind }] of store.entries()) if (kind === 'directory' && isModelId(name)) found.push(name);
  return found;
}

const lockOf = (id: string): string => `${LLM_STORE} ${id}`;

/** One tab or worker at a time may change a model (Web Locks). */
async function exclusively<T>(place: LlmPlace, id: string, work: () => Promise<T>): Promise<T> {
  if (!isModelId(id)) throw new Failure('llm-refused', 'This model has no name that a folder can have. Choose another one.');
  return place.locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
    if (lock === null) throw new Failure('llm-unavailable', 'This model is being fetched or deleted in another tab right now. Wait until that is done, or stop it there, then try again.');
    return work();
  }) as Promise<T>;
}
