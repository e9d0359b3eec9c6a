import { existsSync } from 'node:fs';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import type { PatternText } from '../../src/contract/verdict.ts';
import { fitNaiveBayes, predictNaiveBayes } from '../../src/engine/train/gaussian-naive-bayes.ts';
import type { NaiveBayesModel } from '../../src/engine/train/gaussian-naive-bayes.ts';
import { fitLogisticRegression, predictLogisticRegression } from '../../src/engine/train/logistic-regression.ts';
import type { LinearModel } from '../../src/engine/train/logistic-regression.ts';
import { argmax } from '../../src/engine/train/metrics.ts';
import { denseMatrix } from '../../src/engine/train/matrix.ts';
import { fitRandomForest, predictRandomForest } from '../../src/engine/train/random-forest.ts';
import type { ForestModel } from '../../src/engine/train/random-forest.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import type { Corpus } from '../classify/corpus.ts';
import { embedPatterns } from '../classify/vectors.ts';
import { contentOf, kept } from './kept.ts';
import type { Opinion } from './opinion.ts';
import { choices } from './opinion.ts';

const CLASSES = CATEGORY_NAMES.length;
/** The pinned MiniLM, cut and quantised as the shipped encoder, but never shown a log line: training/encoder/make.sh makes it. */
export const PLAIN_ENCODER = new URL('../encoder/.cache/encoders/plain.onnx', import.meta.url);
/** scikit-learn's defaults; only the trees' splits are by entropy instead of Gini. */
const LINEAR = { c: 1, tolerance: 1e-4, maxIterations: 200 };
const FOREST = { trees: 100, classWeight: 'none' } as const;
const SEED = 1;
/** Raise when something above changes. */
export const CLASSIC_VERSION = 1;

/** Rows × dims, row-major. */
export interface PlainVectors {
  readonly vectors: Float32Array;
  readonly dims: number;
  readonly encoder: string;
}

interface FittedClassic {
  readonly linear: LinearModel;
  readonly forest: ForestModel;
  readonly bayes: NaiveBayesModel;
}

/** Vectors of the plain encoder; null where it has not been made here. */
export async function plainVectors(patterns: readonly PatternText[], say: (text: string) => void): Promise<PlainVectors | null> {
  if (!existsSync(PLAIN_ENCODER)) return null;
  const { vectors, dims, encoder } = await embedPatterns(patterns, say, PLAIN_ENCODER);
  const flat = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, row) => flat.set(vector, row * dims));
  return { vectors: flat, dims, encoder };
}

/**
 * The classic recipe, fitted on the same corpus as the shipped classifiers: vectors of an encoder as it was published, logistic
 * regression, random forest and Gaussian naive Bayes as scikit-learn sets them, and the majority of the three.
 * @returns what each of the four says of the patterns asked about; the three's probabilities are their own, uncalibrated
 */
export function askClassic(corpus: Corpus, known: PlainVectors, asked: PlainVectors): Opinion[] {
  const fitted = kept('classic', [CLASSIC_VERSION, contentOf([known.vectors, corpus.labels])], () => fitClassic(known.vectors, known.dims, corpus.labels));
  return classicOpinions(predictClassic(fitted, asked.vectors, asked.dims));
}

export function fitClassic(vectors: Float32Array, dims: number, labels: Int32Array): FittedClassic {
  return {
    linear: fitLogisticRegression(denseMatrix(vectors, labels.length, dims), labels, CLASSES, LINEAR),
    forest: fitRandomForest(vectors, dims, labels, CLASSES, createRandom(SEED), FOREST),
    bayes: fitNaiveBayes(vectors, dims, labels, CLASSES),
  };
}

/** Probabilities of logistic regression, forest and naive Bayes, each rows × classes. */
export function predictClassic({ linear, forest, bayes }: FittedClassic, vectors: Float32Array, dims: number): Float32Array[] {
  return [predictLogisticRegression(linear, denseMatrix(vectors, vectors.length / dims, dims)), predictRandomForest(forest, vectors), predictNaiveBayes(bayes, vectors)];
}

/** The three and their majority. */
export function classicOpinions(three: readonly Float32Array[]): Opinion[] {
  return [...['logistic regression', 'random forest', 'naive Bayes'].map((name, at) => choices(`classic: ${name}`, three[at], CLASSES)), majorityOf(three)];
}

/** What at least two of the three prefer, else what the first does; as sure as the three are of it on average. */
export function majorityOf(three: readonly Float32Array[]): Opinion {
  const [first, second, third] = three.map((probabilities) => argmax(probabilities, CLASSES));
  const choice = first.map((label, row) => (second[row] === third[row] ? second[row] : label));
  const confidence = Float64Array.from(choice, (label, row) => three.reduce((sum, probabilities) => sum + probabilities[row * CLASSES + label], 0) / three.length);
  return { name: 'classic: majority of three', choice, confidence };
}
