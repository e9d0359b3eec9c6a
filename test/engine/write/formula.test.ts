import { expect, test } from 'vitest';
import { formatConfidence } from '../../../src/engine/write/columns.ts';
import { isFormula } from '../../../src/engine/write/formula.ts';
import { bytesOf } from '../read/reading.ts';

const runs = (text: string): boolean => isFormula(bytesOf(text), 0, bytesOf(text).length);

test.each(['=1+1', '=cmd|\' /C calc\'!A0', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '"=1"', '" =1', '- item', '--5', '+49 30 1234', '-5 items', '＝1+1', '＠a', '-1e5+2', '\u00a0=1', '\ufeff=1', '\0=1', '\u200b\u2003@a', '\v+x', '"\u3000=1'])('a spreadsheet would run %j', (text) => {
  expect(runs(text)).toBe(true);
});

test.each(['', ' ', '-', ' - ', '-5', '+3.25', '-1,234.5', '-.5', '1e5', '-1e-5', '-5 %', 'a=1', '\'=1', 'text', '５', 'ﾃ', '...', '*x', '"quoted"', '\u00a0-5', '€=1', '日=1', 'é+1'])('it would not run %j', (text) => {
  expect(runs(text)).toBe(false);
});

test('only certainty is written as 1', () => {
  expect([1, 0.99999, 0.5, 0.12345, 0, 1e-7].map(formatConfidence)).toEqual(['1', '0.9999', '0.5', '0.1235', '0', '0']);
});
