import { describe, expect, test } from 'vitest';
import { readParts } from '../../../../src/engine/llm/wllama/parts.ts';
import { PIECE, memoryFor, refuseHopeless } from '../../../../src/engine/llm/wllama/needs.ts';
import { loadSettings, threadsFor } from '../../../../src/engine/llm/wllama/settings.ts';
import { TINY, ggufFile } from '../gguf-file.ts';

const part = (no: number, count: number): File => ggufFile({ ...TINY, 'split.no': no, 'split.count': count }, `m-0000${no + 1}-of-0000${count}.gguf`);

describe('files of a model', () => {
  test('in several parts are put in order, and count together', async () => {
    const [one, two] = [part(0, 2), part(1, 2)];
    const parts = await readParts([two, one]);
    expect(parts.files).toEqual([one, two]);
    expect(parts.bytes).toBe(one.size + two.size);
    expect(parts.header.parameters).toBe(2 * 192);
  });

  test.each([
    ['none', [], /No file/],
    ['a part alone', [part(0, 3)], /3 files, and only one of them was/],
    ['two of three', [part(0, 3), part(2, 3)], /only 2 were/],
    ['the same twice', [part(0, 2), part(0, 2)], /only one of them was/],
    ['two models', [ggufFile(), ggufFile()], /one model at a time/],
    ['parts of two models', [part(0, 2), part(1, 3)], /Choose all|not the parts of one/],
    ['an addition for pictures', [ggufFile({ 'general.architecture': 'clip' })], /holds no language model/],
  ])('%s is refused', async (_name, files, words) => {
    await expect(readParts(files)).rejects.toMatchObject({ name: 'llm-refused', message: expect.stringMatching(words) as string });
  });
});

describe('memory', () => {
  const header = { architecture: 'qwen2', name: '', licence: '', parameters: 0, contextTokens: 0, layers: 24, embedding: 896, keptPerLayer: 256, vocabulary: 151_936, chatTemplate: '', bytes: 0, split: null };

  test('is the file, what is kept of each token, the scores of a piece, and the runtime', () => {
    const cache = 24 * 256 * 1536 * 2;
    expect(memoryFor(header, 500e6, 1536)).toBe(500e6 + cache + PIECE * (151_936 + 16 * 896) * 4 + (100 << 20));
  });

  test('that no browser or this computer does not have is refused beforehand', () => {
    expect(() => refuseHopeless('Big', 4.7e9, 0)).toThrow(/4\.7 GB.*at most 4\.3 GB/);
    expect(() => refuseHopeless('Big', 2.5e9, 2)).toThrow(/about 2 GB in all/);
    expect(() => refuseHopeless('Big', 2.5e9, 4)).not.toThrow();
    expect(() => refuseHopeless('Big', 2.5e9, 0)).not.toThrow();
  });
});

test('threads: one where there are few processors or none may share memory, else one fewer than there are, eight at most', () => {
  expect([1, 2, 3, 4, 6, 9, 64].map((cores) => threadsFor(cores, true))).toEqual([1, 1, 1, 3, 5, 8, 8]);
  expect(threadsFor(64, false)).toBe(1);
  expect(loadSettings(1536, 3)).toMatchObject({ n_ctx: 1536, n_threads: 3, n_gpu_layers: 0, n_parallel: 1, flash_attn: false });
});
