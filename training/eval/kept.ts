import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

const FOLDER = new URL('../../.cache/eval/', import.meta.url);

/** Names the content of arrays, for a key. */
export function contentOf(arrays: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest('hex');
}

/**
 * What `make` gives, computed once for each key; the folder may be deleted at any time.
 * @param key all that the result depends on; raise a number in it when the code that makes it changes
 */
export function kept<T>(name: string, key: readonly unknown[], make: () => T): T {
  const file = new URL(`${name}-${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16)}.bin`, FOLDER);
  try {
    return deserialize(readFileSync(file)) as T;
  } catch {
    const made = make();
    mkdirSync(FOLDER, { recursive: true });
    // Never half a file, also where two runs end at once.
    const half = new URL(`${file.href}.${process.pid}`);
    writeFileSync(half, serialize(made));
    renameSync(half, file);
    return made;
  }
}
