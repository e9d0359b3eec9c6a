import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { VOTERS } from '../../src/contract/verdict.ts';
import type { Voter } from '../../src/contract/verdict.ts';
import { BUCKETS } from '../../src/engine/classify/lexical/hash.ts';
import { lexicalFeatures } from '../../src/engine/classify/lexical/features.ts';
import type { SparseFeatures } from '../../src/engine/classify/lexical/features.ts';
import { findNearest, neighbourProbabilities } from '../../src/engine/classify/neighbour/nearest.ts';
import { quantiseVectors } from '../../src/engine/classify/neighbour/neighbours.ts';
import type { Neighbours } from '../../src/engine/classify/neighbour/neighbours.ts';
import { fitNaiveBayes, predictNaiveBayes } from '../../src/engine/train/gaussian-naive-bayes.ts';
import type { NaiveBayesModel } from '../../src/engine/train/gaussian-naive-bayes.ts';
import { fitLogisticRegression, predictLogisticRegression } from '../../src/engine/train/logistic-regression.ts';
import type { LinearModel } from '../../src/engine/train/logistic-regression.ts';
import { denseMatrix, selectRows } from '../../src/engine/train/matrix.ts';
import { fitRandomForest, predictRandomForest } from '../../src/engine/train/random-forest.ts';
import type { ForestModel } from '../../src/engine/train/random-forest.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import { fitAdagrad, predictSparse } from './adagrad.ts';
import type { PatternText } from '../../src/contract/verdict.ts';

export const CLASSES = CATEGORY_NAMES.length;

/** How each is fitted. Chosen by leaving families of the corpus out, never by the logs used for measuring. */
const LEXICAL = { epochs: 8, rate: 0.2, penalty: 2e-5, balance: 0.3, orders: 3 };
const LINEAR = { c: 20, tolerance: 5e-5, maxIterations: 200 };
/** Leaves of several rows keep the file small; probabilities get smoother, too. */
const FOREST = { trees: 48, maxDepth: 12, minSamplesLeaf: 8, classWeight: 'balanced' } as const;
const FOREST_SEED = 20240611;
/** A share of the largest variance: without it one rare direction decides alone. */
const BAYES = { varSmoothing: 0.03 };

/** The corpus as numbers; rows are messages. */
export interface TrainingData {
  readonly labels: Int32Array;
  readonly dims: number;
  /** rows × dims */
  readonly vectors: Float32Array;
  readonly lexical: readonly SparseFeatures[];
  readonly neighbours: Neighbours;
}

export interface FittedVoters {
  readonly linear: LinearModel;
  readonly forest: ForestModel;
  readonly bayes: NaiveBayesModel;
  readonly lexical: LinearModel;
}

export function trainingData(patterns: readonly PatternText[], labels: Int32Array, vectors: readonly Float32Array[], dims: number): TrainingData {
  const flat = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, row) => flat.set(vector, row * dims));
  return { labels, dims, vectors: flat, lexical: patterns.map(lexicalFeatures), neighbours: quantiseVectors(vectors) };
}

/** Fits all that learn, on the given rows. */
export function fitVoters(data: TrainingData, rows: Int32Array): FittedVoters {
  const labels = rows.map((row) => data.labels[row]);
  const vectors = selectRows(data.vectors, data.dims, rows);
  return {
    linear: fitLogisticRegression(denseMatrix(vectors, rows.length, data.dims), labels, CLASSES, LINEAR),
    forest: fitRandomForest(vectors, data.dims, labels, CLASSES, createRandom(FOREST_SEED), FOREST),
    bayes: fitNaiveBayes(vectors, data.dims, labels, CLASSES, BAYES),
    lexical: fitAdagrad(Array.from(rows, (row) => data.lexical[row]), labels, BUCKETS, CLASSES, LEXICAL),
  };
}

/** What each voter, fitted on `known` rows, says of `asked` rows; in the order of VOTERS, asked × classes each. */
export function askVoters(fitted: FittedVoters, data: TrainingData, known: Int32Array, asked: Int32Array): Float32Array[] {
  const vectors = selectRows(data.vectors, data.dims, asked);
  const answers: Record<Voter, () => Float32Array> = {
    'logistic-regression': () => predictLogisticRegression(fitted.linear, denseMatrix(vectors, asked.length, data.dims)),
    'random-forest': () => predictRandomForest(fitted.forest, vectors),
    'naive-bayes': () => predictNaiveBayes(fitted.bayes, vectors),
    lexical: () => predictSparse(fitted.lexical, Array.from(asked, (row) => data.lexical[row])),
    neighbour: () => askNeighbours(data, known, asked).probabilities,
  };
  return VOTERS.map((voter) => answers[voter]());
}

/** The neighbour vote of `asked` rows where only `known` rows may answer, and the cosine to the nearest of them. */
export function askNeighbours(data: TrainingData, known: Int32Array, asked: Int32Array): { probabilities: Float32Array; cosines: Float32Array } {
  const skip = new Uint8Array(data.labels.length).fill(1);
  for (const row of known) skip[row] = 0;
  const probabilities = new Float32Array(asked.length * CLASSES);
  const cosines = new Float32Array(asked.length);
  asked.forEach((row, at) => {
    const nearest = findNearest(data.vectors.subarray(row * data.dims, (row + 1) * data.dims), data.neighbours, undefined, skip);
    probabilities.set(neighbourProbabilities(nearest, data.labels, CLASSES), at * CLASSES);
    cosines[at] = nearest.cosines[0];
  });
  return { probabilities, cosines };
}
