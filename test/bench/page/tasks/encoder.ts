import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Encoder } from '../../../../src/engine/embed/encoder.ts';
import { loadEncoder } from '../../../../src/engine/embed/load-encoder.ts';
import { fetchManifest } from '../../../../src/engine/embed/model-files.ts';
import { prepareRuntime } from '../../../../src/engine/embed/onnx.ts';
import type { Task } from '../tasks.ts';
import { MODELS, messagesOf } from '../messages.ts';

let encoder: Encoder | null = null;

/** The shipped encoder, one thread, one text per call. */
const task: Task = {
  async prepare() {
    prepareRuntime(ort, { wasmUrl: new URL(wasmUrl, import.meta.url).href, threads: 1 });
    encoder = await loadEncoder(ort, { backend: 'wasm', base: MODELS, manifest: await fetchManifest(MODELS) });
  },
  async run(file) {
    const messages = await messagesOf(file);
    let sum = 0;
    for (const message of messages) sum += (await (encoder as Encoder).embed(message))[0];
    return { patterns: messages.length, sum };
  },
};

export default task;
