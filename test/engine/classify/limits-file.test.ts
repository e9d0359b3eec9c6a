import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { ModelLimits } from '../../../src/contract/model-limits.ts';
import { LIMITS_PATH, readLimits, writeLimits } from '../../../src/engine/classify/limits-file.ts';
import { readAgreement } from '../../../training/classify/limits.ts';

const LIMITS: ModelLimits = {
  messages: 40, accuracy: 0.8, macroF1: 0.7, calibrationError: 0, sure: { confidence: 0.9, messages: 0, right: null }, agreement: 0.94,
  categories: CATEGORY_NAMES.map((name) => ({ name, messages: 4, precision: 1, recall: null, agreement: 0.5 })),
};
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

test('what is written is what is read', () => {
  expect(readLimits(bytes(writeLimits(LIMITS)))).toEqual(LIMITS);
});

describe('refused, in words, is', () => {
  const stored = { version: 1, ...LIMITS };
  test.each([
    ['no JSON', 'x'], ['nothing', 'null'], ['another version', { ...stored, version: 2 }], ['a share above one', { ...stored, accuracy: 1.2 }], ['a share that is missing', { ...stored, agreement: undefined }],
    ['no sure answers at all', { ...stored, sure: undefined }], ['a count below zero', { ...stored, messages: -1 }], ['a category less', { ...stored, categories: LIMITS.categories.slice(1) }],
    ['an empty category', { ...stored, categories: [null, ...LIMITS.categories.slice(1)] }], ['another order', { ...stored, categories: LIMITS.categories.toReversed() }],
    ['a share in words', { ...stored, categories: LIMITS.categories.map((category) => ({ ...category, recall: 'most' })) }],
  ])('%s', (_, value) => {
    expect(() => readLimits(bytes(value))).toThrow(/limits\.json is not of a form this version understands/);
  });
});

test('the shipped file is of these categories and of the agreement in the repository', () => {
  const limits = readLimits(readFileSync(new URL(`../../../public/models/${LIMITS_PATH}`, import.meta.url)));
  const { messages, agreed } = readAgreement();
  expect(limits.agreement).toBeCloseTo(agreed / messages, 3);
  expect(limits.categories.reduce((sum, category) => sum + category.messages, 0)).toBe(limits.messages);
  const right = limits.categories.reduce((sum, category) => sum + (category.recall ?? 0) * category.messages, 0);
  expect(right / limits.messages).toBeCloseTo(limits.accuracy, 3);
});
