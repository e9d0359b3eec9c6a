import type { LlmModel } from '../../contract/llm.ts';
import { HUGGING_FACE, memoryOf } from './model-facts.ts';

const LIBRARIES = 'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';
const LLAMA = 'Llama 3.2 Community License';
const BILLION = 1e9;

/** Only what was measured or published is filled in; 0 and '' are for the host itself to say. */
type Facts = Partial<Pick<LlmModel, 'bytes' | 'parameters' | 'licence' | 'reasons'>>;

/**
 * @param at name of the repository, and its revision where one is pinned
 * @param vram what WebLLM's own list says that it needs, in MB
 * @param facts bytes are rounded to MB, as published of the folder in February 2026; those of each file come from the host
 */
function webllm(at: string, name: string, library: string, vram: number, facts: Facts): LlmModel {
  const [id, revision = 'main'] = at.split('@');
  const wide = /q\df32/.test(id);
  return {
    id, name: `${name}, for ${wide ? 'any' : 'a newer'} graphics card`, runtime: 'webllm', origin: 'listed',
    base: `https://huggingface.co/mlc-ai/${id}/resolve/${revision}/`, hosts: [...HUGGING_FACE, 'raw.githubusercontent.com'],
    files: [{ path: 'mlc-chat-config.json', bytes: 0, sha256: '' }, { path: 'tensor-cache.json', bytes: 0, sha256: '' }],
    library: `${LIBRARIES}${library}_cs1k-webgpu.wasm`, memoryBytes: Math.round(vram * 1e6), needsF16: !wide,
    bytes: 0, parameters: 0, licence: '', reasons: false, ...facts,
  };
}

/** @param at repository and revision on Hugging Face */
function gguf(at: `${string}@${string}`, path: string, name: string, sha256: string, facts: Facts): LlmModel {
  const [repository, revision] = at.split('@');
  const bytes = facts.bytes ?? 0;
  return {
    id: path.replace(/\.gguf$/, ''), name, runtime: 'wllama', origin: 'listed',
    base: `https://huggingface.co/${repository}/resolve/${revision}/`, hosts: HUGGING_FACE, files: [{ path, bytes, sha256 }], library: '',
    memoryBytes: memoryOf(bytes), needsF16: false, parameters: 0, licence: '', reasons: false, ...facts, bytes,
  };
}

/**
 * Models that can be fetched with one click, what pays first. Published with examples in the question (arXiv 2601.07790, severity of
 * journal lines): Qwen3-4B 96 %, Qwen3-0.6B 88 %, Gemma3-1B 85 %; below about half a billion weights a model copies the nearest
 * example. DeepSeek-R1-Distill-Qwen-1.5B gets worse with examples, and WebLLM leaves it out for wrong results: it is not here either.
 * GGUF files run on the processor, anywhere, so long as they fit into the 4 GiB of a program there: DeepSeek R1 (4.7 GB) does not, and is
 * here for graphics cards alone. WebLLM models need WebGPU, with the libraries and the memory that WebLLM 0.2.86 names.
 *
 * What is pinned: each GGUF by revision and SHA-256; of WebLLM's models those whose revision is published (`@`). The others and all compiled
 * libraries come from `main`, as WebLLM's own list has them: their hosts may change them. Why that is safe enough: what came first is held to
 * its hash at every later load; weights are data; and a library runs in a worker that reaches no other site and can only answer with a category.
 */
