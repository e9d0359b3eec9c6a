import { expect, test } from 'vitest';
import { isFilePath, isModel, isModelId, readStored } from '../../../../src/engine/llm/store/read-model.ts';
import { ggufModel } from '../../../../src/engine/llm/own-model.ts';

const MODEL = ggufModel('x.gguf', 5);
const HASH = 'ab'.repeat(32);
const RECORD = { model: MODEL, bytes: 5, sha256: { 'x.gguf': HASH } };
const read = (value: unknown, id = MODEL.id): unknown => readStored(JSON.stringify(value), id);

test('a record is read back as it was written', () => expect(read(RECORD)).toEqual(RECORD));

test.each([
  null, [], 'x', {}, { ...RECORD, bytes: -1 }, { ...RECORD, bytes: '5' }, { ...RECORD, sha256: {} }, { ...RECORD, sha256: { 'x.gguf': 'short' } }, { ...RECORD, sha256: { 'x.gguf': HASH, y: 1 } },
  ...[{ id: '..' }, { id: 'a/b' }, { name: ' ' }, { runtime: 'cloud' }, { runtime: 'webllm' }, { origin: 'x' }, { base: 'javascript:alert(1)//' }, { base: 'https://example.org/x' }, { hosts: ['*'] }, { library: 'data:,' },
    { files: [{ path: '../x', bytes: 1, sha256: '' }] }, { files: 'x' }, { reasons: 1 }, { parameters: Number.MAX_VALUE }].map((wrong) => ({ ...RECORD, model: { ...MODEL, ...wrong } })),
])('%j is none', (value) => expect(read(value)).toBe(null));

test('a record in the folder of another model is none', () => {
  expect(read(RECORD, 'other')).toBe(null);
  expect(readStored('{', MODEL.id)).toBe(null);
  expect(isModel({ ...MODEL, id: '__proto__' })).toBe(true);
});

test('names of folders and files', () => {
  for (const id of ['a', 'Qwen3-0.6B_Q8.0']) expect(isModelId(id), id).toBe(true);
  for (const id of ['', '.', '..', '.a', 'a/b', 'a b', 'ä', 'a'.repeat(101), 5]) expect(isModelId(id), String(id)).toBe(false);
  for (const path of ['a.gguf', 'Q8_0/a b.gguf', 'ä…gguf']) expect(isFilePath(path), path).toBe(true);
  for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', 'https://a/b', 'a?b', 'a#b', 'a\\b', 'a%2fb', 'a\nb', 'a\ud800', 5]) expect(isFilePath(path), String(path)).toBe(false);
});
