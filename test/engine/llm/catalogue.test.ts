import { readFileSync } from 'node:fs';
import { prebuiltAppConfig } from '@mlc-ai/web-llm';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/engine/llm/catalogue.ts';
import { isModel } from '../../../src/engine/llm/store/read-model.ts';
import { reaches } from '../../../src/contract/download-policy.ts';

const WEBLLM = CATALOGUE.filter(({ runtime }) => runtime === 'webllm');
const GGUF = CATALOGUE.filter(({ runtime }) => runtime === 'wllama');

test('each entry can be loaded as it is, each once', () => {
  for (const model of CATALOGUE) {
    expect(isModel(model), model.id).toBe(true);
    expect(reaches(model.hosts, model.base), model.id).toBe(true);
    if (model.library !== '') expect(reaches(model.hosts, model.library), model.id).toBe(true);
    expect(model.licence, model.id).not.toBe('');
    expect(model.parameters, model.id).toBeGreaterThan(1e8);
  }
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
});

test.each(WEBLLM.map((model) => [model.id, model] as const))('%s is what the package itself lists', (id, model) => {
  const listed = prebuiltAppConfig.model_list.find(({ model_id }) => model_id === id);
  // In a revision of its own, where one is pinned.
  expect(model.base).toMatch(/\/resolve\/(main|[0-9a-f]{40})\/$/);
  expect(`${listed?.model}/`).toBe(model.base.replace(/resolve\/\w+\/$/, ''));
  expect(listed?.model_lib).toBe(model.library);
  expect(model.memoryBytes).toBe(Math.round((listed?.vram_required_MB ?? 0) * 1e6));
  // Half-precision models need the feature, whether the package says so or leaves it to the name.
  expect(model.needsF16).toBe(/q\df16/.test(id));
  if (listed?.required_features?.includes('shader-f16') === true) expect(model.needsF16).toBe(true);
});

test('each GGUF names one file with its size and hash, of one revision, and fits into what a program may use of memory', () => {
  for (const { id, base, files, bytes, memoryBytes } of GGUF) {
    expect(base, id).toMatch(/\/resolve\/[0-9a-f]{40}\/$/);
    expect(memoryBytes, id).toBeLessThan(2 ** 32);
    expect(files, id).toHaveLength(1);
    expect(files[0]?.sha256, id).toMatch(/^[0-9a-f]{64}$/);
    expect(files[0]?.bytes, id).toBe(bytes);
    expect(memoryBytes, id).toBeGreaterThan(bytes);
  }
});

test('what pays comes first, for cards with and without half precision; models that reason say so', () => {
  expect(CATALOGUE[0]?.id).toBe('Qwen3-0.6B-Q8_0');
  for (const model of WEBLLM.filter(({ needsF16 }) => needsF16)) {
    const wide = model.id.replace('q4f16', 'q4f32');
    // WebLLM has no such build of this one.
    if (model.id !== 'gemma3-1b-it-q4f16_1-MLC') expect(WEBLLM.map(({ id }) => id)).toContain(wide);
  }
  for (const { id, reasons } of CATALOGUE) expect(reasons, id).toBe(id.includes('DeepSeek-R1'));
  expect(CATALOGUE.some(({ id }) => /R1-Distill-Qwen-1\.5B/.test(id))).toBe(false);
});

test('the release of WebLLM that the libraries were made for is the one that is installed', () => {
  const { version } = JSON.parse(readFileSync('node_modules/@mlc-ai/web-llm/package.json', 'utf8')) as { version: string };
  for (const { library } of WEBLLM) expect(library).toContain(`/v${version.replaceAll('.', '_')}/`);
});
