import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { labelOf } from '../../../src/engine/llm/answer.ts';

test('an answer is exactly a category', () => {
  expect(labelOf('Error', CATEGORY_NAMES)).toBe('Error');
  expect(labelOf(' critical error\n', CATEGORY_NAMES)).toBe('Critical Error');
  for (const text of ['', ' ', 'Errors', 'Error.', '"Error"', 'Error, since it failed', 'The category is Error', 'Unclassified', 'Critical', 'User Action\nError', '<think></think>Error']) expect(labelOf(text, CATEGORY_NAMES)).toBe('');
});

test('own categories that differ only in case are told apart', () => {
  expect(labelOf('backup', ['Backup', 'backup'])).toBe('backup');
  expect(labelOf('BACKUP', ['Backup', 'backup'])).toBe('Backup');
});

test('whatever was written, only a category or nothing comes out', () => {
  const allowed = new Set<string>([...CATEGORY_NAMES, '']);
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.tuple(fc.constantFrom(...CATEGORY_NAMES), fc.string()).map(([name, more]) => name + more)), (text) => {
    expect(allowed.has(labelOf(text, CATEGORY_NAMES))).toBe(true);
  }));
});
