import { readFileSync } from 'node:fs';

interface ForestFigures {
  readonly accuracies: readonly number[];
  /** Mean over the seeds, first `shown` test rows. */
  readonly meanProbabilities: readonly number[];
  readonly leaves: readonly number[];
}

interface Fixture {
  readonly classes: number;
  readonly columns: number;
  readonly train: { readonly features: readonly number[]; readonly labels: readonly number[]; readonly weights: readonly number[] };
  readonly test: { readonly features: readonly number[]; readonly labels: readonly number[]; readonly shown: number };
  readonly logisticRegression: { readonly plain: readonly number[]; readonly balanced: readonly number[]; readonly binary: readonly number[]; readonly accuracy: number };
  readonly naiveBayes: { readonly plain: readonly number[]; readonly weighted: readonly number[]; readonly accuracy: number };
  readonly randomForest: { readonly full: ForestFigures; readonly small: ForestFigures };
}

/** A small data set and scikit-learn's figures for it; made by test/fixtures/train/make_fixture.py. */
export const fixture = JSON.parse(readFileSync(new URL('../../fixtures/train/fixture.json', import.meta.url), 'utf8')) as Fixture;

export const { classes, columns } = fixture;
export const train = Float32Array.from(fixture.train.features);
export const trainLabels = fixture.train.labels;
export const test = Float32Array.from(fixture.test.features);
export const testLabels = fixture.test.labels;
/** Rows that probabilities were stored for. */
export const shown = test.slice(0, fixture.test.shown * columns);

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} values`);
  let most = 0;
  for (let i = 0; i < a.length; i += 1) most = Math.max(most, Number.isNaN(a[i] - b[i]) ? Infinity : Math.abs(a[i] - b[i]));
  return most;
}

export function accuracy(probabilities: ArrayLike<number>, labels: readonly number[]): number {
  let right = 0;
  labels.forEach((label, i) => {
    const row = Array.from({ length: classes }, (_, c) => probabilities[i * classes + c]);
    if (row.indexOf(Math.max(...row)) === label) right += 1;
  });
  return right / labels.length;
}
