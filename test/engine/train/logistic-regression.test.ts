import { describe, expect, test as it } from 'vitest';
import { fitLogisticRegression, predictLogisticRegression } from '../../../src/engine/train/logistic-regression.ts';
import type { Csr } from '../../../src/engine/train/matrix.ts';
import { denseMatrix, sparseMatrix } from '../../../src/engine/train/matrix.ts';
import { accuracy, classes, columns, fixture, largestDifference, shown, test, testLabels, train, trainLabels } from './fixture.ts';

const x = denseMatrix(train, trainLabels.length, columns);
const xShown = denseMatrix(shown, fixture.test.shown, columns);
const tight = { tolerance: 1e-8, maxIterations: 5000 };

function toSparse(values: Float32Array, width: number): Csr {
  const entries = Array.from(values, (value, at) => ({ value, column: at % width, row: Math.floor(at / width) })).filter((entry) => entry.value !== 0);
  const indptr = new Int32Array(values.length / width + 1);
  for (const { row } of entries) indptr[row + 1] += 1;
  for (let i = 1; i < indptr.length; i += 1) indptr[i] += indptr[i - 1];
  return { indptr, indices: Int32Array.from(entries, (entry) => entry.column), values: Float32Array.from(entries, (entry) => entry.value) };
}

describe('against scikit-learn', () => {
  it('plain', () => {
    const model = fitLogisticRegression(x, trainLabels, classes, tight);
    expect(model.converged).toBe(true);
    expect(largestDifference(predictLogisticRegression(model, xShown), fixture.logisticRegression.plain)).toBeLessThan(1e-4);
    const right = accuracy(predictLogisticRegression(model, denseMatrix(test, testLabels.length, columns)), testLabels);
    expect(Math.abs(right - fixture.logisticRegression.accuracy)).toBeLessThan(0.01);
  });

  it('balanced, with sample weights and a strong penalty', () => {
    const model = fitLogisticRegression(x, trainLabels, classes, { ...tight, c: 0.05, classWeight: 'balanced', sampleWeights: fixture.train.weights });
    expect(largestDifference(predictLogisticRegression(model, xShown), fixture.logisticRegression.balanced)).toBeLessThan(1e-4);
  });

  it('two classes, the rest of the axis without rows', () => {
    const rows = trainLabels.flatMap((label, i) => (label < 2 ? [i] : []));
    const model = fitLogisticRegression(x.select(rows), rows.map((i) => trainLabels[i]), classes, { ...tight, c: 0.1 });
    const predicted = predictLogisticRegression(model, xShown);
    expect(largestDifference(predicted.filter((_, at) => at % classes < 2), fixture.logisticRegression.binary)).toBeLessThan(1e-4);
    expect(Math.max(...predicted.filter((_, at) => at % classes >= 2))).toBe(0);
  });

  it('default tolerance is close enough for use', () => {
    const model = fitLogisticRegression(x, trainLabels, classes);
    expect(model.converged).toBe(true);
    expect(largestDifference(predictLogisticRegression(model, xShown), fixture.logisticRegression.plain)).toBeLessThan(1e-2);
  });
});

describe('sparse', () => {
  // Most entries dropped, so that rows and columns of every length occur, empty ones too.
  const thin = train.map((value, at) => ((at * 7919) % 11 < 4 && at % columns !== 5 && Math.floor(at / columns) % 50 !== 3 ? value : 0));
  const dense = denseMatrix(thin, trainLabels.length, columns);
  const sparse = sparseMatrix(toSparse(thin, columns), columns);

  it('gives what dense gives', () => {
    const a = fitLogisticRegression(dense, trainLabels, classes, { ...tight, c: 0.3 });
    const b = fitLogisticRegression(sparse, trainLabels, classes, { ...tight, c: 0.3 });
    expect(largestDifference(a.weights, b.weights)).toBeLessThan(1e-4);
    expect(largestDifference(predictLogisticRegression(a, dense), predictLogisticRegression(b, sparse))).toBeLessThan(1e-5);
  });

  it('selects rows', () => {
    const rows = [3, 399, 0, 0, 17, 53];
    const weights = Float64Array.from({ length: columns * 2 }, (_, i) => Math.sin(i));
    const product = (m: typeof dense): Float64Array => {
      const out = new Float64Array(m.rows * 2);
      m.multiply(weights, 2, out);
      return out;
    };
    const expected = rows.flatMap((row) => [0, 1].map((c) => Array.from({ length: columns }, (_, j) => thin[row * columns + j] * weights[j * 2 + c]).reduce((p, q) => p + q)));
    expect(largestDifference(product(dense.select(rows)), expected)).toBeLessThan(1e-9);
    expect(largestDifference(product(sparse.select(rows)), expected)).toBeLessThan(1e-9);
  });

  it('refuses parts that do not fit', () => {
    expect(() => sparseMatrix({ indptr: Int32Array.of(0, 1), indices: Int32Array.of(4), values: Float32Array.of(1) }, 4)).toThrow(RangeError);
    expect(() => sparseMatrix({ indptr: Int32Array.of(0, 2), indices: Int32Array.of(1), values: Float32Array.of(1) }, 4)).toThrow(RangeError);
  });
});

it('is deterministic, and a warm start ends at the same place sooner', () => {
  const cold = fitLogisticRegression(x, trainLabels, classes, { ...tight, c: 0.5 });
  expect(fitLogisticRegression(x, trainLabels, classes, { ...tight, c: 0.5 })).toEqual(cold);
  const warm = fitLogisticRegression(x, trainLabels, classes, { ...tight, c: 0.5, start: cold });
  expect(warm.iterations).toBeLessThan(cold.iterations / 2);
  expect(largestDifference(predictLogisticRegression(warm, xShown), predictLogisticRegression(cold, xShown))).toBeLessThan(1e-5);
});

it('a row that weighs 2 counts like two rows', () => {
  const doubled = [...trainLabels.keys(), 0, 1, 2];
  const sampleWeights = trainLabels.map((_, i) => (i < 3 ? 2 : 1));
  const a = fitLogisticRegression(x, trainLabels, classes, { ...tight, sampleWeights, classWeight: 'balanced' });
  const b = fitLogisticRegression(x.select(doubled), doubled.map((i) => trainLabels[i]), classes, { ...tight, classWeight: 'balanced' });
  expect(largestDifference(a.weights, b.weights)).toBeLessThan(1e-4);
});

it('refuses what cannot be learnt from', () => {
  expect(() => fitLogisticRegression(x, [1], classes)).toThrow(RangeError);
  expect(() => fitLogisticRegression(x, trainLabels, 3)).toThrow(/label/);
  expect(() => fitLogisticRegression(x, trainLabels, classes, { sampleWeights: new Float64Array(trainLabels.length) })).toThrow('no row');
  expect(() => fitLogisticRegression(denseMatrix(train.map((value, at) => (at === 77 ? NaN : value)), trainLabels.length, columns), trainLabels, classes)).toThrow('not a number');
});
