import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import type { CategoryLimits, ModelLimits } from '../../../src/contract/model-limits.ts';
import { CATEGORY_EXAMPLES } from '../../../src/ui/help/category-examples.ts';
import { bordersWords, limitsOfCategory, measuredWords, of100, readingWords } from '../../../src/ui/help/limit-words.ts';

const category = (name: CategoryLimits['name'], agreement: number | null): CategoryLimits => ({ name, messages: 10, precision: 0.914, recall: 0.876, agreement });
const LIMITS: ModelLimits = {
  messages: 13_245, accuracy: 0.824, macroF1: 0.8, calibrationError: 0.012, sure: { confidence: 0.9, messages: 6_000, right: 0.968 }, agreement: 0.944,
  categories: [category('Security Alert', 0.95), category('Error', 0.93), category('Workflow Error', 0.871), category('Critical Error', 0.879)],
};

describe('a share as a count of 100', () => {
  test.each([[0, '0'], [0.004, '< 1'], [0.005, '1'], [0.914, '91'], [0.994, '99'], [0.996, '> 99'], [1, '100'], [null, '–']] as const)('%s is %s', (share, words) => {
    expect(of100(share)).toBe(words);
  });
});

test('says how the table is read, by one category', () => {
  expect(readingWords(LIMITS.categories[0])).toBe('of 100 lines it called Security Alert, 91 were; of 100 that were, it found 88. Two readers agreed on 95.');
  expect(readingWords({ ...LIMITS.categories[0], agreement: null })).toBe('of 100 lines it called Security Alert, 91 were; of 100 that were, it found 88.');
});

test('says what was measured over all', () => {
  expect(measuredWords(LIMITS)).toBe('Tried on 13,245 messages from kinds of programs that the model had never seen, its likeliest category was right for 82 of 100. '
    + 'Where it was sure (confidence 0.9 or more, 45 of 100 messages), 97 of 100 were right. The confidence it stated was 1 of 100 off on average. '
    + 'Two readers, apart from each other, agreed on 94 of 100.');
  expect(measuredWords({ ...LIMITS, sure: { confidence: 0.9, messages: 0, right: null } })).not.toContain('sure');
});

test('names the categories on which readers agree least', () => {
  expect(bordersWords(LIMITS)).toBe('Of 100 lines, two readers agreed on 87 for Workflow Error and 88 for Critical Error.');
  expect(bordersWords({ ...LIMITS, categories: [category('Error', null), category('User Action', 0.9)] })).toBe('');
});

test('finds a category by its name', () => {
  expect(limitsOfCategory(LIMITS, 'Workflow Error')?.agreement).toBe(0.871);
  expect(limitsOfCategory(LIMITS, 'HTTP Status')).toBeUndefined();
});

test('every category has an example of its own, on one short line', () => {
  const examples = [...CATEGORY_NAMES, UNCLASSIFIED].map((name) => CATEGORY_EXAMPLES[name as keyof typeof CATEGORY_EXAMPLES]);
  expect(new Set(examples).size).toBe(CATEGORY_NAMES.length + 1);
  for (const example of examples) expect(example.length).toBeLessThan(70);
});
