import type { LlmModel } from '../../contract/llm.ts';

const HOSTS = ['huggingface.co', '*.huggingface.co', '*.hf.co'];
const LIBRARIES = 'https://raw.githubusercontent.com/mlc-ai/binary-mlc-llm-libs/main/web-llm-models/v0_2_86/base/';
const LLAMA = 'Llama 3.2 Community License';
const BILLION = 1e9;

/** Only what was measured or published is filled in; 0 and '' are for the host itself to say. */
type Facts = Partial<Pick<LlmModel, 'bytes' | 'parameters' | 'licence' | 'reasons'>>;

/**
 * @param vram what WebLLM's own list says that it needs, in MB
 * @param facts bytes are rounded to MB, as published of the folder in February 2026; those of each file come from the host
 */
function webllm(id: string, name: string, library: string, vram: number, facts: Facts): LlmModel {
  const wide = /q\df32/.test(id);
  return {
    id, name: `${name}, for ${wide ? 'any' : 'a newer'} graphics card`, runtime: 'webllm', origin: 'listed',
    base: `https://huggingface.co/mlc-ai/${id}/resolve/main/`, hosts: [...HOSTS, 'raw.githubusercontent.com'],
    files: [{ path: 'mlc-chat-config.json', bytes: 0, sha256: '' }, { path: 'tensor-cache.json', bytes: 0, sha256: '' }],
    library: `${LIBRARIES}${library}_cs1k-webgpu.wasm`, memoryBytes: Math.round(vram * 1e6), needsF16: !wide,
    bytes: 0, parameters: 0, licence: '', reasons: false, ...facts,
  };
}

/** @param at repository and revision on Hugging Face */
function gguf(at: string, path: string, name: string, sha256: string, facts: Facts): LlmModel {
  const [repository, revision = 'main'] = at.split('@');
  const bytes = facts.bytes ?? 0;
  return {
    id: path.replace(/\.gguf$/, ''), name, runtime: 'wllama', origin: 'listed',
    base: `https://huggingface.co/${repository}/resolve/${revision}/`, hosts: HOSTS, files: [{ path, bytes, sha256 }], library: '',
    // Weights, and a fifth more and 250 MB for what is worked out: measured with files of 98 and 290 MB.
    memoryBytes: bytes === 0 ? 0 : Math.round(bytes * 1.2 + 250e6),
    needsF16: false, parameters: 0, licence: '', reasons: false, ...facts, bytes,
  };
}

/**
 * Models that can be fetched with one click, what pays first. Published with examples in the question (arXiv 2601.07790, severity of
 * journal lines): Qwen3-4B 96 %, Qwen3-0.6B 88 %, Gemma3-1B 85 %; below about half a billion weights a model copies the nearest
 * example. DeepSeek-R1-Distill-Qwen-1.5B gets worse with examples, and WebLLM leaves it out for wrong results: it is not here either.
 * GGUF files run on the processor, anywhere; WebLLM models need WebGPU, in the addresses and with the memory that WebLLM 0.2.86 names.
 */
