import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { VOTERS } from '../../src/contract/verdict.ts';
import type { Voter } from '../../src/contract/verdict.ts';
import { BUCKETS } from '../../src/engine/classify/lexical/hash.ts';
import { lexicalFeatures } from '../../src/engine/classify/lexical/features.ts';
import type { SparseFeatures } from '../../src/engine/classify/lexical/features.ts';
import { findNearest, neighbourProbabilities } from '../../src/engine/classify/neighbour/nearest.ts';
import type { Nearest } from '../../src/engine/classify/neighbour/nearest.ts';
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
import { fitNeighbours } from './fit-neighbours.ts';
import type { PatternText } from '../../src/contract/verdict.ts';

export const CLASSES = CATEGORY_NAMES.length;

/** How each is fitted. Chosen by leaving families of the corpus out, never by the logs used for measuring. */
export const LEXICAL = { epochs: 5, rate: 0.2, penalty: 2e-5, balance: 0.3, orders: 3 };
const LINEAR = { c: 0.5, tolerance: 5e-5, maxIterations: 200 };
/** Leaves of several rows keep the file small; probabilities get smoother, too. More trees than these are right more often, but take more room. */
const FOREST = { trees: 40, maxDepth: 14, minSamplesLeaf: 5, classWeight: 'balanced' } as const;
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
  /** The same of the messages without their level: learnt from, too, since many logs have none. */
  readonly bare: readonly SparseFeatures[];
}

export interface FittedVoters {
  readonly linear: LinearModel;
  readonly forest: ForestModel;
  readonly bayes: NaiveBayesModel;
  readonly lexical: LinearModel;
  /** The rows learnt from, in their order. */
  readonly neighbours: Neighbours;
}

/** What the word model learns from. */
export function lexicalData(patterns: readonly PatternText[]): Pick<TrainingData, 'lexical' | 'bare'> {
  return { lexical: patterns.map(lexicalFeatures), bare: patterns.map(({ text }) => lexicalFeatures({ text, level: 0 })) };
}

export function trainingData(patterns: readonly PatternText[], labels: Int32Array, vectors: readonly Float32Array[], dims: number): TrainingData {
  const flat = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, row) => flat.set(vector, row * dims));
  return { labels, dims, vectors: flat, ...lexicalData(patterns) };
}

/** Fits all that learn, on the given rows. */
export function fitVoters(data: TrainingData, rows: Int32Array): FittedVoters {
  const labels = rows.map((row) => data.labels[row]);
  const vectors = selectRows(data.vectors, data.dims, rows);
  return {
    linear: fitLogisticRegression(denseMatrix(vectors, rows.length, data.dims), labels, CLASSES, LINEAR),
    forest: fitRandomForest(vectors, data.dims, labels, CLASSES, createRandom(FOREST_SEED), FOREST),
    bayes: fitNaiveBayes(vectors, data.dims, labels, CLASSES, BAYES),
    lexical: fitLexical(data, rows),
    neighbours: fitNeighbours(vectors, data.dims),
  };
}

/** The word model alone, on the given rows. */
export function fitLexical({ labels, lexical, bare }: Pick<TrainingData, 'labels' | 'lexical' | 'bare'>, rows: Int32Array): LinearModel {
  const own = Array.from(rows, (row) => labels[row]);
  return fitAdagrad([...pick(lexical, rows), ...pick(bare, rows)], [...own, ...own], BUCKETS, CLASSES, LEXICAL);
}

function pick(features: readonly SparseFeatures[], rows: Int32Array): SparseFeatures[] {
  return Array.from(rows, (row) => features[row]);
}

/** What each voter, fitted on `known` rows, says of `asked` rows; in the order of VOTERS, asked × classes each. */
export function askVoters(fitted: FittedVoters, data: TrainingData, known: Int32Array, asked: Int32Array): Float32Array[] {
  const vectors = selectRows(data.vectors, data.dims, asked);
  const answers: Record<Voter, () => Float32Array> = {
    'logistic-regression': () => predictLogisticRegression(fitted.linear, denseMatrix(vectors, asked.length, data.dims)),
    'random-forest': () => predictRandomForest(fitted.forest, vectors),
    'naive-bayes': () => predictNaiveBayes(fitted.bayes, vectors),
    lexical: () => predictSparse(fitted.lexical, pick(data.lexical, asked)),
    neighbour: () => askNeighbours(fitted, data, known, asked).probabilities,
  };
  return VOTERS.map((voter) => answers[voter]());
}

/** What the neighbour voter, fitted on `known` rows, says of `asked` rows; all but the probabilities by asked row. */
export interface NeighbourAnswers {
  readonly probabilities: Float32Array;
  /** Cosine to the nearest. */
  readonly cosines: Float32Array;
  /** Rows of the corpus, the nearest first. */
  readonly nearest: readonly Int32Array[];
}

export function askNeighbours({ neighbours }: FittedVoters, data: TrainingData, known: Int32Array, asked: Int32Array): NeighbourAnswers {
  const labels = known.map((row) => data.labels[row]);
  const found: Nearest[] = Array.from(asked, (row) => findNearest(data.vectors.subarray(row * data.dims, (row + 1) * data.dims), neighbours));
  const probabilities = new Float32Array(asked.length * CLASSES);
  found.forEach((near, at) => probabilities.set(neighbourProbabilities(near, labels, CLASSES), at * CLASSES));
  return { probabilities, cosines: Float32Array.from(found, ({ cosines }) => cosines[0]), nearest: found.map(({ rows }) => rows.map((row) => known[row])) };
}
