import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrationCurve } from '../../../src/engine/evaluate/calibration-curve.ts';
import { calibrationError } from '../../../src/engine/train/metrics.ts';

test('two bins by hand', () => {
  // Four rows at 0.5, two right; four at 1, three right.
  expect(calibrationCurve([0.5, 0.5, 1, 1], [1, 0, 1, 0], [2, 2, 3, 1], 2)).toEqual({
    bins: [{ rows: 4, confidence: 0.5, right: 0.5 }, { rows: 4, confidence: 1, right: 0.75 }], error: 0.125,
  });
});

test('a border through answers of one confidence divides them in proportion', () => {
  const { bins } = calibrationCurve([0.2, 0.8], [1, 0.5], [1, 3], 2);
  expect(bins[0]).toEqual({ rows: 2, confidence: 0.5, right: 0.75 });
  expect(bins[1]).toEqual({ rows: 2, confidence: 0.8, right: 0.5 });
});

test('nothing answered, nothing to show', () => expect(calibrationCurve([], [], [])).toEqual({ bins: [], error: 0 }));

test('agrees with the error that training uses, where every confidence is another', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 10, maxLength: 200 }), fc.infiniteStream(fc.boolean()), (values, hits) => {
    // A multiple of the bins, so that no row is cut.
    const confidence = values.slice(0, values.length - (values.length % 10)).map((value) => value / 1000);
    const right = confidence.map(() => hits.next().value as boolean);
    expect(calibrationCurve(confidence, right.map(Number), confidence.map(() => 1)).error).toBeCloseTo(calibrationError(confidence, right), 9);
  }));
});

test('the order of answers does not matter', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 30 }), (answers) => {
    const error = (list: typeof answers): number => calibrationCurve(list.map(([value]) => value / 4), list.map(([, right]) => Number(right)), list.map(([, , rows]) => rows)).error;
    expect(error([...answers].reverse())).toBeCloseTo(error(answers), 9);
  }));
});
