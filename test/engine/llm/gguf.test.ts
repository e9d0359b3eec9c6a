import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { readGguf } from '../../../src/engine/llm/gguf.ts';
import { GgufBytes, TENSORS, TINY, ggufFile, ggufHeader } from './gguf-file.ts';

async function refusal(file: File): Promise<string> {
  const error: unknown = await readGguf(file, file.name).then(() => null, (thrown: unknown) => thrown);
  expect(failureCode(error)).toBe('llm-refused');
  return (error as Error).message;
}

describe('a whole file', () => {
  test('tells what it is', async () => {
    const header = await readGguf(ggufFile(), 'model.gguf');
    expect(header).toEqual({
      architecture: 'llama', name: 'Tiny', licence: 'apache-2.0', parameters: 192, contextTokens: 2048, layers: 2, embedding: 64,
      keptPerLayer: 2 * (16 + 16), vocabulary: 4, chatTemplate: '{{ messages }}', bytes: ggufFile().size, split: null,
    });
  });

  test('of version 2, with its own alignment and larger than one piece read at a time', async () => {
    const tokens = Array.from({ length: 150_000 }, (_, index) => `token ${index}`);
    const file = ggufHeader({ ...TINY, 'general.alignment': 64, 'tokenizer.ggml.tokens': tokens }, TENSORS, 2).pad(64).raw(new Uint8Array(552)).file();
    expect(file.size).toBeGreaterThan(2 << 20);
    expect(await readGguf(file, 'x')).toMatchObject({ vocabulary: 150_000, bytes: file.size, name: 'Tiny', parameters: 192 });
  });

  test('that says heads layer by layer counts the largest', async () => {
    const file = ggufFile({ ...TINY, 'llama.attention.head_count_kv': [0, 2, 4] });
    expect((await readGguf(file, 'x')).keptPerLayer).toBe(4 * 32);
  });

  test('that is one part of several says so', async () => {
    expect((await readGguf(ggufFile({ ...TINY, 'split.no': 1, 'split.count': 3 }), 'x')).split).toEqual({ no: 1, count: 3 });
  });

  test('that says nothing gives zeros', async () => {
    expect(await readGguf(ggufFile({ 'general.type': 'adapter' }), 'x')).toMatchObject({ architecture: '', name: '', layers: 0, keptPerLayer: 0, vocabulary: 0 });
  });
});

describe('what is no model is refused in words', () => {
  test('another file, a web page, an empty one, another version', async () => {
    expect(await refusal(new File(['PK\u0003\u0004, twenty-four bytes and more'], 'a.zip'))).toContain('not a language model');
    expect(await refusal(new File(['<!doctype html><title>404</title>'], 'a.gguf'))).toContain('web page');
    expect(await refusal(new File([], 'a.gguf'))).toContain('is empty');
    expect(await refusal(new File(['GGUF'], 'a.gguf'))).toContain('not a language model');
    expect(await refusal(ggufHeader(TINY, TENSORS, 1).pad(32).file())).toContain('version 1');
    expect(await refusal(ggufHeader(TINY, TENSORS, 0x03000000).pad(32).file())).toContain('byte order');
  });

  test('one that was cut, wherever it was cut', async () => {
    const whole = ggufFile();
    for (let end = 0; end < whole.size; end++) {
      const message = await refusal(new File([whole.slice(0, end)], 'cut.gguf'));
      if (end >= 24) expect(message, `at ${end}`).toMatch(/cut short/);
    }
  });
});

describe('hostile headers end soon and take no memory', () => {
  const start = (tensors: bigint, entries: bigint): GgufBytes => new GgufBytes().raw(new TextEncoder().encode('GGUF')).u32(3).u64(tensors).u64(entries);
  const HUGE = 0xffff_ffff_ffff_ffffn;

  test.each([
    ['tensors without number', start(HUGE, 0n)],
    ['entries without number', start(0n, 1n << 40n)],
    ['a key as long as the world', start(0n, 1n).u64(HUGE)],
    ['a key longer than the file', start(0n, 1n).u64(60_000)],
    ['a text longer than the file', start(0n, 1n).text('k').u32(8).u64(1n << 50n)],
    ['an array of numbers longer than the file', start(0n, 1n).text('k').u32(9).u32(4).u64(1n << 52n)],
    ['an array of texts longer than the file', start(0n, 1n).text('k').u32(9).u32(8).u64(1n << 45n)],
    ['an array of arrays', start(0n, 1n).text('k').u32(9).u32(9).u64(3)],
    ['four thousand million layers', start(0n, 2n).text('general.architecture').u32(8).text('x').text('x.block_count').u32(4).u32(0xffff_ffff)],
    ['a chat template of millions of letters', start(0n, 1n).text('tokenizer.chat_template').u32(8).text('x'.repeat(2_000_000))],
    ['a type that there is not', start(0n, 1n).text('k').u32(77)],
    ['a tensor of four thousand million dimensions', start(1n, 0n).text('t').u32(0xffff_ffff)],
    ['a tensor larger than any disk', start(1n, 0n).text('t').u32(3).u64(1n << 50n).u64(1n << 50n).u64(1n << 50n).u32(0).u64(0)],
    ['a tensor that lies beyond everything', start(1n, 0n).text('t').u32(1).u64(4).u32(0).u64((1n << 53n) - 1n)],
  ])('%s', async (_name, bytes) => {
    const begun = performance.now();
    await refusal(bytes.raw(new Uint8Array(64)).file());
    expect(performance.now() - begun).toBeLessThan(500);
  });

  test('nonsense after the magic word never does anything but be refused', async () => {
    let seed = 7;
    const next = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16;
    for (let round = 0; round < 300; round++) {
      const bytes = ggufHeader().pad(32).raw(new Uint8Array(552)).file();
      const broken = new Uint8Array(await bytes.arrayBuffer());
      for (let hit = 0; hit < 4; hit++) broken[24 + (next() % (broken.length - 24))] = next() & 255;
      const outcome: unknown = await readGguf(new File([broken], 'b.gguf'), 'b.gguf').then(() => null, (error: unknown) => error);
      if (outcome !== null) expect(failureCode(outcome)).toBe('llm-refused');
    }
  });
});
