import { expect, test } from 'vitest';
import { median, secondsLeft } from '../../../src/engine/llm/time-left.ts';

test('the middle value', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(median([])).toBeNaN();
});

test('what is left is told by the trial first, then by what was asked last', () => {
  expect(secondsLeft(0, [])).toBe(0);
  expect(secondsLeft(10, [])).toBeNaN();
  expect(secondsLeft(10, [], 2)).toBe(20);
  // The first question of a run also reads the instructions.
  expect(secondsLeft(10, [30, 3], 2)).toBe(20);
  expect(secondsLeft(10, [30, 3, 3], 2)).toBe(30);
  expect(secondsLeft(10, [30])).toBe(300);
  expect(secondsLeft(1, [...new Array<number>(50).fill(100), ...new Array<number>(15).fill(1)])).toBe(1);
});
