import { env, pipeline } from '@huggingface/transformers';
import type { FeatureExtractionPipeline } from '@huggingface/transformers';
import asyncifyUrl from '../../../../node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm?url';
import asyncifyModule from '../../../../node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.mjs?url';
import type { Task } from '../tasks.ts';
import { messagesOf } from '../messages.ts';

let extract: FeatureExtractionPipeline | null = null;

/** The library's feature-extraction pipeline called once per text with its defaults, on all six layers. */
const task: Task = {
  async prepare() {
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = '/floor-models/';
    const wasm = env.backends.onnx.wasm;
    if (wasm !== undefined) wasm.wasmPaths = { wasm: new URL(asyncifyUrl, import.meta.url).href, mjs: new URL(asyncifyModule, import.meta.url).href };
    env.useWasmCache = false;
    extract = await pipeline('feature-extraction', 'all-MiniLM-L6-v2', { dtype: 'q8', device: 'wasm' });
  },
  async run(file) {
    const messages = await messagesOf(file);
    let sum = 0;
    for (const message of messages) {
      const output = await (extract as FeatureExtractionPipeline)(message, { pooling: 'mean', normalize: true });
      sum += Number(output.data[0]);
    }
    return { patterns: messages.length, sum };
  },
};

export default task;
