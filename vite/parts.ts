import { readFileSync } from 'node:fs';
import type { SitePart } from '../src/contract/site.ts';
import type { EncoderSpec } from '../src/engine/embed/encoder-spec.ts';

/** Where the models lie in the built site. */
export const MODELS_FOLDER = 'models/';

/** Named by the model runtime; `asyncify` is its build for graphics cards. */
const GPU_RUNTIME = /^assets\/ort-wasm[^/]*\.asyncify-[^/]*\.wasm$/;
const GPU_WORKER = /^assets\/gpu-encoder\.worker-[^/]*\.js$/;
/** Runtimes of language models, the workers with them, and the lines that they are tried on. */
const LLM = /^assets\/(wllama|webllm|llm-[a-z]+\.worker)[^/]*\.(js|wasm)$|^models\/classify\/check\.json$/;
/** Small, and read before anything is decided about models: the help says what was measured, also where no file is ever opened. */
const SMALL = [`${MODELS_FOLDER}manifest.json`, `${MODELS_FOLDER}NOTICE`, `${MODELS_FOLDER}classify/limits.json`];

const { files } = JSON.parse(readFileSync(new URL('../public/models/encoder/encoder.json', import.meta.url), 'utf8')) as EncoderSpec;
const GPU_MODEL = files.webgpu.path === files.wasm.path ? undefined : MODELS_FOLDER + files.webgpu.path;

/** When a file of the built site is needed. The one place where this is decided. @param path relative to index.html, with `/` */
export function partOf(path: string): SitePart {
  if (LLM.test(path)) return 'llm';
  if (path === GPU_MODEL || GPU_RUNTIME.test(path) || GPU_WORKER.test(path)) return 'gpu';
  if (SMALL.includes(path)) return 'shell';
  return path.startsWith(MODELS_FOLDER) || path.endsWith('.wasm') ? 'model' : 'shell';
}
