import { expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { limitsOf, readAgreement } from '../../../training/classify/limits.ts';

const ERROR = CATEGORY_NAMES.indexOf('Error');
const SECURITY = CATEGORY_NAMES.indexOf('Security Alert');
const USER = CATEGORY_NAMES.indexOf('User Action');

/** So sure of one class, the rest shared by the others. */
const vote = (label: number, sure: number): number[] => CATEGORY_NAMES.map((_, c) => (c === label ? sure : (1 - sure) / (CATEGORY_NAMES.length - 1)));

// Five errors, of which four are found, and three security alerts, of which two are; one error is called a user action.
const LABELS = [ERROR, ERROR, ERROR, ERROR, ERROR, SECURITY, SECURITY, SECURITY];
const VOTED = Float32Array.from([
  vote(ERROR, 0.95), vote(ERROR, 0.95), vote(ERROR, 0.9375), vote(ERROR, 0.5), vote(USER, 0.75), vote(SECURITY, 0.95), vote(SECURITY, 0.8), vote(ERROR, 0.92),
].flat());

test('says how often the vote was right, over all and by category', () => {
  const limits = limitsOf(LABELS, VOTED, { messages: 20, agreed: 19, perLabel: { Error: [9, 12], 'Security Alert': [7, 8] } });
  expect(limits).toMatchObject({ messages: 8, accuracy: 0.75, agreement: 0.95 });
  // F1: Error 2 · 4 / (5 + 5), Security Alert 2 · 2 / (3 + 2); the mean is over these two, since no message is a user action.
  expect(limits.macroF1).toBe(0.8);
  // Sure: three errors, an alert, and an alert that was called an error.
  expect(limits.sure).toEqual({ confidence: 0.9, messages: 5, right: 0.8 });
  expect(limits.categories.map(({ name }) => name)).toEqual(CATEGORY_NAMES);
  expect(limits.categories[ERROR]).toEqual({ name: 'Error', messages: 5, precision: 0.8, recall: 0.8, agreement: 0.75 });
  expect(limits.categories[SECURITY]).toEqual({ name: 'Security Alert', messages: 3, precision: 1, recall: 0.6667, agreement: 0.875 });
  // Called so once, wrongly; none was tried; no reader saw one.
  expect(limits.categories[USER]).toEqual({ name: 'User Action', messages: 0, precision: 0, recall: null, agreement: null });
  expect(limits.categories[CATEGORY_NAMES.indexOf('HTTP Status')]).toMatchObject({ precision: null, recall: null });
});

test('the confidence is off by what it says too much or too little', () => {
  // Ten bins of a row each: nine that are right at 0.8 and one that is wrong at 0.9 are 9 · 0.2 + 0.9 off.
  const voted = Float32Array.from([...Array.from({ length: 9 }, () => vote(ERROR, 0.8)), vote(USER, 0.9)].flat());
  expect(limitsOf(new Array<number>(10).fill(ERROR), voted, { messages: 1, agreed: 1, perLabel: {} }).calibrationError).toBeCloseTo(0.27, 3);
});

test('nobody sure is no share', () => {
  const limits = limitsOf([ERROR], Float32Array.from(vote(ERROR, 0.5)), { messages: 1, agreed: 1, perLabel: {} });
  expect(limits.sure).toEqual({ confidence: 0.9, messages: 0, right: null });
});

test('the agreement in the repository adds up and knows every category', () => {
  const { messages, agreed, perLabel } = readAgreement();
  const pairs = Object.values(perLabel);
  expect(pairs.reduce((sum, [, read]) => sum + read, 0)).toBe(messages);
  expect(pairs.reduce((sum, [same]) => sum + same, 0)).toBe(agreed);
  for (const name of CATEGORY_NAMES) expect(perLabel[name], name).toBeDefined();
});
