import { describe, expect, test as it } from 'vitest';
import { forestToOnnx } from '../../../src/engine/train/forest-onnx.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import type { ForestOptions } from '../../../src/engine/train/random-forest.ts';
import { fitRandomForest, predictRandomForest } from '../../../src/engine/train/random-forest.ts';
import { accuracy, classes, columns, fixture, largestDifference, shown, test, testLabels, train, trainLabels } from './fixture.ts';
import { runOnFeatures } from './run-onnx.ts';

const fit = (seed: number, options: ForestOptions = {}): ReturnType<typeof fitRandomForest> => fitRandomForest(train, columns, trainLabels, classes, createRandom(seed), options);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.each([
  ['full', {}, fixture.randomForest.full],
  ['small', { maxDepth: 6, minSamplesLeaf: 4 }, fixture.randomForest.small],
] as const)('against scikit-learn, ten seeds: %s', (_, options, expected) => {
  const forests = Array.from({ length: 10 }, (__, seed) => fit(seed, options));

  it('as accurate', () => {
    const right = forests.map((forest) => accuracy(predictRandomForest(forest, test), testLabels));
    expect(Math.abs(mean(right) - mean(expected.accuracies))).toBeLessThan(0.01);
  });

  it('the same probabilities on average', () => {
    const predicted = forests.map((forest) => predictRandomForest(forest, shown));
    const ours = Array.from(predicted[0], (__, i) => mean(predicted.map((one) => one[i])));
    // scikit-learn's own means of ten other seeds differ from these by up to 0.057, and by 0.011 on average.
    expect(largestDifference(ours, expected.meanProbabilities)).toBeLessThan(0.07);
    expect(mean(ours.map((value, i) => Math.abs(value - expected.meanProbabilities[i])))).toBeLessThan(0.013);
  });

  it('trees of the same size', () => {
    const leaves = mean(forests.map((forest) => forest.leaf.filter((leaf) => leaf >= 0).length / forest.roots.length));
    expect(Math.abs(leaves / mean(expected.leaves) - 1)).toBeLessThan(0.03);
  });
});

it('the file says what the forest says', async () => {
  for (const options of [{ trees: 100 }, { trees: 3, maxDepth: 0 }, { trees: 20, minSamplesLeaf: 10 }]) {
    const forest = fit(4, options);
    const ran = await runOnFeatures(forestToOnnx(forest), test, columns);
    expect(ran.dims).toEqual([testLabels.length, classes]);
    expect(largestDifference(ran.data, predictRandomForest(forest, test))).toBeLessThan(1e-5);
  }
});

it('the file agrees on values that lie exactly on a threshold', async () => {
  const forest = fit(1, { trees: 10 });
  const onEdge = new Float32Array(200 * columns).map((_, at) => test[at]);
  const splits = Array.from(forest.feature.keys()).filter((node) => forest.feature[node] >= 0);
  for (let row = 0; row < 200; row += 1) for (let k = 0; k < 8; k += 1) onEdge[row * columns + forest.feature[splits[row * 8 + k]]] = forest.threshold[splits[row * 8 + k]];
  const ran = await runOnFeatures(forestToOnnx(forest), onEdge, columns);
  expect(largestDifference(ran.data, predictRandomForest(forest, onEdge))).toBeLessThan(1e-5);
});

it('two classes in the file, too', async () => {
  const rows = trainLabels.flatMap((label, i) => (label < 2 ? [i] : []));
  const features = Float32Array.from(rows.flatMap((row) => Array.from(train.subarray(row * columns, (row + 1) * columns))));
  const forest = fitRandomForest(features, columns, rows.map((row) => trainLabels[row]), 2, createRandom(1), { trees: 20 });
  const ran = await runOnFeatures(forestToOnnx(forest), test, columns);
  expect(ran.dims).toEqual([testLabels.length, 2]);
  expect(largestDifference(ran.data, predictRandomForest(forest, test))).toBeLessThan(1e-5);
});

it('a seed is a forest', () => {
  expect(fit(3, { trees: 5 })).toEqual(fit(3, { trees: 5 }));
  expect(fit(4, { trees: 5 }).threshold).not.toEqual(fit(3, { trees: 5 }).threshold);
});

it('keeps to its limits', () => {
  const forest = fit(2, { trees: 5, maxDepth: 3 });
  const depth = (node: number): number => (forest.feature[node] < 0 ? 0 : 1 + Math.max(depth(forest.left[node]), depth(forest.right[node])));
  expect(Math.max(...Array.from(forest.roots, depth))).toBe(3);
});

it('rows without weight are never drawn', () => {
  const sampleWeights = trainLabels.map((label) => (label === 2 ? 0 : 1));
  const forest = fit(2, { trees: 20, sampleWeights });
  const predicted = predictRandomForest(forest, test);
  expect(Math.max(...predicted.filter((_, at) => at % classes === 2))).toBe(0);
});

it('a constant feature splits nothing; values that are not numbers are refused', () => {
  const forest = fitRandomForest(new Float32Array(8), 2, [0, 1, 0, 1], 2, createRandom(1), { trees: 4 });
  expect(forest.feature.every((feature) => feature === -1)).toBe(true);
  expect(() => fitRandomForest(Float32Array.of(1, NaN), 1, [0, 1], 2, createRandom(1))).toThrow(RangeError);
  expect(() => fitRandomForest(new Float32Array(0), 2, [], 2, createRandom(1))).toThrow(RangeError);
});
