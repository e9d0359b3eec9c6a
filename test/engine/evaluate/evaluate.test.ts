import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED_CODE } from '../../../src/contract/category.ts';
import { evaluate } from '../../../src/engine/evaluate/evaluate.ts';
import type { Evaluation } from '../../../src/engine/evaluate/evaluate.ts';
import { coverageAt, score } from '../../../src/engine/train/metrics.ts';
import { made } from './made-truth.ts';
import type { MadeVerdict } from './made-truth.ts';

const evaluated = (patterns: readonly MadeVerdict[], own?: readonly string[]): Evaluation => {
  const { verdicts, truth } = made(patterns, own);
  return evaluate(verdicts, truth) as Evaluation;
};
const classOf = (evaluation: Evaluation, name: string) => evaluation.classes.find((one) => one.name === name);

describe('reckoned by hand', () => {
  const result = evaluated([
    { label: 'Error', confidence: 0.9, truth: { Error: 6, 'User Action': 2 } },
    { label: 'User Action', confidence: 0.6, truth: { 'User Action': 3, Error: 1 } },
    { guess: 'Error', confidence: 0.4, truth: { Error: 4 } },
    { label: 'HTTP Status', by: 'rule', truth: { Lunch: 4 } },
  ]);

  test('lines, patterns, answers', () => {
    // Right: 6 of the first, 3 of the second.
    expect([result.rows, result.patterns, result.accuracy, result.accuracyByPattern]).toEqual([20, 4, 9 / 20, 2 / 4]);
    expect([result.coverage, result.accuracyAnswered, result.ceiling]).toEqual([16 / 20, 9 / 16, 17 / 20]);
  });

  test('each class', () => {
    // Error: 11 rows, 8 verdicts, 6 of them right; User Action: 5 rows, 4 verdicts, 3 right.
    expect(classOf(result, 'Error')).toMatchObject({ support: 11, answered: 8, precision: 6 / 8, recall: 6 / 11, f1: 12 / 19 });
    expect(classOf(result, 'User Action')).toMatchObject({ support: 5, answered: 4, precision: 3 / 4, recall: 3 / 5, f1: 6 / 9 });
    expect(classOf(result, 'Lunch')).toMatchObject({ support: 4, answered: 0, precision: 0, recall: 0, f1: 0, labels: [] });
    expect(result.macroF1).toBeCloseTo((12 / 19 + 6 / 9 + 0) / 3, 12);
  });

  test('who is taken for whom', () => {
    expect(result.classes.map(({ name }) => name)).toEqual(['HTTP Status', 'User Action', 'Error', 'Unclassified', 'Lunch']);
    expect(result.confusion).toEqual([[0, 0, 0, 0, 0], [0, 3, 2, 0, 0], [0, 1, 6, 4, 0], [0, 0, 0, 0, 0], [4, 0, 0, 0, 0]]);
  });

  test('confidence of models alone, what a threshold leaves of all', () => {
    // Sixteen rows: four at 0.4 (all guesses right), four at 0.6 (three right), eight at 0.9 (six right).
    const { bins, error } = result.calibration;
    expect(bins).toHaveLength(10);
    expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBeCloseTo(16, 9);
    expect(bins[0].confidence).toBeCloseTo(0.4, 6);
    expect(bins.at(-1)?.right).toBeCloseTo(0.75, 9);
    expect(error).toBeGreaterThan(0.15);
    expect(result.curve.find(({ threshold }) => threshold === 0.5)).toEqual({ threshold: 0.5, coverage: 16 / 20, accuracy: 9 / 16 });
    expect(result.curve[0]).toEqual({ threshold: 0, coverage: 1, accuracy: 13 / 20 });
  });
});

test('names match whatever their case, and every spelling is behind a cell', () => {
  const result = evaluated([{ label: 'Error', truth: { error: 2, 'ERROR ': 3, Error: 1 } }, { label: 'lunch time', truth: { 'Lunch Time': 5 } }], ['lunch time']);
  expect([result.accuracy, result.accuracyByPattern, result.ceiling]).toEqual([1, 1, 1]);
  expect(result.classes.map(({ name, truths, labels }) => [name, truths.length, labels.length])).toEqual([['Error', 3, 1], ['lunch time', 1, 1]]);
});

test('Unclassified is right where the label says so', () => {
  const result = evaluated([{ truth: { Unclassified: 2, Error: 1 } }]);
  expect([result.accuracy, result.coverage, result.accuracyAnswered]).toEqual([2 / 3, 0, NaN]);
});

test('no labels, no figures', () => {
  const { verdicts, truth } = made([{ label: 'Error', truth: {} }]);
  expect(evaluate(verdicts, truth)).toBeNull();
});

test('the same as row by row', () => {
  const label = fc.constantFrom(...CATEGORY_NAMES);
  const pattern = fc.record({ guess: label, sure: fc.integer({ min: 0, max: 100 }), truth: fc.dictionary(fc.constantFrom(...CATEGORY_NAMES, 'Own'), fc.integer({ min: 1, max: 5 }), { minKeys: 1, maxKeys: 3, noNullPrototype: true }) });
  fc.assert(fc.property(fc.array(pattern, { minLength: 1, maxLength: 12 }), (list) => {
    const patterns = list.map(({ guess, sure, truth }): MadeVerdict => ({ guess, confidence: sure / 100, truth, ...(sure >= 50 ? { label: guess } : {}) }));
    const result = evaluated(patterns);
    const names = [...CATEGORY_NAMES, 'Own'];
    const rows = patterns.flatMap(({ label: verdict, guess, confidence = 0, truth }) => Object.entries(truth).flatMap(([name, n]) => Array.from({ length: n }, () => ({
      truth: names.indexOf(name), answer: verdict === undefined ? -1 : names.indexOf(verdict), sure: Math.fround(confidence), right: guess === name,
    }))));
    const expected = score(rows.map(({ truth }) => truth), rows.map(({ answer }) => answer), names.length);
    expect(result.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(result.macroF1).toBeCloseTo(expected.macroF1, 12);
    for (const { name, precision, recall, f1, support } of result.classes) {
      if (name === 'Unclassified') continue;
      expect({ precision, recall, f1, support }).toEqual(expected.perClass[names.indexOf(name)]);
    }
    for (const { threshold, ...point } of result.curve) {
      const { coverage, accuracy } = coverageAt(rows.map(({ sure }) => sure), rows.map(({ right }) => right), threshold);
      expect(point.coverage).toBeCloseTo(coverage, 12);
      expect(point.accuracy).toBeCloseTo(accuracy, 12);
    }
    expect(UNCLASSIFIED_CODE).toBe(CATEGORY_NAMES.length);
  }), { numRuns: 200 });
});
