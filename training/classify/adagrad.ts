import type { SparseFeatures } from '../../src/engine/classify/lexical/features.ts';
import type { LinearModel } from '../../src/engine/train/logistic-regression.ts';
import { createRandom, shuffle } from '../../src/engine/train/random.ts';

export interface AdagradOptions {
  readonly epochs: number;
  /** Length of the first steps. */
  readonly rate: number;
  /** Penalty on a weight each time its feature occurs. */
  readonly penalty: number;
  /** A class's rows weigh (mean rows ÷ its rows) to this power: 0 none, 1 balanced. */
  readonly balance: number;
  /** The mean of so many models, each shown the rows in another order. */
  readonly orders: number;
}

/**
 * Multinomial logistic regression on sparse rows by AdaGrad (Duchi, Hazan & Singer 2011), stopped early. Rare words get
 * longer steps than common ones; on families of programs not learnt from that is right more often than the exact minimum
 * of an even penalty (0.77 against 0.76), and ten times faster. Deterministic.
 */
export function fitAdagrad(rows: readonly SparseFeatures[], labels: ArrayLike<number>, features: number, classes: number, options: AdagradOptions): LinearModel {
  const weights = new Float64Array(features * classes);
  const bias = new Float64Array(classes);
  for (let order = 0; order < options.orders; order++) {
    const one = fitOnce(rows, labels, features, classes, options, order + 1);
    for (let i = 0; i < weights.length; i++) weights[i] += one.weights[i] / options.orders;
    for (let c = 0; c < classes; c++) bias[c] += one.bias[c] / options.orders;
  }
  return { features, classes, weights: Float32Array.from(weights), bias: Float32Array.from(bias), iterations: options.epochs, converged: true };
}

function fitOnce(
  rows: readonly SparseFeatures[], labels: ArrayLike<number>, features: number, classes: number, options: AdagradOptions, seed: number,
): { weights: Float64Array; bias: Float64Array } {
  const { epochs, rate, penalty } = options;
  const weights = new Float64Array(features * classes), squares = new Float64Array(features * classes).fill(TINY);
  const bias = new Float64Array(classes), biasSquares = new Float64Array(classes).fill(TINY);
  const say = classSay(labels, classes, options.balance);
  const random = createRandom(seed);
  const order = Array.from(rows, (_, row) => row);
  const error = new Float64Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const row of order) {
      const { ids, values } = rows[row];
      predictRow(rows[row], weights, bias, classes, error);
      error[labels[row]] -= 1;
      const share = say[labels[row]];
      for (let c = 0; c < classes; c++) error[c] *= share;
      for (let i = 0; i < ids.length; i++) {
        const at = ids[i] * classes;
        for (let c = 0; c < classes; c++) {
          const slope = values[i] * error[c] + penalty * weights[at + c];
          squares[at + c] += slope * slope;
          weights[at + c] -= (rate * slope) / Math.sqrt(squares[at + c]);
        }
      }
      for (let c = 0; c < classes; c++) {
        biasSquares[c] += error[c] * error[c];
        bias[c] -= (rate * error[c]) / Math.sqrt(biasSquares[c]);
      }
    }
  }
  return { weights, bias };
}

/** Keeps the first division finite. */
const TINY = 1e-8;

function classSay(labels: ArrayLike<number>, classes: number, balance: number): Float64Array {
  const counts = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row]]++;
  return counts.map((count) => (count === 0 ? 0 : (labels.length / classes / count) ** balance));
}

/** Writes the probabilities of a row into `out`. */
function predictRow({ ids, values }: SparseFeatures, weights: ArrayLike<number>, bias: ArrayLike<number>, classes: number, out: Float64Array): void {
  for (let c = 0; c < classes; c++) out[c] = bias[c];
  for (let i = 0; i < ids.length; i++) {
    const at = ids[i] * classes;
    for (let c = 0; c < classes; c++) out[c] += values[i] * weights[at + c];
  }
  const most = out.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += out[c] = Math.exp(out[c] - most);
  for (let c = 0; c < classes; c++) out[c] /= sum;
}

/** Probabilities, rows × classes. */
export function predictSparse(model: LinearModel, rows: readonly SparseFeatures[]): Float32Array {
  const { classes } = model;
  const all = new Float32Array(rows.length * classes);
  const one = new Float64Array(classes);
  rows.forEach((row, at) => {
    predictRow(row, model.weights, model.bias, classes, one);
    all.set(one, at * classes);
  });
  return all;
}
