import { expect, test } from 'vitest';
import { lexicalToOnnx } from '../../../src/engine/train/lexical-onnx.ts';
import type { LinearModel } from '../../../src/engine/train/logistic-regression.ts';
import { predictLogisticRegression } from '../../../src/engine/train/logistic-regression.ts';
import type { Csr } from '../../../src/engine/train/matrix.ts';
import { sparseMatrix } from '../../../src/engine/train/matrix.ts';
import { dequantiseLinear, quantiseLinear } from '../../../src/engine/train/quantise-linear.ts';
import { createRandom, randomInt } from '../../../src/engine/train/random.ts';
import { largestDifference } from './fixture.ts';
import { runOnnx } from './run-onnx.ts';

const FEATURES = 4096;
const CLASSES = 9;
const random = createRandom(5);
const model: LinearModel = {
  features: FEATURES, classes: CLASSES, iterations: 0, converged: true,
  weights: Float32Array.from({ length: FEATURES * CLASSES }, (_, i) => (i % CLASSES === 8 ? 0 : (random() - 0.5) * 8)),
  bias: Float32Array.from({ length: CLASSES }, (_, c) => (c === 8 ? -1e4 : random())),
};
const quantised = quantiseLinear(model);
const file = lexicalToOnnx(quantised);

/** Texts of 0, 1, 2 … features. */
const texts: Csr[] = [0, 1, 2, 7, 60].map((length) => ({
  indptr: Int32Array.of(0, length),
  indices: Int32Array.from({ length }, () => randomInt(random, FEATURES)),
  values: Float32Array.from({ length }, () => 1 / Math.sqrt(length)),
}));
const expected = texts.map((text) => predictLogisticRegression(dequantiseLinear(quantised), sparseMatrix(text, FEATURES)));

test('a byte a weight', () => {
  expect(file.length).toBeLessThan(FEATURES * CLASSES + 1500);
});

test('rounding weights to a byte moves no probability by much', () => {
  texts.forEach((text, i) => {
    const exact = predictLogisticRegression(model, sparseMatrix(text, FEATURES));
    expect(largestDifference(expected[i], exact)).toBeLessThan(0.02);
  });
  expect(largestDifference(dequantiseLinear(quantised).weights, model.weights)).toBeLessThanOrEqual(4 / 127 / 2 + 1e-6);
});

test('one text at a time, an empty one too', async () => {
  for (const [i, { indices, values }] of texts.entries()) {
    const ran = await runOnnx(file, {
      ids: { data: BigInt64Array.from(indices, BigInt), dims: [1, indices.length] },
      values: { data: values, dims: [1, values.length] },
    });
    expect(ran.dims).toEqual([1, CLASSES]);
    expect(largestDifference(ran.data, expected[i])).toBeLessThan(1e-5);
  }
});

test('several texts at once, padded', async () => {
  const width = 60;
  const ids = new BigInt64Array(texts.length * width);
  const values = new Float32Array(texts.length * width);
  texts.forEach((text, i) => {
    ids.set(BigInt64Array.from(text.indices, BigInt), i * width);
    values.set(text.values, i * width);
  });
  const ran = await runOnnx(file, { ids: { data: ids, dims: [texts.length, width] }, values: { data: values, dims: [texts.length, width] } });
  expect(ran.dims).toEqual([texts.length, CLASSES]);
  expect(largestDifference(ran.data, expected.flatMap((row) => Array.from(row)))).toBeLessThan(1e-5);
});
