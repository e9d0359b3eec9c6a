import { Failure } from '../../../contract/failure.ts';
import type { LlmStored } from '../../../contract/llm.ts';
import { firstFilesOfWebllm, webllmFolder } from '../webllm/files.ts';
import type { WebllmCache } from '../webllm/files.ts';
import { hashFile } from './chunks.ts';
import { modelFolder, nullWhereNone, storedName } from './place.ts';
import type { LlmPlace } from './place.ts';

/**
 * Checks each file of a kept model against size and hash of the day it was kept.
 * @param onFile told before each file, and `onBytes` after each chunk
 * @returns the GGUF files; none for WebLLM, which looks into the Cache API itself
 * @throws Failure 'llm-refused' where one is gone or was changed; AbortError
 */
export async function openStored(place: LlmPlace, stored: LlmStored, on: { readonly file: (path: string) => void; readonly bytes: (bytes: number) => void; readonly signal: AbortSignal }): Promise<readonly File[]> {
  const { model, sha256 } = stored;
  const files: File[] = [];
  for (const path of Object.keys(sha256)) {
    on.file(path);
    const found = model.runtime === 'webllm' ? await cached(place, stored, path) : await file(place, model.id, path);
    const bytes = model.files.find((entry) => entry.path === path)?.bytes;
    if (found === null) throw changed(stored, path, 'is gone');
    if (bytes !== undefined && found.size !== bytes) throw changed(stored, path, 'has another size');
    const hash = await hashFile(found, on.bytes, on.signal).catch((error: unknown) => {
      if (on.signal.aborted || !(error instanceof DOMException)) throw error;
      throw changed(stored, path, 'could not be read to its end');
    });
    if (hash !== sha256[path]) throw changed(stored, path, 'was changed');
    if (found instanceof File) files.push(found);
  }
  return files;
}

async function file(place: LlmPlace, id: string, path: string): Promise<File | null> {
  const folder = await modelFolder(place, id, false);
  const handle = await folder?.getFileHandle(storedName(path)).catch(nullWhereNone);
  // Under the name that it came with, which the runtime may show.
  return handle == null ? null : new File([await handle.getFile()], path.split('/').at(-1) ?? path);
}

async function cached(place: LlmPlace, { model }: LlmStored, path: string): Promise<Blob | null> {
  const first = firstFilesOfWebllm(model);
  const name: WebllmCache = path === model.library ? 'webllm/wasm' : path === first.config.path ? 'webllm/config' : 'webllm/model';
  const address = path === model.library ? first.library.address : new URL(path, webllmFolder(model.base)).href;
  if (!(await place.caches.has(name))) return null;
  return (await (await place.caches.open(name)).match(address))?.blob() ?? null;
}

function changed({ model }: LlmStored, path: string, what: string): Failure {
  return new Failure('llm-refused', `“${model.name}” as it is kept in this browser is not what was put there: ${path.split('/').at(-1)} ${what}. It was not loaded. Delete the model and get it again.`);
}
