import { expect, test } from 'vitest';
import { EXAMPLE_CHARS, PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import { mergeKeys } from '../../../src/engine/patterns/merge.ts';
import { buildPatternTable, patternTexts } from '../../../src/engine/patterns/pattern-table.ts';
import { tableOf } from './keys.ts';

const keys = tableOf([
  { text: 'user ann came to the desk', message: 'user ann came to the desk', time: 500, level: 3 },
  { text: '---', content: false },
  { text: 'user bob came to the desk', message: 'user bob came to the desk', time: 300, level: 3 },
  { text: 'user ann came to the desk', time: 900, level: 3 },
  { text: 'other words', message: 'é'.repeat(EXAMPLE_CHARS + 50), rule: 4, http: 5 },
  { text: 'too many', time: 100 },
], 4);
const merged = mergeKeys(keys);
const table = buildPatternTable(keys, merged);

test('sums keys into patterns', () => {
  expect(table.count).toBe(4);
  expect(table.texts.slice(0, 3)).toEqual(['user <*> came to the desk', '---', 'other words']);
  expect([...table.rows]).toEqual([3, 1, 1, 1]);
  expect([...table.firstRow]).toEqual([0, 1, 4, 5]);
  expect([...table.lastRow]).toEqual([3, 1, 4, 5]);
  expect([...table.firstTime]).toEqual([300, NaN, NaN, 100]);
  expect([...table.lastTime]).toEqual([900, NaN, NaN, 100]);
});

test('keeps what all keys of a pattern share', () => {
  expect([...table.level]).toEqual([3, 0, 0, 0]);
  expect([...table.http]).toEqual([0, 0, 5, 0]);
  expect([...table.rule]).toEqual([-1, -1, 4, -1]);
  expect([...table.flags]).toEqual([0, PATTERN_NO_CONTENT, 0, PATTERN_OVERFLOW]);
});

test('shows the first row’s message, cut', () => {
  expect(table.examples[0]).toBe('user ann came to the desk');
  expect(table.examples[2].length).toBe(EXAMPLE_CHARS);
  expect(table.examples[2].endsWith('é…')).toBe(true);
  expect(table.examples[3]).toBe('');
});

test('shows models the first key’s text, which no later merge changes', () => {
  expect(patternTexts(keys, merged)[0]).toEqual({ text: 'user ann came to the desk', level: 3 });
});
