import { expect, test } from 'vitest';
import { ggufModel } from '../../../../src/engine/llm/own-model.ts';
import { recordedName } from '../../../../src/engine/llm/store/place.ts';
import { isFilePath, isModel } from '../../../../src/engine/llm/store/read-model.ts';

test.each(['100 %.gguf', 'Model #2.gguf', 'a:b?.gguf', '.gguf', '..', 'x\ny.gguf', 'half \ud800.gguf', 'größer.gguf'])('a file by the name of %j can be kept, and its record read again', (name) => {
  const path = recordedName(name);
  expect(isFilePath(path)).toBe(true);
  expect(isModel({ ...ggufModel(name, 5), files: [{ path, bytes: 5, sha256: '' }] })).toBe(true);
});

test('an ordinary name stays', () => expect(recordedName('Qwen3-0.6B (Q8_0).gguf')).toBe('Qwen3-0.6B (Q8_0).gguf'));
