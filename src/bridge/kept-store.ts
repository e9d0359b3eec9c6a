import { Failure } from '../contract/failure.ts';

/** The one database of this page, and all that is in it. */
export const KEPT_DATABASE = 'winnow';
const STORE = 'kept';
const KEY = 'taught';
const CARRIED = 'carried';

/** What a person wanted kept between visits. */
export interface Kept {
  /** A bundle, as it would be saved to a file. */
  readonly text: string;
  /** When keeping was switched on, and when this was written; epoch ms. */
  readonly since: number;
  readonly written: number;
  /** Another one with every write, so that two tabs notice one another. */
  readonly stamp: string;
}

/** What is taken along when the page changes to a newer build: written before, deleted once it was taken over. */
export interface Carried {
  /** A bundle. */
  readonly text: string;
  readonly lessons: number;
  /** A file of formats that the person described; '' where there are none. */
  readonly formats: string;
  /** A log was open. */
  readonly open: boolean;
}

/** The kept record; null if there is none. Looking makes no database. @throws Failure 'save-failed' */
export async function readKept(factory = storage()): Promise<Kept | null> {
  const kept = await found(KEY, factory);
  return isKept(kept) ? kept : null;
}

/** What was taken along; null if there is nothing. @throws Failure 'save-failed' */
export async function readCarried(factory = storage()): Promise<Carried | null> {
  const carried = await found(CARRIED, factory);
  return isCarried(carried) ? carried : null;
}

/** @throws Failure 'storage-full' | 'save-failed' */
export async function writeCarried(carried: Carried, factory = storage()): Promise<void> {
  await changed(factory, (store) => void store.put(carried, CARRIED));
}

/** Deletes what was taken along, and the database where nothing else is in it. @throws Failure 'save-failed' */
export async function deleteCarried(factory = storage()): Promise<void> {
  if ((await found(KEY, factory)) === undefined) await deleteKept(factory);
  else await changed(factory, (store) => void store.delete(CARRIED));
}

/** Size of all texts in the database. @throws Failure 'save-failed' */
export async function keptBytes(factory = storage()): Promise<number> {
  const [kept, carried] = [await readKept(factory), await readCarried(factory)];
  return new TextEncoder().encode([kept?.text, carried?.text, carried?.formats].join('')).length;
}

/**
 * Writes the record, unless there is another one than `expected` (null: none).
 * @throws Failure 'storage-full'; 'save-failed' where the browser does not allow it or another tab has written meanwhile
 */
export async function writeKept(kept: Kept, expected: string | null, factory = storage()): Promise<void> {
  await changed(factory, async (store) => {
    const found: unknown = await answered(store.get(KEY));
    if ((isKept(found) ? found.stamp : null) !== expected) {
      throw new Failure('save-failed', 'Another tab with this page has changed what is kept on this computer, so this tab leaves it alone. Save a bundle here to lose nothing; a reload takes over what the other tab kept.');
    }
    store.put(kept, KEY);
  });
}

/** Deletes the database with all that is in it. @throws Failure 'save-failed' */
export async function deleteKept(factory = storage()): Promise<void> {
  await answered(factory.deleteDatabase(KEPT_DATABASE));
}

/** One record, whatever it is; undefined if there is none. */
async function found(key: string, factory: IDBFactory): Promise<unknown> {
  const database = await opened(factory, false);
  if (database === null) return undefined;
  try {
    return await answered<unknown>(database.transaction(STORE).objectStore(STORE).get(key));
  } finally {
    database.close();
  }
}

/** One transaction that changes something. */
async function changed(factory: IDBFactory, change: (store: IDBObjectStore) => Promise<void> | void): Promise<void> {
  const database = await opened(factory, true);
  if (database === null) throw denied('it gave no reason');
  try {
    const transaction = database.transaction(STORE, 'readwrite');
    await change(transaction.objectStore(STORE));
    await completed(transaction);
  } finally {
    database.close();
  }
}

function storage(): IDBFactory {
  let found: IDBFactory | null | undefined;
  try {
    found = (globalThis as { indexedDB?: IDBFactory | null }).indexedDB;
  } catch (error) {
    // Where site data is blocked, some browsers do not even let a page look.
    throw told(error);
  }
  if (found === undefined || found === null) throw denied('it has no storage for pages');
  return found;
}

/** Null where the database is not there and is not to be made. Connections are short, so that no tab keeps another from deleting. */
function opened(factory: IDBFactory, make: boolean): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    let request: IDBOpenDBRequest;
    try {
      request = factory.open(KEPT_DATABASE, 1);
    } catch (error) {
      reject(told(error));
      return;
    }
    let absent = false;
    request.onupgradeneeded = () => {
      if (make) request.result.createObjectStore(STORE);
      else {
        absent = true;
        request.transaction?.abort();
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (absent ? resolve(null) : reject(told(request.error)));
    request.onblocked = () => reject(denied('another tab with an older version of this page is open'));
  });
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(told(request.error));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // A full disk shows when the transaction ends, not at the write (Indexed Database API, section 5.3).
    transaction.onabort = () => reject(told(transaction.error));
  });
}

function told(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') {
    return new Failure('storage-full', 'There is no room left to keep what you taught on this computer. What is open is not affected: save a bundle, or free some space and switch keeping on again.');
  }
  return denied(name === 'SecurityError' || name === 'InvalidStateError' ? 'a private window, or site data is blocked' : error instanceof Error ? error.message : 'it gave no reason');
}

function denied(reason: string): Failure {
  return new Failure('save-failed', `This browser does not let the page keep anything on this computer (${reason}). Save a bundle instead; it holds the same.`);
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { text, since, written, stamp } = value as Partial<Kept>;
  return typeof text === 'string' && typeof since === 'number' && typeof written === 'number' && typeof stamp === 'string';
}

function isCarried(value: unknown): value is Carried {
  if (typeof value !== 'object' || value === null) return false;
  const { text, lessons, formats, open } = value as Partial<Carried>;
  return typeof text === 'string' && typeof lessons === 'number' && typeof formats === 'string' && typeof open === 'boolean';
}
