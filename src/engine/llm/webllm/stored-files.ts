import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import { filesOfWebllm, firstFilesOfWebllm, largestTensor } from './files.ts';
import type { WebllmFile } from './files.ts';

/** Where files are kept, and how those of this site are had. */
export interface FileSource {
  /** Missing on pages that were not opened over https. */
  readonly caches?: CacheStorage;
  readonly fetch: (address: string) => Promise<Response>;
  readonly origin: string;
}

/** What must be known of a model's files before WebLLM is told to load them. */
export interface StoredModel {
  /** `mlc-chat-config.json`, parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Bytes; see `largestTensor`. */
  readonly largest: number;
  /** The tokenizer's own marks, such as "<|im_end|>". */
  readonly markers: readonly string[];
}

/**
 * Looks whether all files of a model are in storage, where WebLLM finds them without a network, and reads the small ones. What
 * lies on this site may be missing from storage: WebLLM fetches it.
 * @throws Failure 'llm-unavailable' where some are missing, 'llm-refused' where they are not those of a model; what the browser throws
 */
export async function storedModel(source: FileSource, model: LlmModel): Promise<StoredModel> {
  const { caches } = source;
  if (caches === undefined) throw new ReferenceError('caches is not defined');
  const first = firstFilesOfWebllm(model);
  const config: unknown = await json(await provided(source, caches, first.config, model), first.config);
  const tensors: unknown = await json(await provided(source, caches, first.tensors, model), first.tensors);
  const files = filesOfWebllm(model, config, tensors);
  const missing: string[] = [];
  for (const file of files) {
    if (!file.address.startsWith(`${source.origin}/`) && (await kept(caches, file)) === undefined) missing.push(file.path);
  }
  if (missing.length > 0) throw notThere(model, missing);
  const words = files.find(({ path }) => path === 'tokenizer.json');
  return {
    config: config as Readonly<Record<string, unknown>>,
    largest: largestTensor(tensors),
    markers: words === undefined ? [] : markersIn(await json(await provided(source, caches, words, model), words)),
  };
}

async function provided(source: FileSource, caches: CacheStorage, file: WebllmFile, model: LlmModel): Promise<Response> {
  const found = await kept(caches, file);
  if (found !== undefined) return found;
  if (!file.address.startsWith(`${source.origin}/`)) throw notThere(model, [file.path]);
  for (const name of [file.path, ...file.aliases]) {
    const response = await source.fetch(new URL(name, file.address).href);
    if (!response.ok) continue;
    await (await caches.open(file.cache)).put(file.address, response.clone());
    return response;
  }
  throw notThere(model, [file.path]);
}

async function kept(caches: CacheStorage, { cache, address }: WebllmFile): Promise<Response | undefined> {
  return (await caches.open(cache)).match(address);
}

async function json(response: Response, { path }: WebllmFile): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Failure('llm-refused', `The file ${path} of this model is damaged or is something else. Delete the model and get it again.`);
  }
}

/** Hugging Face's tokenizer.json lists them as `added_tokens`. */
function markersIn(words: unknown): string[] {
  const added: unknown = typeof words === 'object' && words !== null ? (words as Record<string, unknown>)['added_tokens'] : undefined;
  if (!Array.isArray(added)) return [];
  return added.map((token: { content?: unknown } | null) => token?.content).filter((content) => typeof content === 'string');
}

function notThere({ name }: LlmModel, missing: readonly string[]): Failure {
  const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
  return new Failure('llm-unavailable', `"${name}" is not complete in this browser: ${missing.slice(0, 3).join(', ')}${more} ${missing.length === 1 ? 'is' : 'are'} missing. Download the model again, or choose the folder with its files once more.`);
}
