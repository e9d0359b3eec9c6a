import { expect, test as it } from 'vitest';
import { linearToOnnx } from '../../../src/engine/train/linear-onnx.ts';
import { fitLogisticRegression, predictLogisticRegression } from '../../../src/engine/train/logistic-regression.ts';
import { denseMatrix } from '../../../src/engine/train/matrix.ts';
import { classes, columns, largestDifference, test, testLabels, train, trainLabels } from './fixture.ts';
import { runOnFeatures } from './run-onnx.ts';

it('the file says what the model says', async () => {
  const model = fitLogisticRegression(denseMatrix(train, trainLabels.length, columns), trainLabels, classes);
  const ran = await runOnFeatures(linearToOnnx(model), test, columns);
  expect(ran.dims).toEqual([testLabels.length, classes]);
  expect(largestDifference(ran.data, predictLogisticRegression(model, denseMatrix(test, testLabels.length, columns)))).toBeLessThan(1e-5);
});

it('a class without rows has probability 0 in the file too', async () => {
  const model = fitLogisticRegression(denseMatrix(train, trainLabels.length, columns), trainLabels, classes + 1);
  const ran = await runOnFeatures(linearToOnnx(model), test.slice(0, columns * 3), columns);
  expect(ran.dims).toEqual([3, classes + 1]);
  expect([0, 1, 2].map((row) => ran.data[row * (classes + 1) + classes])).toEqual([0, 0, 0]);
});
