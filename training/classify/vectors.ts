import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web/wasm';
import type { PatternText } from '../../src/contract/verdict.ts';
import { embedText } from '../../src/engine/classify/embed-text.ts';
import type { Encoder } from '../../src/engine/embed/encoder.ts';
import { ENCODER_SPEC_PATH, parseEncoderSpec } from '../../src/engine/embed/encoder-spec.ts';
import { loadEncoder } from '../../src/engine/embed/load-encoder.ts';
import { createMiniLm } from '../../src/engine/embed/minilm.ts';
import { fetchManifest, fetchModelFile } from '../../src/engine/embed/model-files.ts';
import { openModel, prepareRuntime } from '../../src/engine/embed/onnx.ts';
import { openTokenizer } from '../../src/engine/embed/tokenizer.ts';
import { MODELS_BASE, diskFetcher } from '../disk-fetcher.ts';

const CACHE = new URL('../../.cache/vectors/', import.meta.url);
/** What was embedded is kept so often, so that a run that is stopped does not begin anew. */
const KEEP_EVERY = 2000;

export interface Embedded {
  readonly vectors: readonly Float32Array[];
  readonly dims: number;
  /** Names the encoder's file and back end. */
  readonly encoder: string;
}

/**
 * Vectors of patterns by the shipped encoder, in plain one-thread WebAssembly: the same bits on every machine.
 * What was embedded before comes from .cache, which may be deleted at any time; it is kept by the hash of the encoder's file.
 * @param encoderFile another encoder with the shipped one's tokenizer, length and dimensions, e.g. one that has not seen some families
 */
export async function embedPatterns(
  patterns: readonly PatternText[], say: (text: string) => void = () => undefined, encoderFile?: URL,
): Promise<Embedded> {
  prepareRuntime(ort, { threads: 1 });
  const { id, dims, open } = await (encoderFile === undefined ? shippedEncoder() : otherEncoder(encoderFile));
  const cache = readCache(id, dims);
  const vectors: Float32Array[] = [];
  let encoder: Encoder | undefined;
  let fresh = 0;
  for (const pattern of patterns) {
    const text = embedText(pattern);
    const key = createHash('sha256').update(text).digest('hex').slice(0, 32);
    let vector = cache.get(key);
    if (vector === undefined) {
      encoder ??= await open();
      vector = await encoder.embed(text);
      cache.set(key, vector);
      if (++fresh % 500 === 0) say(`${vectors.length} of ${patterns.length} texts embedded`);
      if (fresh % KEEP_EVERY === 0) writeCache(id, dims, cache);
    }
    vectors.push(vector);
  }
  await encoder?.dispose();
  if (fresh > 0) writeCache(id, dims, cache);
  return { vectors, dims, encoder: id };
}

/** An encoder that is opened only if a text is new to it. */
interface EncoderSource {
  readonly id: string;
  readonly dims: number;
  open(): Promise<Encoder>;
}

async function shippedEncoder(): Promise<EncoderSource> {
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  const { dims, files } = parseEncoderSpec(await fetchModelFile(MODELS_BASE, manifest, ENCODER_SPEC_PATH, undefined, diskFetcher));
  return {
    id: idOf(files.wasm.sha256), dims,
    open: () => loadEncoder(ort, { backend: 'wasm', base: MODELS_BASE, manifest, fetcher: diskFetcher }),
  };
}

/** Not checked against stored vectors: there are none of such a file. */
async function otherEncoder(file: URL): Promise<EncoderSource> {
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  const get = (path: string) => fetchModelFile(MODELS_BASE, manifest, path, undefined, diskFetcher);
  const { dims, tokenizer, maxTokens } = parseEncoderSpec(await get(ENCODER_SPEC_PATH));
  const bytes = readFileSync(file);
  const id = idOf(createHash('sha256').update(bytes).digest('hex'));
  return {
    id, dims,
    open: async () => {
      const model = await openModel(ort, bytes, { backend: 'wasm', name: fileURLToPath(file) });
      return createMiniLm({ id, backend: 'wasm', dims, model, tokenize: openTokenizer(await get(tokenizer), maxTokens) });
    },
  };
}

/** As `loadEncoder` names it: two files with the same bytes share what is kept. */
function idOf(sha256: string): string {
  return `wasm-${sha256.slice(0, 16)}`;
}

const KEY_BYTES = 16;

/** File: per vector 16 bytes of key, then dims 32-bit floats. */
function readCache(id: string, dims: number): Map<string, Float32Array> {
  const cache = new Map<string, Float32Array>();
  let bytes: Buffer;
  try {
    bytes = readFileSync(new URL(`${id}.bin`, CACHE));
  } catch {
    return cache;
  }
  const size = KEY_BYTES + dims * 4;
  for (let at = 0; at + size <= bytes.length; at += size) {
    const key = bytes.subarray(at, at + KEY_BYTES).toString('hex');
    cache.set(key, new Float32Array(Uint8Array.from(bytes.subarray(at + KEY_BYTES, at + size)).buffer));
  }
  return cache;
}

/** Keeps what another run has kept meanwhile, and never leaves half a file behind. */
function writeCache(id: string, dims: number, fresh: ReadonlyMap<string, Float32Array>): void {
  mkdirSync(fileURLToPath(CACHE), { recursive: true });
  const cache = new Map([...readCache(id, dims), ...fresh]);
  const size = KEY_BYTES + dims * 4;
  const bytes = Buffer.alloc(cache.size * size);
  let at = 0;
  for (const [key, vector] of cache) {
    bytes.write(key, at, 'hex');
    Buffer.from(vector.buffer, vector.byteOffset, dims * 4).copy(bytes, at + KEY_BYTES);
    at += size;
  }
  const half = new URL(`${id}.${process.pid}.half`, CACHE);
  writeFileSync(half, bytes);
  renameSync(half, new URL(`${id}.bin`, CACHE));
}
