import type { Scored, TrainedModel, TrainingData } from '../../contract/training.ts';
import type { FeatureRanks } from './feature-ranks.ts';
import { rankFeatures } from './feature-ranks.ts';
import { fitNaiveBayes, predictNaiveBayes } from './gaussian-naive-bayes.ts';
import type { NaiveBayesModel } from './gaussian-naive-bayes.ts';
import { fittingLogisticRegression, predictLogisticRegression } from './logistic-regression.ts';
import type { LinearModel } from './logistic-regression.ts';
import { denseMatrix, selectRows } from './matrix.ts';
import type { Random } from './random.ts';
import { fittingRandomForest, predictRandomForest } from './random-forest.ts';
import type { ForestModel } from './random-forest.ts';

/** What a pause says: which model is being fitted. */
export type Fitting = Generator<TrainedModel, FittedModels>;

export interface FittedModels {
  readonly 'logistic-regression': LinearModel;
  readonly 'random-forest': ForestModel;
  readonly 'naive-bayes': NaiveBayesModel;
}

/** One row of features per entry of the data (pattern and label), fitted again and again with other counts. */
export interface Entries {
  readonly features: Float32Array;
  readonly dims: number;
  readonly labels: Uint8Array;
  readonly classes: number;
  readonly ranked: FeatureRanks;
}

export const TREES = 100;

export function entriesOf({ vectors, dims, classes, pattern, label }: TrainingData): Entries {
  const features = selectRows(vectors, dims, pattern);
  return { features, dims, labels: label, classes: classes.length, ranked: rankFeatures(features, dims) };
}

/**
 * Fits the three as scikit-learn's defaults would on the rows written out: logistic regression with C = 1, a forest of 100
 * trees on entropy with balanced classes, Gaussian naive Bayes. `counts[i]` is how many rows entry i stands for; 0 leaves it out.
 */
export function* fittingModels({ features, dims, labels, classes, ranked }: Entries, counts: Float64Array, random: Random): Fitting {
  const kept = Array.from(counts.keys()).filter((i) => counts[i] > 0);
  const x = denseMatrix(selectRows(features, dims, kept), kept.length, dims);
  const linear = yield* pausingAs('logistic-regression', fittingLogisticRegression(x, kept.map((i) => labels[i]), classes, { sampleWeights: kept.map((i) => counts[i]) }));
  yield 'naive-bayes';
  const bayes = fitNaiveBayes(features, dims, labels, classes, { repeats: counts });
  const draws = Math.max(1, Math.round(counts.reduce((a, b) => a + b, 0)));
  const forest = yield* pausingAs('random-forest', fittingRandomForest(features, dims, labels, classes, random, { trees: TREES, sampleWeights: counts, draws, ranked }));
  return { 'logistic-regression': linear, 'random-forest': forest, 'naive-bayes': bayes };
}

/** Probabilities of each model and their mean, each n × classes, for n rows of features. */
export function predictAll(models: FittedModels, features: Float32Array, dims: number): Readonly<Record<Scored, Float32Array>> {
  const linear = predictLogisticRegression(models['logistic-regression'], denseMatrix(features, features.length / dims, dims));
  const forest = predictRandomForest(models['random-forest'], features);
  const bayes = predictNaiveBayes(models['naive-bayes'], features);
  return { 'logistic-regression': linear, 'random-forest': forest, 'naive-bayes': bayes, mean: linear.map((p, at) => (p + forest[at] + bayes[at]) / 3) };
}

function* pausingAs<T>(model: TrainedModel, work: Generator<void, T>): Generator<TrainedModel, T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    yield model;
  }
}
