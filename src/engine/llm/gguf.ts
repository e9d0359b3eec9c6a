import { Failure } from '../../contract/failure.ts';
import { blockOf } from './gguf-types.ts';
import { GgufCursor } from './gguf-cursor.ts';

/** What the header of a GGUF file tells. Numbers are 0, texts '' where it says nothing. */
export interface GgufHeader {
  /** `general.architecture`: `llama`, `qwen2`, `gemma3`, … */
  readonly architecture: string;
  readonly name: string;
  readonly licence: string;
  /** Weights, counted over the tensors of this file. */
  readonly parameters: number;
  /** Tokens that it was trained for. */
  readonly contextTokens: number;
  readonly layers: number;
  readonly embedding: number;
  /** Numbers kept per token and layer: keys and values of all heads. */
  readonly keptPerLayer: number;
  readonly vocabulary: number;
  /** Jinja. */
  readonly chatTemplate: string;
  /** How long the file has to be, by its own list of tensors. */
  readonly bytes: number;
  /** Of a model in several files: which of how many, from 0. */
  readonly split: { readonly no: number; readonly count: number } | null;
}

/** Far above what models have (some hundreds and thousands): only hostile headers say more. */
const MAX_ENTRIES = 100_000;
const MAX_KEY_BYTES = 65_535;
const MAX_DIMENSIONS = 8;
const TEMPLATE = 'tokenizer.chat_template';
/** Those of known models have some thousands. */
const MAX_TEMPLATE_BYTES = 1_000_000;
/** `general.alignment` where it is not said. */
const ALIGNMENT = 32;

type Value = number | string | boolean | { readonly length: number; readonly largest: number };

/**
 * Reads the header of a GGUF file (specification: ggml, docs/gguf.md, versions 2 and 3), whatever stands in it: never more
 * than some megabytes of it are held, and nothing is believed that the file is too short for.
 * @param name said in messages
 * @throws Failure 'llm-refused' for anything but a whole GGUF file; the browser's own error where it cannot be read
 */
export async function readGguf(file: Blob, name: string): Promise<GgufHeader> {
  const cursor = new GgufCursor(file, name);
  await opening(cursor, file, name);
  const tensors = await cursor.size(MAX_ENTRIES, 'tensors');
  const entries = await cursor.size(MAX_ENTRIES, 'entries');
  const values = new Map<string, Value>();
  for (let entry = 0; entry < entries; entry++) {
    const key = await cursor.text(MAX_KEY_BYTES);
    values.set(key, await valueOf(cursor, await cursor.u32(), key === TEMPLATE ? MAX_TEMPLATE_BYTES : Infinity));
  }
  const list = await listed(cursor, tensors);
  const alignment = Math.max(1, numberAt(values, 'general.alignment') || ALIGNMENT);
  const start = tensors === 0 ? cursor.at : Math.ceil(cursor.at / alignment) * alignment;
  const bytes = start + list.end;
  if (file.size < bytes) throw refusal(`${name} is cut short: by its own list it has ${megabytes(bytes)}, but only ${megabytes(file.size)} are there. The download or the copy was not finished: get the file again.`);
  const header = described(values, list.parameters, bytes);
  if (header.layers > MAX_LAYERS) throw cursor.broken();
  return header;
}

async function opening(cursor: GgufCursor, file: Blob, name: string): Promise<void> {
  if (file.size === 0) throw refusal(`${name} is empty.`);
  const magic = file.size < 24 ? '' : await cursor.ascii(4);
  if (magic !== 'GGUF') throw refusal(`${name} is not a language model in the GGUF format: it does not begin like one. Choose a file that ends in .gguf${magic.startsWith('<') ? '; this one is a web page, as servers send instead of a file that they do not have' : ''}.`);
  const version = await cursor.u32();
  if (version > 0xffff) throw refusal(`${name} was made for machines of the other byte order. Get the usual edition of this model.`);
  if (version !== 2 && version !== 3) throw refusal(`${name} is of version ${version} of the GGUF format; versions 2 and 3 can be used. Get a newer edition of this model.`);
}

