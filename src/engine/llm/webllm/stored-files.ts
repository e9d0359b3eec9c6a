import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import { filesOfWebllm, firstFilesOfWebllm, largestTensor } from './files.ts';
import type { WebllmFile } from './files.ts';

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
 * Looks whether all files of a model are in storage, where WebLLM finds them without a network, and reads the small ones. Nothing is
 * fetched, from this site either: who is shown texts of logs shall ask no server for names that a model's own lists make up.
 * @param caches missing on pages that were not opened over https
 * @throws Failure 'llm-unavailable' where some are missing, 'llm-refused' where they are not those of a model; what the browser throws
 */
export async function storedModel(caches: CacheStorage | undefined, model: LlmModel): Promise<StoredModel> {
  if (caches === undefined) throw new ReferenceError('caches is not defined');
  const first = firstFilesOfWebllm(model);
  const config: unknown = await json(await provided(caches, first.config, model), first.config);
  const tensors: unknown = await json(await provided(caches, first.tensors, model), first.tensors);
  const files = filesOfWebllm(model, config, tensors);
  const missing: string[] = [];
  for (const file of files) {
    if ((await kept(caches, file)) === undefined) missing.push(file.path);
  }
  if (missing.length > 0) throw notThere(model, missing);
  const words = files.find(({ path }) => path === 'tokenizer.json');
  return {
    config: config as Readonly<Record<string, unknown>>,
    largest: largestTensor(tensors),
    markers: words === undefined ? [] : markersIn(await json(await provided(caches, words, model), words)),
  };
}

async function provided(caches: CacheStorage, file: WebllmFile, model: LlmModel): Promise<Response> {
  const found = await kept(caches, file);
  if (found === undefined) throw notThere(model, [file.path]);
  return found;
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
