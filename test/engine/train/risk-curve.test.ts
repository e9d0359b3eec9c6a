import { expect, test } from 'vitest';
import { coverageAt } from '../../../src/engine/train/metrics.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { chooseThreshold, riskCurve } from '../../../src/engine/train/risk-curve.ts';

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