/** Bytes of a number by its type in the header; strings (8) and arrays (9) have their own length. */
const NUMBER_BYTES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/** @param most bytes of a text */
async function valueOf(cursor: GgufCursor, type: number, most: number): Promise<Value> {
  if (type === 8) return cursor.text(most);
  if (type !== 9) return scalar(cursor, type);
  const inner = await cursor.u32();
  if (inner === 8) {
    const length = await cursor.count(8);
    // Vocabularies: nothing of them is kept.
    for (let item = 0; item < length; item++) await cursor.skipText();
    return { length, largest: 0 };
  }
  const width = NUMBER_BYTES[inner];
  if (width === undefined) throw cursor.broken();
  const length = await cursor.count(width);
  // Short ones tell something layer by layer.
  if (length > MAX_LAYERS) await cursor.skip(length * width);
  let largest = 0;
  for (let item = 0; length <= MAX_LAYERS && item < length; item++) largest = Math.max(largest, Number(await scalar(cursor, inner)) || 0);
  return { length, largest };
}

const MAX_LAYERS = 4096;

async function scalar(cursor: GgufCursor, type: number): Promise<number | boolean> {
  const width = NUMBER_BYTES[type];
  if (width === undefined) throw cursor.broken();
  return cursor.number(type, width);
}

/** Weights of all tensors, and where the last one ends, from the start of the data. */
async function listed(cursor: GgufCursor, tensors: number): Promise<{ readonly parameters: number; readonly end: number }> {
  let parameters = 0;
  let end = 0;
  for (let tensor = 0; tensor < tensors; tensor++) {
    await cursor.skipText();
    const dimensions = await cursor.u32();
    if (dimensions > MAX_DIMENSIONS) throw cursor.broken();
    let weights = 1;
    for (let dimension = 0; dimension < dimensions; dimension++) weights *= await cursor.size();
    const block = blockOf(await cursor.u32());
    const offset = await cursor.size();
    if (!Number.isSafeInteger(weights)) throw cursor.broken();
    parameters += weights;
    end = Math.max(end, offset + (block === null ? 0 : Math.ceil(weights / block.weights) * block.bytes));
  }
  if (!Number.isSafeInteger(end)) throw cursor.broken();
  return { parameters, end };
}

function described(values: ReadonlyMap<string, Value>, parameters: number, bytes: number): GgufHeader {
  const architecture = textAt(values, 'general.architecture');
  const of = (key: string): number => numberAt(values, `${architecture}.${key}`);
  const heads = of('attention.head_count');
  const headSize = heads > 0 ? of('embedding_length') / heads : 0;
  const kept = (of('attention.head_count_kv') || heads) * ((of('attention.key_length') || headSize) + (of('attention.value_length') || headSize));
  const tokens = values.get('tokenizer.ggml.tokens');
  const count = numberAt(values, 'split.count');
  return {
    architecture, parameters, bytes,
    name: textAt(values, 'general.name'), licence: textAt(values, 'general.license'),
    contextTokens: of('context_length'), layers: of('block_count'), embedding: of('embedding_length'), keptPerLayer: Math.ceil(kept),
    vocabulary: typeof tokens === 'object' ? tokens.length : of('vocab_size'),
    chatTemplate: textAt(values, TEMPLATE),
    split: count > 1 ? { no: numberAt(values, 'split.no'), count } : null,
  };
}

/** Of an array the largest. Never negative, never anything that is no number. */
function numberAt(values: ReadonlyMap<string, Value>, key: string): number {
  const value = values.get(key);
  const number = typeof value === 'object' ? value.largest : typeof value === 'number' ? value : 0;
  return Number.isFinite(number) && number > 0 ? number : 0;
}

function textAt(values: ReadonlyMap<string, Value>, key: string): string {
  const value = values.get(key);
  return typeof value === 'string' ? value : '';
}

const refusal = (message: string): Failure => new Failure('llm-refused', message);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
