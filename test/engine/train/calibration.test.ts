import { describe, expect, test } from 'vitest';
import type { Calibration } from '../../../src/engine/train/calibration.ts';
import { calibrate, chooseCalibration, fitIsotonic, fitTemperature } from '../../../src/engine/train/calibration.ts';
import { isotonicKnots } from '../../../src/engine/train/isotonic.ts';
import { argmax, calibrationError, confidences, logLoss } from '../../../src/engine/train/metrics.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { softmaxRows } from '../../../src/engine/train/softmax.ts';
import { groupedKFold } from '../../../src/engine/train/splits.ts';

const CLASSES = 4;
const ROWS = 3000;

/** Honest probabilities, and labels drawn from them. */
function honest(seed: number): { probabilities: Float32Array; labels: Int32Array } {
  const random = createRandom(seed);
  const probabilities = Float32Array.from({ length: ROWS * CLASSES }, () => 6 * random());
  softmaxRows(probabilities, CLASSES);
  const labels = Int32Array.from({ length: ROWS }, (_, i) => {
    let left = random();
    for (let c = 0; c < CLASSES - 1; c += 1) if ((left -= probabilities[i * CLASSES + c]) < 0) return c;
    return CLASSES - 1;
  });
  return { probabilities, labels };
}

function sharpen(probabilities: Float32Array, power: number): Float32Array {
  const out = probabilities.map((p) => Math.log(p) * power);
  softmaxRows(out, CLASSES);
  return out;
}

function error(probabilities: Float32Array, labels: Int32Array): number {
  return calibrationError(confidences(probabilities, CLASSES), argmax(probabilities, CLASSES).map((best, i) => Number(best === labels[i])));
}

const { probabilities, labels } = honest(1);
const fresh = honest(2);
const folds = groupedKFold(Array.from({ length: ROWS }, (_, i) => i), 5, createRandom(3));
/** Cautious about everything and wrong in a way that no power mends: high and low are squeezed into the middle. */
const squeeze = (from: Float32Array): Float32Array => {
  const out = from.map((p) => 0.2 + 0.1 * Math.atan(25 * (p - 0.5)) / Math.PI);
  for (let at = 0; at < out.length; at += CLASSES) {
    const sum = out.subarray(at, at + CLASSES).reduce((a, b) => a + b);
    for (let c = 0; c < CLASSES; c += 1) out[at + c] /= sum;
  }
  return out;
};

describe('temperature', () => {
  test.each([0.4, 1, 2.5])('finds the power %d that was applied', (power) => {
    const fitted = fitTemperature(sharpen(probabilities, power), labels, CLASSES);
    expect(fitted.kind === 'temperature' && Math.abs(fitted.temperature / power - 1)).toBeLessThan(0.06);
  });

  test('mends overconfidence on rows not fitted', () => {
    const loud = sharpen(fresh.probabilities, 3);
    const mended = calibrate(fitTemperature(sharpen(probabilities, 3), labels, CLASSES), loud, CLASSES);
    expect(error(loud, fresh.labels)).toBeGreaterThan(0.1);
    expect(error(mended, fresh.labels)).toBeLessThan(0.03);
  });

  test('weights count as rows', () => {
    const loud = sharpen(probabilities, 2);
    const twice = Float32Array.from([...loud, ...loud.slice(0, 100 * CLASSES)]);
    const a = fitTemperature(loud, labels, CLASSES, Array.from({ length: ROWS }, (_, i) => (i < 100 ? 2 : 1)));
    const b = fitTemperature(twice, [...labels, ...labels.slice(0, 100)], CLASSES);
    expect(a.kind === 'temperature' && b.kind === 'temperature' && Math.abs(a.temperature - b.temperature)).toBeLessThan(1e-4);
  });
});

describe('isotonic', () => {
  test('mends what no temperature mends', () => {
    const squeezed = squeeze(fresh.probabilities);
    const by = (fit: typeof fitIsotonic): Float32Array => calibrate(fit(squeeze(probabilities), labels, CLASSES), squeezed, CLASSES);
    expect(error(squeezed, fresh.labels)).toBeGreaterThan(0.3);
    expect(error(by(fitIsotonic), fresh.labels)).toBeLessThan(0.06);
    expect(logLoss(by(fitIsotonic), fresh.labels, CLASSES)).toBeLessThan(logLoss(by(fitTemperature), fresh.labels, CLASSES) - 0.005);
  });

  test('pools what falls, as worked out by hand', () => {
    const knots = isotonicKnots([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1], [100, 100, 100, 100]);
    [0, 0.2, 0.5, 0.8, 1].forEach((x, i) => expect(knots.x[i]).toBeCloseTo(x, 12));
    [0, 0, 0.5, 1, 1].forEach((y, i) => expect(knots.y[i]).toBeCloseTo(y, 1));
  });
});

const all: readonly Calibration[] = [fitTemperature(sharpen(probabilities, 3), labels, CLASSES), fitIsotonic(squeeze(probabilities), labels, CLASSES), { kind: 'identity' }];

test.each(all)('$kind keeps labels, sums to 1 and survives JSON', (calibration) => {
  const edges = Float32Array.of(1, 0, 0, 0, 0, 0, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25);
  for (const given of [fresh.probabilities, squeeze(fresh.probabilities), edges]) {
    const kept = given.slice();
    const out = calibrate(JSON.parse(JSON.stringify(calibration)) as Calibration, given, CLASSES);
    expect(given).toEqual(kept);
    expect(out).toEqual(calibrate(calibration, given, CLASSES));
    expect(argmax(out, CLASSES)).toEqual(argmax(given, CLASSES));
    const sums = Array.from({ length: out.length / CLASSES }, (_, i) => out.subarray(i * CLASSES, (i + 1) * CLASSES).reduce((a, b) => a + b));
    expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-5);
  }
});

test('chooses the simplest that pays', () => {
  expect(chooseCalibration(probabilities, labels, CLASSES, folds).kind).toBe('identity');
  expect(chooseCalibration(sharpen(probabilities, 3), labels, CLASSES, folds).kind).toBe('temperature');
  expect(chooseCalibration(squeeze(probabilities), labels, CLASSES, folds).kind).toBe('isotonic');
});
