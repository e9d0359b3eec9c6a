import { expect, test } from 'vitest';
import { differingParts } from '../../src/ui/ask/differing-parts.ts';
import { spotWords } from '../../src/ui/spot/spot-words.ts';
import { estimateWords, percent } from '../../src/ui/teach/estimate-words.ts';

test('an estimate is said in whole percents, in tenths near all, and as all only where it is all', () => {
  expect(estimateWords({ share: 0.941, low: 0.897, high: 0.968 })).toBe('Estimated 94 % of lines right (90–97 %)');
  expect([0, 0.005, 0.984, 0.985, 0.9934, 0.9999, 1].map(percent)).toEqual(['0', '1', '98', '98.5', '99.3', '99.9', '100']);
});

test('a spot check is said with its interval, never as all where it may be less', () => {
  expect(spotWords({ k: 48, n: 50, low: 0.8629, high: 0.9951 })).toBe('correct 48 of 50: 86–99 % (95 %)');
  expect(spotWords({ k: 50, n: 50, low: 0.9289, high: 1 })).toBe('correct 50 of 50: 92–100 % (95 %)');
  expect(spotWords({ k: 0, n: 0, low: 0, high: 1 })).toBe('nothing judged');
});

test('examples are marked where they differ word by word, and are whole all the same', () => {
  const messages = ['Stage 12 of query ab finished', 'Stage 8 of query cd finished', 'Stage 8 of query ef finished'];
  const parts = differingParts(messages);
  expect(parts.map((own) => own.map(({ text }) => text).join(''))).toEqual(messages);
  expect(parts.map((own) => own.filter(({ differs }) => differs).map(({ text }) => text))).toEqual([['12', 'ab'], ['8', 'cd'], ['8', 'ef']]);
  expect(differingParts(['one two', 'one'])).toEqual([[{ text: 'one two', differs: false }], [{ text: 'one', differs: false }]]);
  expect(differingParts(['alone'])).toEqual([[{ text: 'alone', differs: false }]]);
});
