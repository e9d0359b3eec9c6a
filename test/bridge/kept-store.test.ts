import { afterEach, describe, expect, test, vi } from 'vitest';
import { deleteKept, readKept, writeKept } from '../../src/bridge/kept-store.ts';
import type { Kept } from '../../src/bridge/kept-store.ts';

const KEPT: Kept = { text: '{}', since: 1, written: 2, stamp: 'a' };

/** A request that ends as told, once somebody listens. */
function request(end: { readonly result?: unknown; readonly error?: Error; readonly upgrade?: boolean }): IDBOpenDBRequest {
  const made = { ...end, transaction: null } as unknown as IDBOpenDBRequest & { transaction: unknown };
  setTimeout(() => {
    if (end.upgrade === true) {
      let aborted = false;
      made.transaction = { abort: () => { aborted = true; } } as unknown as IDBTransaction;
      made.onupgradeneeded?.({} as IDBVersionChangeEvent);
      if (aborted) return made.onerror?.({} as Event);
    }
    return end.error === undefined ? made.onsuccess?.({} as Event) : made.onerror?.({} as Event);
  });
  return made;
}

/** A database with one record in it, or none; `full` where nothing more goes in. */
function database(record: unknown, full = false): { readonly factory: IDBFactory; readonly put: ReturnType<typeof vi.fn>; readonly close: ReturnType<typeof vi.fn> } {
  const put = vi.fn();
  const close = vi.fn();
  const transaction = () => {
    const made = { objectStore: () => ({ get: () => request({ result: record }), put }), error: new DOMException('no room', 'QuotaExceededError'), oncomplete: null, onabort: null } as unknown as IDBTransaction;
    // After the read, and whatever is put then.
    setTimeout(() => setTimeout(() => setTimeout(() => (full ? made.onabort?.({} as Event) : made.oncomplete?.({} as Event)))));
    return made;
  };
  return { put, close, factory: { open: () => request({ result: { transaction, close } }), deleteDatabase: () => request({ result: undefined }) } as unknown as IDBFactory };
}

afterEach(() => vi.unstubAllGlobals());

describe('what is kept', () => {
  test('is read, and the connection closed, so that another tab can delete', async () => {
    const { factory, close } = database(KEPT);
    expect(await readKept(factory)).toEqual(KEPT);
    expect(close).toHaveBeenCalledOnce();
  });

  test('is nothing where there is none, where it is of another form, and where there is no database: then none is made', async () => {
    expect(await readKept(database(undefined).factory)).toBeNull();
    expect(await readKept(database({ text: 7 }).factory)).toBeNull();
    expect(await readKept({ open: () => request({ upgrade: true, error: new DOMException('aborted', 'AbortError') }) } as unknown as IDBFactory)).toBeNull();
  });

  test('is said to be denied where the browser does not even let the page look', async () => {
    vi.stubGlobal('indexedDB', undefined);
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get() { throw new DOMException('denied', 'SecurityError'); } });
    await expect(readKept()).rejects.toThrow(/site data is blocked/);
    await expect(deleteKept()).rejects.toThrow(/Save a bundle instead/);
  });

  test('is written where nothing else was written meanwhile', async () => {
    const { factory, put } = database(KEPT);
    await writeKept({ ...KEPT, stamp: 'b' }, 'a', factory);
    expect(put.mock.calls[0][0]).toMatchObject({ stamp: 'b' });
    await expect(writeKept({ ...KEPT, stamp: 'c' }, 'other', factory)).rejects.toMatchObject({ name: 'save-failed', message: expect.stringContaining('Another tab') });
    await expect(writeKept({ ...KEPT, stamp: 'c' }, null, factory)).rejects.toMatchObject({ name: 'save-failed' });
    expect(put).toHaveBeenCalledOnce();
  });
});

describe('said in words, with what to do:', () => {
  test('a full disk', async () => {
    const { factory, close } = database(undefined, true);
    await expect(writeKept(KEPT, null, factory)).rejects.toMatchObject({ name: 'storage-full', message: expect.stringContaining('save a bundle') });
    expect(close).toHaveBeenCalledOnce();
  });

  test.each([
    ['a private window', () => request({ error: new DOMException('no', 'InvalidStateError') })],
    ['site data that is blocked', () => { throw new DOMException('no', 'SecurityError'); }],
  ])('%s', async (_, open) => {
    await expect(writeKept(KEPT, null, { open } as unknown as IDBFactory)).rejects.toMatchObject({ name: 'save-failed', message: expect.stringMatching(/private window.*Save a bundle instead/) });
  });

  test('a browser without storage', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(readKept()).rejects.toMatchObject({ name: 'save-failed' });
    await expect(deleteKept(database(null).factory)).resolves.toBeUndefined();
  });
});
