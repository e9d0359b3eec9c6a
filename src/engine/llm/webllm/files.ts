import type { LlmModel } from '../../../contract/llm.ts';
import { Failure } from '../../../contract/failure.ts';
import { isFields } from '../fields.ts';
import type { Fields } from '../fields.ts';

/*
 * What WebLLM 0.2.86 asks for and under which address, as its own code makes it up (its `cleanModelUrl`, `reloadInternal`,
 * `asyncLoadTokenizer`, `fetchTensorCache`). It looks into these caches of the Cache API first; what lies there under exactly
 * these addresses is never fetched.
 */
export type WebllmCache = 'webllm/config' | 'webllm/wasm' | 'webllm/model';
export const WEBLLM_CACHES: readonly WebllmCache[] = ['webllm/config', 'webllm/wasm', 'webllm/model'];

/** One file of a model, as the loader asks for it. */
export interface WebllmFile {
  readonly cache: WebllmCache;
  /** What the loader asks for: the key in the cache. */
  readonly address: string;
  /** Relative to the folder of the model's files; of the model library its file name, which need not lie there. */
  readonly path: string;
  /** Other names of the same file, for folders that were made for older versions of WebLLM. */
  readonly aliases: readonly string[];
  /** 0 where no file says. */
  readonly bytes: number;
}

/** What is needed of a model to know its files. */
export type WebllmPlace = Pick<LlmModel, 'base' | 'library'>;

/** Configuration and list of shards are small; what is larger is neither. */
export const LIST_BYTES_MAX = 32e6;

const CONFIG = 'mlc-chat-config.json';
const TENSORS = 'tensor-cache.json';
/** The name until TVM renamed it in 2025; the content is the same. */
const OLDER_TENSORS = 'ndarray-cache.json';
const TOKENIZERS = ['tokenizer.json', 'tokenizer.model'] as const;

/** Where the loader looks for a model's files: `resolve/main/` is added unless the address has a revision already. */
export function webllmFolder(base: string): string {
  const address = base.endsWith('/') ? base : `${base}/`;
  return absolute(/.+\/resolve\/.+\//.test(address) ? address : `${address}resolve/main/`);
}

/**
 * The address of the model library as the loader must be told it: where it reads "localhost" (in small letters) it does not look
 * into storage. Names of hosts may be written in capitals, and are small again in the cache's key.
 */
export function loaderAddress(library: string): string {
  const address = absolute(library);
  const { origin } = new URL(address);
  return origin.replaceAll('localhost', 'LOCALHOST') + address.slice(origin.length).replaceAll('localhost', '%6Cocalhost');
}

/** The files that must be read to know the others: the settings, the list of the weights; and the model library. */
export function firstFilesOfWebllm(place: WebllmPlace): { readonly config: WebllmFile; readonly tensors: WebllmFile; readonly library: WebllmFile } {
  const folder = webllmFolder(place.base);
  const library = new URL(loaderAddress(place.library)).href;
  return {
    config: { cache: 'webllm/config', address: folder + CONFIG, path: CONFIG, aliases: [], bytes: 0 },
    tensors: { cache: 'webllm/model', address: folder + TENSORS, path: TENSORS, aliases: [OLDER_TENSORS], bytes: 0 },
    library: { cache: 'webllm/wasm', address: library, path: decodeURIComponent(new URL(library).pathname.split('/').at(-1) ?? ''), aliases: [], bytes: 0 },
  };
}

/**
 * All files that the loader will ask for, in the order in which it does.
 * @param config what `mlc-chat-config.json` says, parsed
 * @param tensors what `tensor-cache.json` (earlier `ndarray-cache.json`) says, parsed
 * @throws Failure 'llm-refused' where these are not the files of a model
 */
export function filesOfWebllm(place: WebllmPlace, config: unknown, tensors: unknown): readonly WebllmFile[] {
  const folder = webllmFolder(place.base);
  const first = firstFilesOfWebllm(place);
  const inFolder = (path: string, bytes: number): WebllmFile => ({ cache: 'webllm/model', address: inside(folder, path), path, aliases: [], bytes });
  const shards = shardsOf(tensors).map(({ path, bytes }) => inFolder(path, bytes));
  return [first.config, first.library, inFolder(tokenizerOf(config), 0), first.tensors, ...shards];
}

/**
 * Bytes of the largest piece of memory that the graphics card must give out at once for the weights.
 * @throws Failure 'llm-refused'
 */
export function largestTensor(tensors: unknown): number {
  let largest = 0;
  for (const shard of recordsOf(tensors)) {
    for (const record of listOf(shard['records'])) largest = Math.max(largest, sizeOnCard(record));
  }
  return largest;
}

/** Numbers that are stored in half the room are unpacked before the card gets them. */
function sizeOnCard(record: Readonly<Record<string, unknown>>): number {
  const bytes = numberOf(record['nbytes']);
  return record['format'] === 'f32-to-bf16' ? 2 * bytes : bytes;
}

function shardsOf(tensors: unknown): { path: string; bytes: number }[] {
  const shards = new Map<string, number>();
  for (const shard of recordsOf(tensors)) {
    const path = shard['dataPath'];
    if (typeof path !== 'string' || path === '') throw notAModel(TENSORS);
    shards.set(path, numberOf(shard['nbytes']));
  }
  return [...shards].map(([path, bytes]) => ({ path, bytes }));
}

function recordsOf(tensors: unknown): Readonly<Record<string, unknown>>[] {
  const shards = isFields(tensors) ? listOf(tensors['records']) : [];
  if (shards.length === 0) throw notAModel(TENSORS);
  return shards;
}

function tokenizerOf(config: unknown): string {
  const named: readonly unknown[] = isFields(config) && Array.isArray(config['tokenizer_files']) ? config['tokenizer_files'] : [];
  const found = TOKENIZERS.find((name) => named.includes(name));
  if (found === undefined) throw notAModel(CONFIG);
  return found;
}

/** A list of weights could name files of other places; a model's files lie in its folder. */
function inside(folder: string, path: string): string {
  const address = new URL(path, folder).href;
  if (!address.startsWith(folder)) throw new Failure('llm-refused', `This model's list of files (${TENSORS}) names a file outside of its own folder, "${path.slice(0, 80)}". It was not loaded. Get the model from another place.`);
  return address;
}

function absolute(address: string): string {
  if (!URL.canParse(address)) throw new Failure('llm-refused', `"${address.slice(0, 120)}" is not a full web address. A WebLLM model needs two: of its folder, and of its compiled library (a .wasm file).`);
  return new URL(address).href;
}

function notAModel(file: string): Failure {
  return new Failure('llm-refused', `The file ${file} is not what WebLLM expects, so this is not a model in its format (MLC) or it is damaged. Get the model again, or choose another one.`);
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
