import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../../src/engine/llm/catalogue.ts';
import { ggufModel, hostsFor, ownModel } from '../../../src/engine/llm/own-model.ts';
import { isModel } from '../../../src/engine/llm/store/read-model.ts';

const HF = 'https://huggingface.co/Qwen/Qwen3-1.7B-GGUF';

describe('an address of a GGUF', () => {
  test.each([`${HF}/resolve/main/Qwen3-1.7B-Q8_0.gguf`, `${HF}/blob/main/Qwen3-1.7B-Q8_0.gguf`, `${HF}/resolve/main/Qwen3-1.7B-Q8_0.gguf?download=true`, `  ${HF.slice('https://'.length)}/resolve/main/Qwen3-1.7B-Q8_0.gguf `])('%s', (address) => {
    const model = ownModel(address);
    expect(isModel(model)).toBe(true);
    expect(model).toMatchObject({ runtime: 'wllama', origin: 'own', base: `${HF}/resolve/main/`, hosts: hostsFor('huggingface.co'), files: [{ path: 'Qwen3-1.7B-Q8_0.gguf', bytes: 0, sha256: '' }], name: 'Qwen3-1.7B-Q8_0' });
  });

  test('elsewhere, in parts, of a model that reasons', () => {
    const model = ownModel('https://models.example.org:8443/r1/DeepSeek-R1-Distill-Llama-8B-00002-of-00003.gguf');
    expect(model.hosts).toEqual(['models.example.org:8443']);
    expect(model.files.map(({ path }) => path)).toEqual(['1', '2', '3'].map((part) => `DeepSeek-R1-Distill-Llama-8B-0000${part}-of-00003.gguf`));
    expect(model.reasons).toBe(true);
  });

  test('of a file server on this computer', () => {
    expect(ownModel('http://127.0.0.1:8080/x.gguf')).toMatchObject({ hosts: ['127.0.0.1:8080'], base: 'http://127.0.0.1:8080/' });
  });

  test('two hosts or two folders, two models; the same address, the same one', () => {
    const ids = ['a.example.org/x', 'b.example.org/x', 'a.example.org/v2/x', 'a.example.org/v3/x'].map((path) => ownModel(`https://${path}.gguf`).id);
    expect(new Set(ids).size).toBe(4);
    expect(ownModel('https://a.example.org/x.gguf?download=true').id).toBe(ids[0]);
    expect(ownModel(`https://a.example.org/v2/${'x'.repeat(150)}.gguf`).id).not.toBe(ownModel(`https://a.example.org/v3/${'x'.repeat(150)}.gguf`).id);
  });
});

describe('an address of a WebLLM model', () => {
  const listed = CATALOGUE.find(({ id }) => id === 'Qwen3-0.6B-q4f16_1-MLC');
  test.each(['https://huggingface.co/mlc-ai/Qwen3-0.6B-q4f16_1-MLC', 'https://huggingface.co/mlc-ai/Qwen3-0.6B-q4f16_1-MLC/tree/main'])('%s is the listed one', (address) => expect(ownModel(address)).toBe(listed));

  test('a copy elsewhere takes the listed library', () => {
    const model = ownModel('https://models.example.org/mirror/Qwen3-0.6B-q4f16_1-MLC');
    expect(isModel(model)).toBe(true);
    expect(model).toMatchObject({ origin: 'own', runtime: 'webllm', base: 'https://models.example.org/mirror/Qwen3-0.6B-q4f16_1-MLC/resolve/main/', library: listed?.library });
    expect(model.hosts).toEqual(['models.example.org', ...(listed?.hosts ?? [])]);
    expect(ownModel('https://b.example.org/mirror/Qwen3-0.6B-q4f16_1-MLC').id).not.toBe(model.id);
  });
});

test.each([
  ['', /not a web address/], ['not an address', /not a web address/], ['http://huggingface.co/a/b/resolve/main/x.gguf', /https only/], ['ftp://example.org/x.gguf', /https only/],
  ['https://me:secret@example.org/x.gguf', /password/], ['https://10.0.0.1/x.gguf', /host/], ['https://huggingface.co/Qwen/Qwen3-1.7B-GGUF', /“Files”/],
  ['https://example.org/%E0%A4%A.gguf', /signs/], ['https://example.org/a%2f..%2fb%23.gguf', /signs/],
  ['https://huggingface.co/', /“Files”/], ['https://example.org/model.bin', /\.gguf/], ['https://huggingface.co/me/Unheard-of-7B-q4f16_1-MLC', /library/],
])('“%s” is refused with words that help', (address, words) => {
  expect(() => ownModel(address)).toThrow(expect.objectContaining({ code: 'llm-refused', message: expect.stringMatching(words) }));
});

test.each(['model.gguf', 'Mein Modell (1).GGUF', '../../x.gguf', '…gguf', 'DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf'])('a file of this computer by the name of “%s”', (name) => {
  const model = ggufModel(name, 98_000_000);
  expect(isModel(model)).toBe(true);
  expect(model).toMatchObject({ runtime: 'wllama', origin: 'local', base: '', hosts: [], bytes: 98_000_000, reasons: name.startsWith('DeepSeek-R1') });
});
