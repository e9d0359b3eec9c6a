import type { LlmModel } from '../../../../src/contract/llm.ts';

/** A model on another site, as a list would name it. */
export function tinyModel(over: Partial<LlmModel> = {}): LlmModel {
  return {
    id: 'tiny', name: 'Tiny', runtime: 'webllm', origin: 'listed', base: 'https://models.example/mlc-ai/tiny/', hosts: ['models.example'], files: [],
    library: 'https://libraries.example/v1/tiny-webgpu.wasm', bytes: 0, memoryBytes: 0, parameters: 1e6, licence: '', reasons: false, needsF16: false, ...over,
  };
}
