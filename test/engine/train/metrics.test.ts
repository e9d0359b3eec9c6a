import { expect, test } from 'vitest';
import { argmax, calibrationError, confidences, coverageAt, logLoss, riskCoverage, score } from '../../../src/engine/train/metrics.ts';

test('score, worked out by hand', () => {
  //             truth      answers: 7 and −1 are none
  const result = score([0, 0, 0, 1, 1, 3], [0, 1, 7, 1, -1, 2], 4);
  expect(result.confusion).toEqual([[1, 1, 0, 0, 1], [0, 1, 0, 0, 1], [0, 0, 0, 0, 0], [0, 0, 1, 0, 0]]);
  expect(result.accuracy).toBeCloseTo(2 / 6);
  expect(result.perClass[0]).toEqual({ support: 3, precision: 1, recall: 1 / 3, f1: 0.5 });
  expect(result.perClass[1]).toEqual({ support: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
  expect(result.perClass[2].f1).toBe(0);
  // Class 2 occurs among the answers only: it is no part of the mean.
  expect(result.macroF1).toBeCloseTo((0.5 + 0.5 + 0) / 3);
});

test('argmax and confidences', () => {
  const probabilities = Float32Array.of(0.25, 0.5, 0.25, 0.5, 0, 0.5);
  expect(Array.from(argmax(probabilities, 3))).toEqual([1, 0]);
  expect(Array.from(confidences(probabilities, 3))).toEqual([0.5, 0.5]);
  expect(logLoss(probabilities, [1, 1], 3)).toBeCloseTo((Math.LN2 + 7 * Math.LN10) / 2, 4);
});

test('calibration error: none where confidence is the share right, all of it where it is not', () => {
  const confidence = Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.6 : 0.9));
  const honest = confidence.map((__, i) => (i < 50 ? i % 5 < 3 : i % 10 < 9));
  expect(calibrationError(confidence, honest)).toBeCloseTo(0);
  expect(calibrationError(confidence, confidence.map(() => false))).toBeCloseTo(0.75);
  // Over- and underconfidence in different bins do not cancel out.
  expect(calibrationError([0.2, 0.2, 0.8, 0.8], [1, 1, 0, 0], 2)).toBeCloseTo(0.8);
  expect(calibrationError([0.2, 0.2, 0.8, 0.8], [1, 1, 0, 0], 1)).toBeCloseTo(0);
});

test('coverage counts what is at least as sure as the threshold', () => {
  expect(coverageAt([0.9, 0.5, 0.49, 0.1], [true, false, true, true], 0.5)).toEqual({ coverage: 0.5, accuracy: 0.5 });
  expect(coverageAt([0.1], [true], 0.5)).toEqual({ coverage: 0, accuracy: NaN });
});

test('risk against coverage goes from the surest down', () => {
  const { coverage, risk, area } = riskCoverage([0.2, 0.9, 0.6, 0.4], [0, 1, 1, 0]);
  expect(Array.from(coverage)).toEqual([0.25, 0.5, 0.75, 1]);
  expect(Array.from(risk)).toEqual([0, 0, 1 / 3, 0.5]);
  expect(area).toBeCloseTo((1 / 3 + 0.5) / 4);
});
