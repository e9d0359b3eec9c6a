import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web/wasm';
import type { PatternText } from '../../src/contract/verdict.ts';
import { embedText } from '../../src/engine/classify/embed-text.ts';
import { loadEncoder } from '../../src/engine/embed/load-encoder.ts';
import { fetchManifest } from '../../src/engine/embed/model-files.ts';
import { prepareRuntime } from '../../src/engine/embed/onnx.ts';
import { MODELS_BASE, diskFetcher } from '../disk-fetcher.ts';

const CACHE = new URL('../../.cache/vectors/', import.meta.url);

export interface Embedded {
  readonly vectors: readonly Float32Array[];
  readonly dims: number;
  /** Names the encoder's file and back end. */
  readonly encoder: string;
}

/**
 * Vectors of patterns by the shipped encoder, in plain one-thread WebAssembly: the same bits on every machine.
 * What was embedded before comes from .cache, which may be deleted at any time.
 */
export async function embedPatterns(patterns: readonly PatternText[], say: (text: string) => void = () => undefined): Promise<Embedded> {
  prepareRuntime(ort, { threads: 1 });
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  const encoder = await loadEncoder(ort, { backend: 'wasm', base: MODELS_BASE, manifest, fetcher: diskFetcher });
  const cache = readCache(encoder.id, encoder.dims);
  const vectors: Float32Array[] = [];
  let fresh = 0;
  for (const pattern of patterns) {
    const text = embedText(pattern);
    const key = createHash('sha256').update(text).digest('hex').slice(0, 32);
    let vector = cache.get(key);
    if (vector === undefined) {
      vector = await encoder.embed(text);
      cache.set(key, vector);
      if (++fresh % 500 === 0) say(`${vectors.length} of ${patterns.length} texts embedded`);
    }
    vectors.push(vector);
  }
  await encoder.dispose();
  if (fresh > 0) writeCache(encoder.id, encoder.dims, cache);
  return { vectors, dims: encoder.dims, encoder: encoder.id };
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

function writeCache(id: string, dims: number, cache: ReadonlyMap<string, Float32Array>): void {
  mkdirSync(fileURLToPath(CACHE), { recursive: true });
  const size = KEY_BYTES + dims * 4;
  const bytes = Buffer.alloc(cache.size * size);
  let at = 0;
  for (const [key, vector] of cache) {
    bytes.write(key, at, 'hex');
    Buffer.from(vector.buffer, vector.byteOffset, dims * 4).copy(bytes, at + KEY_BYTES);
    at += size;
  }
  writeFileSync(new URL(`${id}.bin`, CACHE), bytes);
}
