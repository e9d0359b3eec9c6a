import { describe, expect, test } from 'vitest';
import { coverageAt, riskCoverage } from '../../../src/engine/train/metrics.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { chooseThreshold, riskCurve, riskTable } from '../../../src/engine/train/risk-curve.ts';

const random = createRandom(5);
const confidence = Array.from({ length: 500 }, (_, i) => (i < 101 ? i / 100 : random()));
const right = confidence.map((p) => random() < p);

test('every point is what counting the rows one by one gives', () => {
  const rows = confidence.map((_, i) => 1 + (i % 4));
  const written = confidence.flatMap((p, i) => Array.from({ length: rows[i] }, () => ({ p, right: right[i] })));
  for (const { threshold, coverage, accuracy } of riskCurve(confidence, right, rows)) {
    const wanted = coverageAt(written.map(({ p }) => p), written.map((one) => one.right), threshold);
    expect(coverage).toBeCloseTo(wanted.coverage, 12);
    expect(accuracy).toBeCloseTo(wanted.accuracy, 12);
  }
});

test('thresholds rise by hundredths and end where nothing is answered', () => {
  const curve = riskCurve([0.3, 0.555], [true, false], [1, 1]);
  expect(curve[0]).toEqual({ threshold: 0, coverage: 1, accuracy: 0.5 });
  expect(curve.at(-1)).toEqual({ threshold: 0.55, coverage: 0.5, accuracy: 0 });
  expect(riskCurve([], [], [])).toEqual([]);
});

test('the threshold that answers most at the wanted accuracy', () => {
  const curve = riskCurve(confidence, right, confidence.map(() => 1));
  const chosen = chooseThreshold(curve, 0.8);
  expect(chosen?.accuracy).toBeGreaterThanOrEqual(0.8);
  for (const point of curve) if (point.threshold < (chosen?.threshold ?? 0)) expect(point.accuracy).toBeLessThan(0.8);
  expect(chooseThreshold(riskCurve([0.9], [false], [1]), 0.5)).toBeNull();
});

describe('risk at given coverages', () => {
  test('worked out by hand, with a share that ends amid equal confidences', () => {
    // By falling confidence: 2 rows right; 4 rows at 0.8, of which 1 wrong; 4 rows wrong.
    const table = riskTable([0.5, 0.9, 0.8, 0.8], [false, true, false, true], [4, 2, 1, 3], [0.1, 0.2, 0.4, 0.6, 1]);
    expect(table.map(({ confidence: reached }) => reached)).toEqual([0.9, 0.9, 0.8, 0.8, 0.5]);
    [0, 0, 0.5 / 4, 1 / 6, 5 / 10].forEach((error, at) => expect(table[at].error).toBeCloseTo(error, 12));
    expect(riskTable([], [], [], [0.5, 1])).toEqual([]);
  });

  test('is the curve over single rows where every confidence is another', () => {
    const sure = Array.from({ length: 200 }, () => random());
    const hits = sure.map((p) => random() < p);
    const { risk } = riskCoverage(sure, hits);
    for (const { coverage, error } of riskTable(sure, hits, sure.map(() => 1), [0.1, 0.25, 0.5, 1])) expect(error).toBeCloseTo(risk[coverage * 200 - 1], 9);
  });
});
