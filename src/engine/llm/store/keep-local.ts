import { Failure } from '../../../contract/failure.ts';
import type { LlmModel, LlmStored } from '../../../contract/llm.ts';
import type { LlmFolderFile } from '../../../contract/llm-api.ts';
import { LLM_FOLDER } from '../../../contract/site.ts';
import { CATALOGUE } from '../catalogue.ts';
import { idOf, reasonsBy } from '../model-facts.ts';
import { LIST_BYTES_MAX, filesOfWebllm, firstFilesOfWebllm } from '../webllm/files.ts';
import type { WebllmFile } from '../webllm/files.ts';
import { chunksOf, hashed } from './chunks.ts';
import type { Chunks, Passed } from './chunks.ts';
import { recordedName } from './place.ts';
import type { LlmPlace } from './place.ts';
import { isFilePath, parsed } from './read-model.ts';
import { keepModel } from './records.ts';
import { demandRoom } from './room.ts';

/** Who is told how far a copy is, and can stop it. */
export interface Watch {
  readonly begin: (path: string, total: number) => void;
  readonly bytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Copies a GGUF of this computer. @throws Failure 'llm-refused' where it is none; as of `keepModel` */
export async function keepFile(place: LlmPlace, model: LlmModel, file: File, watch: Watch): Promise<LlmStored> {
  const begins = await file.slice(0, 4).text().catch((error: unknown) => { throw readFailure(file, error); });
  if (begins !== 'GGUF') throw new Failure('llm-refused', `${file.name} is not a language model in the GGUF format, or it is damaged. It was not kept. Download it again, or choose another file.`);
  await demandRoom(file.size, place.storage);
  const path = recordedName(model.files[0]?.path ?? file.name);
  return keepModel(place, { ...model, files: [{ path, bytes: file.size, sha256: '' }] }, async (keeping) => {
    const put = new Map<string, Passed>();
    await keeping.putFile(path, reading(file, path, file.size, watch, (passed) => put.set(path, passed)));
    return put;
  });
}

/**
 * Puts the files of a WebLLM model that a person chose where WebLLM looks for them.
 * @throws Failure 'llm-refused' where one is missing or is none
 */
export async function keepFolder(place: LlmPlace, chosen: readonly LlmFolderFile[], scope: string, watch: Watch): Promise<LlmStored> {
  const files = byName(chosen);
  const wasm = [...files.keys()].filter((path) => path.endsWith('.wasm'));
  // Files that were dropped by themselves come without their folder.
  const name = chosen.find(isConfig)?.path.split('/').at(-2) || wasm[0]?.split('/').at(-1)?.replace(/\.wasm$/, '') || 'model';
  const id = idOf(name);
  const listed = CATALOGUE.find((model) => model.id === id && model.runtime === 'webllm');
  const base = new URL(`${LLM_FOLDER}${id}/resolve/main/`, scope).href;
  if (!files.has('mlc-chat-config.json')) throw refused('In this folder there is no file mlc-chat-config.json, so it is not a model in the format of WebLLM (MLC). Choose the folder that holds that file; or a single file that ends in .gguf.');
  if (wasm.length !== 1) throw refused(wasm.length > 1 ? `This folder holds ${wasm.length} compiled libraries (.wasm). Leave only the one of this model in it.` : `In this folder the compiled library (a file that ends in .wasm) is missing. ${listed === undefined ? 'It comes with WebLLM, for each kind of model.' : `Download ${listed.library}`} and put it into the folder.`);
  const where = { base, library: base + encodeURIComponent(wasm[0]) };
  const first = firstFilesOfWebllm(where);
  const [config, tensors] = [await json(files, first.config), await json(files, first.tensors)];
  const wanted = filesOfWebllm(where, config, tensors);
  if (wanted.some(({ path }) => !isFilePath(path))) throw refused('This model’s list of files names one that cannot be. Get the model from another place.');
  const missing = wanted.filter((file) => fileOf(files, file) === undefined);
  if (missing.length > 0) throw refused(`In this folder ${missing.length === 1 ? 'a file of the model is missing' : `${missing.length} files of the model are missing`}: ${missing.slice(0, 3).map(({ path }) => path).join(', ')}${missing.length > 3 ? ', …' : ''}. Download the folder again, complete.`);
  const total = wanted.reduce((sum, file) => sum + (fileOf(files, file)?.size ?? 0), 0);
  await demandRoom(total, place.storage);
  const { memoryBytes = 0, parameters = 0, licence = '', needsF16 = /q\df16/.test(name) } = listed ?? {};
  const model: LlmModel = {
    id, name: listed?.name ?? name, runtime: 'webllm', origin: 'local', ...where, hosts: [], files: [], bytes: total,
    memoryBytes, parameters, licence, reasons: reasonsBy(name), needsF16,
  };
  return keepModel(place, model, async (keeping) => {
    const put = new Map<string, Passed>();
    for (const file of wanted) {
      const key = file.cache === 'webllm/wasm' ? model.library : file.path;
      const source = fileOf(files, file);
      if (source === undefined) continue;
      if (file.bytes > 0 && source.size !== file.bytes) throw refused(`${file.path} has ${source.size} bytes where the model’s list says ${file.bytes}: it was not downloaded to its end. Download it again.`);
      await keeping.putCached(file.cache, file.address, reading(source, file.path, total, watch, (passed) => put.set(key, passed)));
    }
    return put;
  });
}

async function* reading(file: File, path: string, total: number, watch: Watch, ended: (passed: Passed) => void): Chunks {
  watch.begin(path, total);
  try {
    for await (const chunk of hashed(chunksOf(file.stream()), watch.bytes, ended)) {
      watch.signal.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** What a browser says of a file that it cannot read (any more), in words for a person. Other errors are passed on. */
function readFailure(file: File, error: unknown): unknown {
  if (!(error instanceof DOMException) || error.name === 'AbortError') return error;
  return new Failure('file-unreadable', `${file.name} could not be read to its end (${error.message}): it was moved, changed or is on a drive that is gone. Nothing of it was kept. Choose it again.`);
}

/** Without the folder that was chosen; what lies in folders below it keeps those. */
function byName(chosen: readonly LlmFolderFile[]): Map<string, File> {
  const config = chosen.find(isConfig)?.path ?? '';
  const folder = config.slice(0, config.lastIndexOf('/') + 1);
  return new Map(chosen.filter(({ path }) => path.startsWith(folder)).map(({ path, file }) => [path.slice(folder.length), file]));
}

const isConfig = ({ path }: LlmFolderFile): boolean => path.split('/').at(-1) === 'mlc-chat-config.json';

const fileOf = (files: ReadonlyMap<string, File>, { path, aliases }: WebllmFile): File | undefined => [path, ...aliases].map((name) => files.get(name)).find((file) => file !== undefined);

async function json(files: ReadonlyMap<string, File>, wanted: WebllmFile): Promise<unknown> {
  const file = fileOf(files, wanted);
  if (file === undefined) throw refused(`In this folder the file ${wanted.path} is missing. Download the folder again, complete.`);
  return file.size > LIST_BYTES_MAX ? undefined : parsed(await file.text());
}

const refused = (words: string): Failure => new Failure('llm-refused', words);
