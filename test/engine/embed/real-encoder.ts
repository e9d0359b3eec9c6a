import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import type { Encoder } from '../../../src/engine/embed/encoder.ts';
import { loadEncoder } from '../../../src/engine/embed/load-encoder.ts';
import { fetchManifest } from '../../../src/engine/embed/model-files.ts';
import { prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';

export interface Reference {
  readonly lines: readonly string[];
  /** fp32 vectors of the lines, made by training/encoder. */
  readonly vectors: readonly (readonly number[])[];
  readonly tokens: readonly { readonly text: string; readonly ids: readonly number[] }[];
}

export const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference;

/** The shipped encoder in onnxruntime-web's WASM build, as the page runs it. */
export async function realEncoder(): Promise<Encoder> {
  prepareRuntime(ort, { threads: 1 });
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  return loadEncoder(ort, { backend: 'wasm', base: MODELS_BASE, manifest, fetcher: diskFetcher });
}
