import { rowWeights } from './class-weights.ts';
import { drain } from './drain.ts';
import { NodeList, TreeGrower } from './decision-tree.ts';
import { rankFeatures } from './feature-ranks.ts';
import type { FeatureRanks } from './feature-ranks.ts';
import type { Random } from './random.ts';

export interface ForestOptions {
  /** 100 */
  readonly trees?: number;
  /** No limit. */
  readonly maxDepth?: number;
  /** 1 */
  readonly minSamplesLeaf?: number;
  /** √columns */
  readonly maxFeatures?: number;
  readonly sampleWeights?: ArrayLike<number>;
  /** 'balanced' */
  readonly classWeight?: 'balanced' | 'none';
  /**
   * Rows that each tree draws; as many as there are. Where a row stands for several (sample weights are counts), their
   * sum: the trees are then those of the rows written out one by one.
   */
  readonly draws?: number;
  /** What `rankFeatures(features, columns)` gives, where the same features are fitted again and again with other weights. */
  readonly ranked?: FeatureRanks;
  readonly onTree?: (done: number, total: number) => void;
}

/** All trees in flat arrays. x[feature] ≤ threshold goes left; a node with feature −1 is a leaf. */
export interface ForestModel {
  readonly features: number;
  readonly classes: number;
  /** Node of each tree's root, in rising order; a tree's nodes end where the next begins. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Per node: row of `distributions`, −1 for a split. */
  readonly leaf: Int32Array;
  /** leaves × classes. */
  readonly distributions: Float32Array;
}

/**
 * Random forest (Breiman 2001) as scikit-learn 1.9 grows it: entropy, √columns features a split, each tree on as many
 * draws as there are rows, a row being drawn in proportion to its sample weight times its class's weight.
 * `features` is rows × columns, row-major, finite; `labels` are class indices.
 */
export function fitRandomForest(features: Float32Array, columns: number, labels: ArrayLike<number>, classes: number, random: Random, options: ForestOptions = {}): ForestModel {
  return drain(fittingRandomForest(features, columns, labels, classes, random, options));
}

/** The same, pausing after each tree. */
export function* fittingRandomForest(features: Float32Array, columns: number, labels: ArrayLike<number>, classes: number, random: Random, options: ForestOptions = {}): Generator<void, ForestModel> {
  const rows = labels.length;
  if (rows === 0 || features.length !== rows * columns) throw new RangeError(`${features.length} values are not ${rows} × ${columns}, or there is no row`);
  const trees = options.trees ?? 100;
  const draws = options.draws ?? rows;
  const grower = new TreeGrower(features, options.ranked ?? rankFeatures(features, columns), Int32Array.from(labels), classes, {
    maxDepth: options.maxDepth ?? Infinity,
    minSamplesLeaf: options.minSamplesLeaf ?? 1,
    maxFeatures: options.maxFeatures ?? Math.max(1, Math.floor(Math.sqrt(columns))),
    draws,
  });
  const draw = weightedDraws(rowWeights(labels, classes, { sampleWeights: options.sampleWeights, classWeight: options.classWeight ?? 'balanced' }), draws);
  const nodes = new NodeList();
  const roots = new Int32Array(trees);
  for (let tree = 0; tree < trees; tree += 1) {
    roots[tree] = grower.grow(draw(random), random, nodes);
    options.onTree?.(tree + 1, trees);
    yield;
  }
  return {
    features: columns, classes, roots,
    feature: Int32Array.from(nodes.feature), threshold: Float32Array.from(nodes.threshold),
    left: Int32Array.from(nodes.left), right: Int32Array.from(nodes.right),
    leaf: Int32Array.from(nodes.leaf), distributions: Float32Array.from(nodes.distributions),
  };
}

/** Mean of the leaves' class shares over all trees: rows × classes. */
export function predictRandomForest(model: ForestModel, features: Float32Array): Float32Array {
  const { classes, roots, feature, threshold, left, right, leaf, distributions } = model;
  const rows = features.length / model.features;
  if (!Number.isInteger(rows)) throw new RangeError(`${features.length} values for a model of ${model.features} features`);
  const sums = new Float64Array(rows * classes);
  for (let i = 0; i < rows; i += 1) {
    const from = i * model.features;
    for (const root of roots) {
      let node = root;
      while (feature[node] >= 0) node = features[from + feature[node]] <= threshold[node] ? left[node] : right[node];
      const at = leaf[node] * classes;
      for (let c = 0; c < classes; c += 1) sums[i * classes + c] += distributions[at + c];
    }
  }
  return Float32Array.from(sums, (sum) => sum / roots.length);
}

/** A function that draws rows with replacement, in proportion to their weights; gives how often each was drawn. */
function weightedDraws(weights: Float64Array, draws: number): (random: Random) => Int32Array {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) {
    if (!(weights[i] >= 0)) throw new RangeError(`row ${i} has weight ${weights[i]}`);
    sum += weights[i];
    cumulative[i] = sum;
  }
  if (sum === 0) throw new RangeError('no row has weight');
  return (random) => {
    const copies = new Int32Array(weights.length);
    for (let i = 0; i < draws; i += 1) copies[firstAbove(cumulative, random() * sum)] += 1;
    return copies;
  };
}

function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
