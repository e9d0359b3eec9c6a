import { describe, expect, it } from 'vitest';
import { filesOfWebllm, firstFilesOfWebllm, largestTensor, loaderAddress, webllmFolder } from '../../../../src/engine/llm/webllm/files.ts';
import { tinyModel } from './tiny-model.ts';

const CONFIG = { tokenizer_files: ['tokenizer_config.json', 'tokenizer.model', 'tokenizer.json'] };
const TENSORS = {
  records: [
    { dataPath: 'params_shard_0.bin', nbytes: 33_554_432, records: [{ nbytes: 30_000_000, format: 'raw' }, { nbytes: 3_554_432, format: 'f32-to-bf16' }] },
    { dataPath: 'params_shard_1.bin', nbytes: 20_000_000, records: [{ nbytes: 16_000_000, format: 'f32-to-bf16' }] },
  ],
};

describe('the files of a WebLLM model', () => {
  it('lists all of them with cache, address and size, in the order in which the loader asks', () => {
    expect(filesOfWebllm(tinyModel(), CONFIG, TENSORS).map(({ cache, address, bytes }) => [cache, address, bytes])).toEqual([
      ['webllm/config', 'https://models.example/mlc-ai/tiny/resolve/main/mlc-chat-config.json', 0],
      ['webllm/wasm', 'https://libraries.example/v1/tiny-webgpu.wasm', 0],
      ['webllm/model', 'https://models.example/mlc-ai/tiny/resolve/main/tokenizer.json', 0],
      ['webllm/model', 'https://models.example/mlc-ai/tiny/resolve/main/tensor-cache.json', 0],
      ['webllm/model', 'https://models.example/mlc-ai/tiny/resolve/main/params_shard_0.bin', 33_554_432],
      ['webllm/model', 'https://models.example/mlc-ai/tiny/resolve/main/params_shard_1.bin', 20_000_000],
    ]);
  });

  it('keeps a revision that an address names, and adds the main one to others', () => {
    expect(webllmFolder('https://h.example/a/b')).toBe('https://h.example/a/b/resolve/main/');
    expect(webllmFolder('https://h.example/a/b/')).toBe('https://h.example/a/b/resolve/main/');
    expect(webllmFolder('https://h.example/a/b/resolve/v2')).toBe('https://h.example/a/b/resolve/v2/');
    expect(webllmFolder('https://h.example/a/b/resolve/v2/')).toBe('https://h.example/a/b/resolve/v2/');
  });

  it('takes the older name of the list of weights in a folder', () => {
    expect(firstFilesOfWebllm(tinyModel()).tensors).toMatchObject({ path: 'tensor-cache.json', aliases: ['ndarray-cache.json'] });
  });

  it('names the library by its file name, wherever it lies', () => {
    expect(firstFilesOfWebllm(tinyModel({ library: 'https://libraries.example/a%20b/My%20model.wasm?x=1' })).library.path).toBe('My model.wasm');
  });

  it('writes "localhost" so that the loader looks into storage, under the same address', () => {
    const library = 'http://localhost:8080/llm/localhost/tiny.wasm';
    expect(loaderAddress(library)).not.toContain('localhost');
    expect(new URL(loaderAddress(library)).host).toBe('localhost:8080');
    expect(firstFilesOfWebllm(tinyModel({ library })).library.address).toBe(new URL(loaderAddress(library)).href);
  });

  it('uses the other tokenizer where there is only that', () => {
    const paths = filesOfWebllm(tinyModel(), { tokenizer_files: ['tokenizer.model'] }, TENSORS).map(({ path }) => path);
    expect(paths).toContain('tokenizer.model');
    expect(paths).not.toContain('tokenizer.json');
  });

  it('says how much the largest piece of the weights takes on the card, unpacked', () => {
    expect(largestTensor(TENSORS)).toBe(32_000_000);
  });

  it.each([
    ['settings without a tokenizer', { tokenizer_files: [] }, TENSORS],
    ['settings that are none', null, TENSORS],
    ['a list of weights that is none', CONFIG, { weights: [] }],
    ['a list of no weights', CONFIG, { records: [] }],
    ['a shard without a name', CONFIG, { records: [{ nbytes: 4 }] }],
    ['a shard on another site', CONFIG, { records: [{ dataPath: 'https://evil.example/x.bin', nbytes: 4 }] }],
    ['a shard outside of the folder', CONFIG, { records: [{ dataPath: '../../../other/x.bin', nbytes: 4 }] }],
  ])('refuses %s', (_, config, tensors) => {
    expect(() => filesOfWebllm(tinyModel(), config, tensors)).toThrow(expect.objectContaining({ name: 'llm-refused' }));
  });

  it('refuses addresses that are none', () => {
    expect(() => webllmFolder('llm/tiny')).toThrow(expect.objectContaining({ name: 'llm-refused' }));
  });
});
