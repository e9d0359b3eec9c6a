import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MAX_CHARS, openTokenizer } from '../../../src/engine/embed/tokenizer.ts';
import { reference } from './real-encoder.ts';

const bytes = readFileSync(new URL('../../../public/models/encoder/tokenizer.json', import.meta.url));
const tokenize = openTokenizer(bytes, 48);

test.each(reference.tokens)('same ids as the original tokenizer: $text', ({ text, ids }) => {
  expect(tokenize(text)).toEqual(ids);
});

test('a cut text keeps [CLS] first and [SEP] last', () => {
  const ids = openTokenizer(bytes, 5)('one two three four five six');
  expect(ids).toHaveLength(5);
  expect([ids[0], ids[4]]).toEqual([101, 102]);
  expect(ids.slice(0, 4)).toEqual(tokenize('one two three four five six').slice(0, 4));
});

test('text past the character limit is not looked at', () => {
  const head = ' '.repeat(MAX_CHARS - 4);
  expect(tokenize(`${head}word`)).toEqual(tokenize('word'));
  expect(tokenize(`${head}word more`)).toEqual(tokenize('word'));
});

test('what is not a tokenizer is refused', () => {
  for (const wrong of ['', '{}', '[1]', '<html>']) {
    expect(() => openTokenizer(new TextEncoder().encode(wrong), 48)).toThrow(expect.objectContaining({ code: 'model-runtime' }));
  }
});
