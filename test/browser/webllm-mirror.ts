/** One file of a model for WebLLM, laid out as its loader expects it below `resolve/main/`. */
export interface MirrorFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a test may want to be different. */
export interface MirrorOptions {
  readonly config?: Readonly<Record<string, unknown>>;
  /** Largest tensor that the list of weights names, in bytes. */
  readonly tensorBytes?: number;
  readonly library?: Uint8Array;
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const LIBRARY = 'tiny-webgpu.wasm';

/**
 * A tiny model as MLC lays one out: settings, tokenizer, list of weights, weights, model library. All but the library is real,
 * though of no use; the library begins as a real one does and computes nothing.
 */
export function mirror({ config = {}, tensorBytes = 0, library = hollowLibrary() }: MirrorOptions = {}): readonly MirrorFile[] {
  const shards = ['params_shard_0.bin', 'params_shard_1.bin', 'params_shard_2.bin'];
  const records = tensorBytes === 0 ? [] : [{ name: 'w', shape: [tensorBytes / 4], dtype: 'float32', format: 'raw', nbytes: tensorBytes, byteOffset: 0 }];
  return [
    { path: 'mlc-chat-config.json', bytes: json({ ...SETTINGS, ...config }) },
    { path: 'tokenizer.json', bytes: json(TOKENIZER) },
    { path: 'tensor-cache.json', bytes: json({ metadata: { ParamSize: 0 }, records: shards.map((dataPath, at) => ({ dataPath, format: 'raw-shard', nbytes: 64, records: at === 0 ? records : [] })) }) },
    ...shards.map((path) => ({ path, bytes: new Uint8Array(64) })),
    { path: LIBRARY, bytes: library },
  ];
}

const SETTINGS = {
  tokenizer_files: ['tokenizer.json'], vocab_size: 8, context_window_size: 512, sliding_window_size: -1, attention_sink_size: -1,
  prefill_chunk_size: 512, temperature: 0.6, top_p: 0.9, repetition_penalty: 1, frequency_penalty: 0, presence_penalty: 0,
  conv_template: {
    name: 'tiny', system_template: '{system_message}', system_message: '', roles: { user: 'user', assistant: 'assistant' },
    role_templates: { user: '{user_message}', assistant: '{assistant_message}' }, messages: [], seps: ['\n'], stop_str: [], stop_token_ids: [0],
  },
};

/** In the format of Hugging Face's tokenizers. */
const TOKENIZER = {
  version: '1.0', truncation: null, padding: null, normalizer: null, post_processor: null, decoder: null, pre_tokenizer: { type: 'Whitespace' },
  added_tokens: [{ id: 0, content: '<|end|>', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }],
  model: { type: 'WordLevel', vocab: { '<|end|>': 0, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, '[UNK]': 7 }, unk_token: '[UNK]' },
};

/** The smallest module of WebAssembly there is: real, but no model library. */
export const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * A module with the exports of TVM's runtime that WebLLM calls until it has the weights (WebAssembly Core 1, binary format):
 * memory is given out, every function that is looked up is found, and every call returns nothing. What a model would have to
 * compute, it cannot.
 */
export function hollowLibrary(): Uint8Array {
  const i32 = 0x7f;
  const section = (id: number, content: readonly number[]): number[] => [id, ...leb(content.length), ...content];
  const list = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()];
  const name = (text: string): number[] => [...leb(text.length), ...new TextEncoder().encode(text)];
  const body = (code: readonly number[]): number[] => [...leb(code.length + 2), 0, ...code, 0x0b];
  // global 0: end of the memory that was given out; global 1: a number for each thing that was looked up.
  const give = [0x23, 0, 0x23, 0, 0x20, 0, 0x6a, 0x41, 15, 0x6a, 0x41, 0x70, 0x71, 0x24, 0];
  const find = [0x23, 1, 0x41, 1, 0x6a, 0x24, 1, 0x20, 1, 0x23, 1, 0x36, 2, 0, 0x41, 0];
  const nothing = [0x41, 0];
  const exported: readonly (readonly [string, number])[] = [
    ['TVMWasmAllocSpace', 0], ['TVMFFIFunctionGetGlobal', 1], ['TVMFFIWasmFunctionCreate', 1], ['TVMFFITypeKeyToIndex', 1],
    ...['TVMWasmFreeSpace', 'TVMFFIFunctionSetGlobal', 'TVMFFIFunctionCall', 'TVMFFIAnyViewToOwnedAny', 'TVMFFIObjectDecRef', 'TVMFFIObjectIncRef',
      'TVMFFIWasmGetLastError', 'TVMFFIErrorSetRaisedFromCStr', 'TVMFFIDataTypeToString', 'TVMFFIGetTypeInfo', '_initialize'].map((each) => [each, 2] as const),
  ];
  return Uint8Array.from([
    ...EMPTY_MODULE,
    ...section(1, list([[0x60, 1, i32, 1, i32], [0x60, 2, i32, i32, 1, i32], [0x60, 0, 1, i32]])),
    ...section(3, list([[0], [1], [2]])),
    ...section(5, list([[0, 16]])),
    ...section(6, list([[i32, 1, 0x41, ...leb(4096), 0x0b], [i32, 1, 0x41, 0, 0x0b]])),
    ...section(7, list([[...name('memory'), 2, 0], ...exported.map(([each, index]) => [...name(each), 0, index])])),
    ...section(10, list([body(give), body(find), body(nothing)])),
  ]);
}

/** LEB128 as for both signs, so long as the value is small (WebAssembly Core 1, 5.2.2). */
function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if (rest === 0 && (low & 0x40) === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
