import { Failure } from '../../../contract/failure.ts';
import { LLM_STORE } from '../../../contract/site.ts';
import type { Estimates } from './room.ts';

/** What language models are kept with. */
export interface LlmPlace {
  /** Root of the origin-private file system. */
  readonly root: () => Promise<FileSystemDirectoryHandle>;
  readonly caches: CacheStorage;
  readonly locks: Pick<LockManager, 'request'>;
  readonly storage: Estimates;
}

interface Scope {
  readonly navigator: { readonly storage?: Partial<StorageManager>; readonly locks?: LockManager };
  readonly caches?: CacheStorage;
}

/** The place of a worker. @throws Failure 'llm-unavailable' where it has none of that: on plain http, with site data switched off */
export function placeOf(scope: Scope): LlmPlace {
  const { caches, navigator: { storage, locks } } = scope;
  const root = storage?.getDirectory?.bind(storage);
  if (caches === undefined || locks === undefined || root === undefined) {
    throw new Failure('llm-unavailable', 'This browser keeps no files for this address: it is opened over plain http, or site data is switched off, or the browser is too old. You can still open a model’s file (.gguf) from this computer each time.');
  }
  const estimate = storage?.estimate?.bind(storage);
  return { root, caches, locks, storage: estimate === undefined ? {} : { estimate } };
}

/** The folder of all models; null where there is none and none is to be made. */
export async function storeFolder(place: LlmPlace, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  return (await place.root()).getDirectoryHandle(LLM_STORE, { create }).catch(nullWhereNone);
}

export async function modelFolder(place: LlmPlace, id: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  const store = await storeFolder(place, create);
  return store === null ? null : store.getDirectoryHandle(id, { create }).catch(nullWhereNone);
}

/** A name of a file of this computer as a record may have it (`isFilePath`). */
export function recordedName(name: string): string {
  const plain = name.replace(/[/\\?#%:\p{Cc}\p{Cs}]/gu, '_');
  return /^\.{0,2}$/.test(plain) ? 'model.gguf' : plain;
}

/** Names of files are one level deep: a path with folders becomes one name. */
export const storedName = (path: string): string => `file-${encodeURIComponent(path)}`;

export async function readText(folder: FileSystemDirectoryHandle, name: string): Promise<string | null> {
  const handle = await folder.getFileHandle(name).catch(nullWhereNone);
  return handle === null ? null : (await handle.getFile()).text();
}

/** What is written appears when all of it is there (File System, `FileSystemWritableFileStream`). */
export async function writeText(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  // Safari has it from version 26 on.
  if (!('createWritable' in handle)) throw new Failure('llm-unavailable', 'This browser is too old to keep a model. Use a newer one; or open the model’s file (.gguf) from this computer each time.');
  const writable = await handle.createWritable();
  await writable.write(text);
  await writable.close();
}

export function nullWhereNone(error: unknown): null {
  if ((error instanceof Error || error instanceof DOMException) && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')) return null;
  throw error;
}
