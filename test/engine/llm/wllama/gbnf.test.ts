import { expect, test } from 'vitest';
import { longest, oneOf } from '../../../../src/engine/llm/wllama/gbnf.ts';

test('one of the answers, each once, with or without a space before it', () => {
  expect(oneOf(['Critical Error', 'Error', 'Error'])).toBe('root ::= " "? ("Critical Error" | "Error")');
});

test('nothing that a name holds can end its quotes or begin anything else', () => {
  const grammar = oneOf(['a"b', 'c\\d', 'e\nf', 'Ü 日 🎉', '[x]{1}|*', '\ud800']);
  expect(grammar).toBe(String.raw`root ::= " "? ("a\U00000022b" | "c\U0000005cd" | "e\U0000000af" | "\U000000dc \U000065e5 \U0001f389" | "\U0000005bx\U0000005d\U0000007b1\U0000007d\U0000007c\U0000002a" | "\U0000fffd")`);
});

test('every name can be read back from the grammar', () => {
  const names = Array.from({ length: 300 }, (_, index) => `n${String.fromCodePoint(1 + index * 37)}"\\${index}`);
  const read = [...oneOf(names).matchAll(/"((?:[^"\\]|\\U[0-9a-f]{8})*)"(?=[ )])/g)].map((match) => match[1].replace(/\\U([0-9a-f]{8})/g, (_whole, hex: string) => String.fromCodePoint(parseInt(hex, 16))));
  expect(read).toEqual(names);
});

test('the longest answer has room, however a vocabulary cuts it', () => {
  expect(longest(['Error', '日本'])).toBe(8);
});
