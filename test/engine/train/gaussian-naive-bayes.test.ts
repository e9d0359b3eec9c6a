import { expect, test as it } from 'vitest';
import { fitNaiveBayes, predictNaiveBayes } from '../../../src/engine/train/gaussian-naive-bayes.ts';
import { argmax } from '../../../src/engine/train/metrics.ts';
import { naiveBayesToOnnx } from '../../../src/engine/train/naive-bayes-onnx.ts';
import { accuracy, classes, columns, fixture, largestDifference, shown, test, testLabels, train, trainLabels } from './fixture.ts';
import { runOnFeatures } from './run-onnx.ts';

it('gives scikit-learn\'s probabilities', () => {
  const model = fitNaiveBayes(train, columns, trainLabels, classes);
  expect(largestDifference(predictNaiveBayes(model, shown), fixture.naiveBayes.plain)).toBeLessThan(1e-4);
  expect(accuracy(predictNaiveBayes(model, test), testLabels)).toBeCloseTo(fixture.naiveBayes.accuracy, 6);
});

it('with sample weights and given priors', () => {
  const model = fitNaiveBayes(train, columns, trainLabels, classes, { sampleWeights: fixture.train.weights, priors: new Array<number>(classes).fill(1 / classes) });
  expect(largestDifference(predictNaiveBayes(model, shown), fixture.naiveBayes.weighted)).toBeLessThan(1e-4);
});

it('the file says what the model says', async () => {
  const model = fitNaiveBayes(train, columns, trainLabels, classes);
  const ran = await runOnFeatures(naiveBayesToOnnx(model), test, columns);
  expect(ran.dims).toEqual([testLabels.length, classes]);
  expect(largestDifference(ran.data, predictNaiveBayes(model, test))).toBeLessThan(1e-4);
});

it('hard ground: far from everything, a constant feature, a large offset, a class without rows', async () => {
  const moved = (values: Float32Array): Float32Array => values.map((value, at) => (at % columns === 1 ? 3.25 : at % columns === 2 ? value + 1000 : value));
  const model = fitNaiveBayes(moved(train), columns, trainLabels, classes + 1);
  const far = moved(test).map((value, at) => (at < 50 * columns && at % columns !== 1 ? value * 3 : value));
  const own = predictNaiveBayes(model, far);
  const ran = await runOnFeatures(naiveBayesToOnnx(model), far, columns);
  expect(own.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(largestDifference(ran.data, own)).toBeLessThan(1e-3);
  expect(argmax(ran.data, classes + 1)).toEqual(argmax(own, classes + 1));
  expect(Math.max(...own.filter((_, at) => at % (classes + 1) === classes))).toBe(0);
});

it('refuses what does not fit', () => {
  expect(() => fitNaiveBayes(train, columns, [1, 2], classes)).toThrow(RangeError);
  expect(() => predictNaiveBayes(fitNaiveBayes(train, columns, trainLabels, classes), new Float32Array(columns + 1))).toThrow(RangeError);
});
