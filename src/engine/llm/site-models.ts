import { Failure } from '../../contract/failure.ts';
import type { LlmFile, LlmModel } from '../../contract/llm.ts';
import { LLM_FOLDER, LLM_LIST } from '../../contract/site.ts';
import { idAt, memoryOf, reasonsBy } from './model-facts.ts';
import { chunksOf } from './store/chunks.ts';
import { isFields } from './fields.ts';
import { isFilePath, isModel, parsed } from './store/read-model.ts';

/** Larger lists are not read. */
const MAX_LIST_BYTES = 200_000;
const MAX_MODELS = 100;

/**
 * Models that whoever runs this site offers beside it: `llm/models.json`, one object with one member, `models`, an array of
 *
 *     { "name": "Qwen3 0.6B", "gguf": ["Qwen3-0.6B-Q8_0.gguf"], "bytes": [639446688], "sha256": ["9465…"] }
 *     { "name": "Qwen3 0.6B", "webllm": "Qwen3-0.6B-q4f16_1-MLC", "library": "Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm" }
 *
 * `gguf`: files below `llm/`, in order; `bytes` and `sha256` of each, both optional. `webllm`: a folder below `llm/`, in which
 * the model's files are in `resolve/main/`, and `library`, a file below `llm/`. Optional for both: `memoryBytes`, `parameters`,
 * `licence`, `reasons`, `needsF16`, as in LlmModel.
 * @param scope address of the folder of the page
 * @throws Failure 'llm-refused' where it is no such list; it names the entry
 */
export function readSiteModels(json: string, scope: string): readonly LlmModel[] {
  const list = json.length > MAX_LIST_BYTES ? undefined : parsed(json);
  if (!isFields(list) || !Array.isArray(list['models']) || list['models'].length > MAX_MODELS) throw refused('it is not an object with a list "models"');
  const models = list['models'].map((entry: unknown, index) => modelOf(entry, scope) ?? refuse(index));
  if (new Set(models.map(({ id }) => id)).size < models.length) throw refused('two entries have the same file or folder');
  return models;
}

/** Reads the list of this site; empty where there is none. @throws Failure 'llm-refused' | 'llm-unavailable' */
export async function fetchSiteModels(scope: string, fetch: (address: string, init: RequestInit) => Promise<Response>): Promise<readonly LlmModel[]> {
  const response = await fetch(new URL(LLM_LIST, scope).href, { cache: 'no-cache' }).catch(() => null);
  if (response === null) throw new Failure('llm-unavailable', 'The site does not answer, so its own language models could not be looked up. What is kept in this browser, and files of this computer, work all the same.');
  // Many servers answer an unknown address with their start page and status 200.
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) return [];
  return readSiteModels(await textOf(response), scope);
}

/** No more is read than a list may have, whatever the server says or sends. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  if (body !== null) for await (const chunk of chunksOf(body)) {
    bytes += chunk.length;
    // Leaving the loop ends the download.
    if (bytes > MAX_LIST_BYTES) throw refused('it is too large');
    chunks.push(chunk);
  }
  return new Blob(chunks).text();
}

function modelOf(entry: unknown, scope: string): LlmModel | null {
  if (!isFields(entry)) return null;
  const { name, memoryBytes = 0, parameters = 0, licence = '', needsF16 } = entry;
  const files = filesOf(entry);
  const folder = entry['webllm'];
  const [first] = files;
  const own = first?.path ?? folder;
  if (typeof own !== 'string' || (first === undefined) === (folder === undefined)) return null;
  if (first === undefined && !(isFilePath(folder) && isFilePath(entry['library']))) return null;
  const at = (path: string): string => new URL(LLM_FOLDER + path.split('/').map(encodeURIComponent).join('/'), scope).href;
  const bytes = files.every((file) => file.bytes > 0) ? files.reduce((sum, file) => sum + file.bytes, 0) : 0;
  const { reasons = reasonsBy(own) } = entry;
  const place = first === undefined ? { base: `${at(folder as string)}/resolve/main/`, library: at(entry['library'] as string) } : { base: at(''), library: '' };
  const model: unknown = {
    ...place, id: idAt('site', at(own), own.split('/').at(-1) ?? own), name, runtime: first === undefined ? 'webllm' : 'wllama', origin: 'site', hosts: [], files, bytes,
    memoryBytes: memoryBytes === 0 ? memoryOf(bytes) : memoryBytes, parameters, licence, reasons, needsF16: needsF16 ?? /q\df16/.test(own),
  };
  return isModel(model) ? model : null;
}

function filesOf({ gguf, bytes, sha256 }: Readonly<Record<string, unknown>>): LlmFile[] {
  const item = (list: unknown, index: number): unknown => (Array.isArray(list) ? (list as unknown[])[index] : undefined);
  return Array.isArray(gguf) ? gguf.map((path: unknown, index) => ({ path: path as string, bytes: (item(bytes, index) ?? 0) as number, sha256: (item(sha256, index) ?? '') as string })) : [];
}

function refuse(index: number): never {
  throw refused(`entry ${index + 1} is not one: it needs "name", and either "gguf" (a list of files) or "webllm" and "library"; sizes are whole numbers, hashes 64 hexadecimal digits in lower case`);
}

function refused(why: string): Failure {
  return new Failure('llm-refused', `This site’s list of language models (${LLM_LIST}) cannot be used: ${why}. Whoever runs the site can mend it; models of the list that Winnow comes with, and files of this computer, work all the same.`);
}
