import { classTotals } from './class-weights.ts';
import { softmaxRows } from './softmax.ts';

export interface NaiveBayesOptions {
  /** Share of the largest feature variance added to every variance; 1e-9. */
  readonly varSmoothing?: number;
  /** One per class, summing to 1; else the classes' shares of the weights. */
  readonly priors?: ArrayLike<number>;
  readonly sampleWeights?: ArrayLike<number>;
  /** How many rows each row stands for: the model is that of the rows written out one by one. Instead of `sampleWeights`. */
  readonly repeats?: ArrayLike<number>;
}

/** Every feature of every class a normal distribution of its own. */
export interface NaiveBayesModel {
  readonly features: number;
  readonly classes: number;
  /** classes × features. */
  readonly means: Float32Array;
  /** classes × features: 1 ÷ standard deviation. */
  readonly precisions: Float32Array;
  /** Per class: ln prior − Σ ln(σ √2π), less the largest of these: only differences matter, and small numbers keep more digits. */
  readonly constants: Float32Array;
}

const DEFAULT_VAR_SMOOTHING = 1e-9;
/** Stands for ln 0 of a class without rows: finite in any file, and far below any real value. */
const NEVER = -1e30;

/** Gaussian naive Bayes as scikit-learn's GaussianNB. `features` is rows × columns, row-major; `labels` are class indices. */
export function fitNaiveBayes(features: Float32Array, columns: number, labels: ArrayLike<number>, classes: number, options: NaiveBayesOptions = {}): NaiveBayesModel {
  const rows = labels.length;
  if (rows === 0 || features.length !== rows * columns) throw new RangeError(`${features.length} values are not ${rows} × ${columns}, or there is no row`);
  const weights = options.repeats ?? options.sampleWeights ?? new Float64Array(rows).fill(1);
  const totals = classTotals(labels, classes, weights);
  const { means, variances } = moments(features, columns, labels, totals, weights);
  const floor = (options.varSmoothing ?? DEFAULT_VAR_SMOOTHING) * largestVariance(features, columns, options.repeats);
  const sum = totals.reduce((a, b) => a + b, 0);
  const constants = new Float64Array(classes).fill(-Infinity);
  const precisions = new Float32Array(classes * columns);
  for (let c = 0; c < classes; c += 1) {
    if (totals[c] === 0) continue;
    let constant = Math.log(options.priors ? options.priors[c] : totals[c] / sum);
    for (let j = 0; j < columns; j += 1) {
      const variance = variances[c * columns + j] + floor;
      precisions[c * columns + j] = 1 / Math.sqrt(variance);
      constant -= 0.5 * Math.log(2 * Math.PI * variance);
    }
    constants[c] = constant;
  }
  const most = Math.max(...constants);
  return { features: columns, classes, means: Float32Array.from(means), precisions, constants: Float32Array.from(constants, (constant) => Math.max(NEVER, constant - most)) };
}

/** Probabilities, rows × classes. */
export function predictNaiveBayes(model: NaiveBayesModel, features: Float32Array): Float32Array {
  const { classes, means, precisions, constants } = model;
  const columns = model.features;
  const rows = features.length / columns;
  if (!Number.isInteger(rows)) throw new RangeError(`${features.length} values for a model of ${columns} features`);
  const logits = new Float64Array(rows * classes);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < classes; c += 1) {
      let squares = 0;
      for (let j = 0; j < columns; j += 1) {
        const deviation = (features[i * columns + j] - means[c * columns + j]) * precisions[c * columns + j];
        squares += deviation * deviation;
      }
      logits[i * classes + c] = constants[c] - squares / 2;
    }
  }
  softmaxRows(logits, classes);
  return Float32Array.from(logits);
}

/** Weighted mean and variance per class and feature, in two passes. */
function moments(features: Float32Array, columns: number, labels: ArrayLike<number>, totals: Float64Array, weights: ArrayLike<number>): { means: Float64Array; variances: Float64Array } {
  const means = new Float64Array(totals.length * columns);
  const variances = new Float64Array(totals.length * columns);
  for (let i = 0; i < labels.length; i += 1) {
    if (weights[i] === 0) continue;
    const share = weights[i] / totals[labels[i]];
    for (let j = 0; j < columns; j += 1) means[labels[i] * columns + j] += share * features[i * columns + j];
  }
  for (let i = 0; i < labels.length; i += 1) {
    if (weights[i] === 0) continue;
    const share = weights[i] / totals[labels[i]];
    for (let j = 0; j < columns; j += 1) variances[labels[i] * columns + j] += share * (features[i * columns + j] - means[labels[i] * columns + j]) ** 2;
  }
  return { means, variances };
}

/** Over all rows. Sample weights do not count here, as in scikit-learn; rows that stand for several do. */
function largestVariance(features: Float32Array, columns: number, repeats: ArrayLike<number> | undefined): number {
  const rows = features.length / columns;
  let total = 0;
  for (let i = 0; i < rows; i += 1) total += repeats ? repeats[i] : 1;
  let most = 0;
  for (let j = 0; j < columns; j += 1) {
    let mean = 0;
    for (let i = 0; i < rows; i += 1) mean += (features[i * columns + j] * (repeats ? repeats[i] : 1)) / total;
    let variance = 0;
    for (let i = 0; i < rows; i += 1) variance += ((features[i * columns + j] - mean) ** 2 * (repeats ? repeats[i] : 1)) / total;
    most = Math.max(most, variance);
  }
  return most;
}
