import { expect, test } from 'vitest';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../../src/contract/pattern.ts';
import { trainingData, trainingRows } from '../../../src/engine/evaluate/training-rows.ts';
import { checkTrainingData } from '../../../src/engine/train/check-training-data.ts';
import { made } from './made-truth.ts';

const { verdicts, truth } = made([
  { truth: { error: 3 } }, { truth: { Lunch: 4, 'ERROR ': 1 } }, { truth: { Error: 9 } }, { truth: { Error: 9 } }, { truth: { unclassified: 7, 'User Action': 6 } },
]);
const flags = Uint8Array.of(0, 0, PATTERN_NO_CONTENT, PATTERN_OVERFLOW, 0);

test('labels by the spelling of verdicts, the largest patterns first, nothing that says nothing', () => {
  const rows = trainingRows({ flags }, truth, verdicts.labels);
  expect(rows).toEqual({
    classes: ['User Action', 'Error', 'Lunch'], patterns: [4, 1, 0], rows: 14, leftOut: 25,
    entries: [{ at: 0, label: 0, rows: 6 }, { at: 1, label: 1, rows: 1 }, { at: 1, label: 2, rows: 4 }, { at: 2, label: 1, rows: 3 }],
  });
});

test('past the cap the rare patterns are left out, and said to be', () => {
  const rows = trainingRows({ flags }, truth, verdicts.labels, 1);
  expect([rows.patterns, rows.classes, rows.rows, rows.leftOut]).toEqual([[4], ['User Action'], 6, 33]);
});

test('as training wants it', () => {
  const data = trainingData(trainingRows({ flags }, truth, verdicts.labels), [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)]);
  expect(() => checkTrainingData(data)).not.toThrow();
  expect([data.dims, [...data.vectors.subarray(2, 4)], [...data.pattern], [...data.label], [...data.rows]]).toEqual([2, [0, 1], [0, 1, 1, 2], [0, 1, 2, 1], [6, 1, 4, 3]]);
});