export const CATALOGUE: readonly LlmModel[] = [
  gguf('Qwen/Qwen3-0.6B-GGUF@23749fefcc72300e3a2ad315e1317431b06b590a', 'Qwen3-0.6B-Q8_0.gguf', 'Qwen3 0.6B', '9465e63a22add5354d9bb4b99e90117043c7124007664907259bd16d043bb031',
    { bytes: 639_446_688, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-0.6B-q4f16_1-MLC', 'Qwen3 0.6B', 'Qwen3-0.6B-q4f16_1', 1403.34, { bytes: 351e6, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-0.6B-q4f32_1-MLC', 'Qwen3 0.6B', 'Qwen3-0.6B-q4f32_1', 1924.98, { bytes: 351e6, parameters: 0.6 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-4B-q4f16_1-MLC', 'Qwen3 4B', 'Qwen3-4B-q4f16_1', 3431.59, { bytes: 2276e6, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen3-4B-q4f32_1-MLC', 'Qwen3 4B', 'Qwen3-4B-q4f32_1', 4327.71, { bytes: 2276e6, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  gguf('Qwen/Qwen3-4B-GGUF', 'Qwen3-4B-Q4_K_M.gguf', 'Qwen3 4B', '7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5',
    { bytes: 2_497_280_256, parameters: 4 * BILLION, licence: 'Apache-2.0' }),
  gguf('ggml-org/gemma-3-1b-it-GGUF@f9c28bcd85737ffc5aef028638d3341d49869c27', 'gemma-3-1b-it-Q4_K_M.gguf', 'Gemma 3 1B', '8ccc5cd1f1b3602548715ae25a66ed73fd5dc68a210412eea643eb20eb75a135',
    { bytes: 806_058_240, parameters: BILLION, licence: 'Gemma Terms of Use' }),
  webllm('gemma3-1b-it-q4f16_1-MLC', 'Gemma 3 1B', 'gemma3-1b-it-q4f16_1', 711.07, { parameters: BILLION, licence: 'Gemma Terms of Use' }),
  gguf('bartowski/Llama-3.2-1B-Instruct-GGUF@067b946cf014b7c697f3654f621d577a3e3afd1c', 'Llama-3.2-1B-Instruct-Q4_K_M.gguf', 'Llama 3.2 1B', '6f85a640a97cf2bf5b8e764087b1e83da0fdb51d7c9fab7d0fece9385611df83',
    { bytes: 807_694_464, parameters: 1.2 * BILLION, licence: LLAMA }),
  webllm('Llama-3.2-1B-Instruct-q4f16_1-MLC', 'Llama 3.2 1B', 'Llama-3.2-1B-Instruct-q4f16_1', 879.04, { bytes: 705e6, parameters: 1.2 * BILLION, licence: LLAMA }),
  webllm('Llama-3.2-1B-Instruct-q4f32_1-MLC', 'Llama 3.2 1B', 'Llama-3.2-1B-Instruct-q4f32_1', 1128.82, { bytes: 705e6, parameters: 1.2 * BILLION, licence: LLAMA }),
  gguf('Qwen/Qwen2.5-0.5B-Instruct-GGUF@9217f5db79a29953eb74d5343926648285ec7e67', 'qwen2.5-0.5b-instruct-q4_k_m.gguf', 'Qwen2.5 0.5B', '74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db',
    { bytes: 491_400_032, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen2.5-0.5B-Instruct-q4f16_1-MLC', 'Qwen2.5 0.5B', 'Qwen2-0.5B-Instruct-q4f16_1', 944.62, { bytes: 290e6, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  webllm('Qwen2.5-0.5B-Instruct-q4f32_1-MLC', 'Qwen2.5 0.5B', 'Qwen2-0.5B-Instruct-q4f32_1', 1060.2, { bytes: 290e6, parameters: 0.5 * BILLION, licence: 'Apache-2.0' }),
  gguf('unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF@097680e4eed7a83b3df6b0bb5e5134099cadf1b0', 'DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf', 'DeepSeek R1 Distill Qwen 7B', '78272d8d32084548bd450394a560eb2d70de8232ab96a725769b1f9171235c1c',
    { bytes: 4_683_073_248, parameters: 7.6 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Qwen-7B-q4f16_1-MLC', 'DeepSeek R1 Distill Qwen 7B', 'Qwen2-7B-Instruct-q4f16_1', 5106.67, { bytes: 4295e6, parameters: 7.6 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Qwen-7B-q4f32_1-MLC', 'DeepSeek R1 Distill Qwen 7B', 'Qwen2-7B-Instruct-q4f32_1', 5900.09, { bytes: 4295e6, parameters: 7.6 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Llama-8B-q4f16_1-MLC', 'DeepSeek R1 Distill Llama 8B', 'Llama-3_1-8B-Instruct-q4f16_1', 5001, { bytes: 4531e6, parameters: 8 * BILLION, licence: 'MIT', reasons: true }),
  webllm('DeepSeek-R1-Distill-Llama-8B-q4f32_1-MLC', 'DeepSeek R1 Distill Llama 8B', 'Llama-3_1-8B-Instruct-q4f32_1', 6101.01, { bytes: 4531e6, parameters: 8 * BILLION, licence: 'MIT', reasons: true }),
  webllm('SmolLM2-360M-Instruct-q4f16_1-MLC', 'SmolLM2 360M', 'SmolLM2-360M-Instruct-q4f16_1', 376.06, { bytes: 208e6, parameters: 0.36 * BILLION, licence: 'Apache-2.0' }),
  webllm('SmolLM2-360M-Instruct-q4f32_1-MLC', 'SmolLM2 360M', 'SmolLM2-360M-Instruct-q4f32_1', 579.61, { bytes: 208e6, parameters: 0.36 * BILLION, licence: 'Apache-2.0' }),
];