export const CATALOGUE: readonly LlmModel[] = [
  gguf('Qwen/Qwen3-0.6B-GGUF@23749fefcc72300e3a2ad315e1317431b06b590a', 'Qwen3-0.6B-Q8_0.gguf', 'Qwen3 0.6B', '9465e63a22add5354d9bb4b99e90117043c7124007664907259bd16d043bb031',
    { bytes: 639_446_688, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-0.6B-q4f16_1-MLC@8c14ce481d4c692769976ad52afea453a102df19', 'Qwen3 0.6B', 'Qwen3-0.6B-q4f16_1', 1403.34, { bytes: 351e6, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-0.6B-q4f32_1-MLC', 'Qwen3 0.6B', 'Qwen3-0.6B-q4f32_1', 1924.98, { bytes: 351e6, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-4B-q4f16_1-MLC@a5c9fab855e3ccbdfed2e7e69683d75f30332161', 'Qwen3 4B', 'Qwen3-4B-q4f16_1', 3431.59, { bytes: 2276e6, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-4B-q4f32_1-MLC', 'Qwen3 4B', 'Qwen3-4B-q4f32_1', 4327.71, { bytes: 2276e6, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  gguf('Qwen/Qwen3-4B-GGUF@bc640142c66e1fdd12af0bd68f40445458f3869b', 'Qwen3-4B-Q4_K_M.gguf', 'Qwen3 4B', '7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5',
    { bytes: 2_497_280_256, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  gguf('ggml-org/gemma-3-1b-it-GGUF@f9c28bcd85737ffc5aef028638d3341d49869c27', 'gemma-3-1b-it-Q4_K_M.gguf', 'Gemma 3 1B', '8ccc5cd1f1b3602548715ae25a66ed73fd5dc68a210412eea643eb20eb75a135',
    { bytes: 806_058_240, parameters: BILLION, licence: 'Gemma Terms of Use' }),
  webllm('gemma3-1b-it-q4f16_1-MLC', 'Gemma 3 1B', 'gemma3-1b-it-q4f16_1', 711.07, { parameters: BILLION, licence: 'Gemma Terms of Use' }),
  gguf('bartowski/Llama-3.2-1B-Instruct-GGUF@067b946cf014b7c697f3654f621d577a3e3afd1c', 'Llama-3.2-1B-Instruct-Q4_K_M.gguf', 'Llama 3.2 1B', '6f85a640a97cf2bf5b8e764087b1e83da0fdb51d7c9fab7d0fece9385611df83',
    { bytes: 807_694_464, parameters: 1.2 * BILLION, licence: LLAMA }),
  webllm('Llama-3.2-1B-Instruct-q4f16_1-MLC@2a37b0a5ecb622d51ddc2fac74de0b95872affd7', 'Llama 3.2 1B', 'Llama-3.2-1B-Instruct-q4f16_1', 879.04, { bytes: 705e6, parameters: 1.2 * BILLION, licence: LLAMA }),
  webllm('Llama-3.2-1B-Instruct-q4f32_1-MLC@a949835e0f9a65335bd834db02a44cf8fae34020', 'Llama 3.2 1B', 'Llama-3.2-1B-Instruct-q4f32_1', 1128.82, { bytes: 705e6, parameters: 1.2 * BILLION, licence: LLAMA }),
  gguf('Qwen/Qwen2.5-0.5B-Instruct-GGUF@9217f5db79a29953eb74d5343926648285ec7e67', 'qwen2.5-0.5b-instruct-q4_k_m.gguf', 'Qwen2.5 0.5B', '74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db',
    { bytes: 491_400_032, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen2.5-0.5B-Instruct-q4f16_1-MLC@32ff081fe7e4dfe4ffb167b94c66fdf11e02b8ad', 'Qwen2.5 0.5B', 'Qwen2-0.5B-Instruct-q4f16_1', 944.62, { bytes: 290e6, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen2.5-0.5B-Instruct-q4f32_1-MLC', 'Qwen2.5 0.5B', 'Qwen2-0.5B-Instruct-q4f32_1', 1060.2, { bytes: 290e6, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  webllm('DeepSeek-R1-Distill-Qwen-7B-q4f16_1-MLC', 'DeepSeek R1 Distill Qwen 7B', 'Qwen2-7B-Instruct-q4f16_1', 5106.67, { bytes: 4295e6, parameters: 7.6 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Qwen-7B-q4f32_1-MLC', 'DeepSeek R1 Distill Qwen 7B', 'Qwen2-7B-Instruct-q4f32_1', 5900.09, { bytes: 4295e6, parameters: 7.6 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Llama-8B-q4f16_1-MLC', 'DeepSeek R1 Distill Llama 8B', 'Llama-3_1-8B-Instruct-q4f16_1', 5001, { bytes: 4531e6, parameters: 8 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Llama-8B-q4f32_1-MLC', 'DeepSeek R1 Distill Llama 8B', 'Llama-3_1-8B-Instruct-q4f32_1', 6101.01, { bytes: 4531e6, parameters: 8 * BILLION, licence: 'MIT', reasons: true }),
  webllm('SmolLM2-360M-Instruct-q4f16_1-MLC@3a622fd89e0216e8bb10c410c007c786baa8a033', 'SmolLM2 360M', 'SmolLM2-360M-Instruct-q4f16_1', 376.06, { bytes: 208e6, parameters: 0.36 * BILLION, licence: 'Apache-2.0' }),
  webllm('SmolLM2-360M-Instruct-q4f32_1-MLC', 'SmolLM2 360M', 'SmolLM2-360M-Instruct-q4f32_1', 579.61, { bytes: 208e6, parameters: 0.36 * BILLION, licence: 'Apache-2.0' }),
];
