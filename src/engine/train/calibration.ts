import { isotonicKnots } from './isotonic.ts';
import { logLoss } from './metrics.ts';
import type { Fold } from './splits.ts';
import { softmaxRows } from './softmax.ts';

/**
 * How a model's probabilities become ones to be believed: a rising function of each probability, the same for every
 * class, then scaled so that a row sums to 1. So the order within a row, and with it the label, never changes. Plain JSON.
 */
export type Calibration =
  | { readonly kind: 'identity' }
  /** p^(1/temperature) */
  | { readonly kind: 'temperature'; readonly temperature: number }
  /** Straight lines between the points (x, y); flat outside them. Strictly rising. */
  | { readonly kind: 'isotonic'; readonly x: readonly number[]; readonly y: readonly number[] };

/** Below it a probability counts as this much: a forest says 0 for what no tree has seen, which is not certainty. */
const LEAST = 1e-6;
const TEMPERATURES = [0.05, 20] as const;
/** By what share of the log loss a calibration must beat a simpler one. */
const WORTH = 0.01;

/** Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks"). `probabilities` (rows × classes) must come from rows that the model has not learnt from. */
export function fitTemperature(probabilities: Float32Array, labels: ArrayLike<number>, classes: number, weights?: ArrayLike<number>): Calibration {
  const logs = Float64Array.from(probabilities, (p) => Math.log(Math.max(LEAST, p)));
  const loss = (logBeta: number): number => sharpenedLoss(logs, labels, classes, Math.exp(logBeta), weights);
  // The loss is convex in 1/temperature, so it has one valley on this axis, too.
  return { kind: 'temperature', temperature: Math.exp(-goldenSection(loss, -Math.log(TEMPERATURES[1]), -Math.log(TEMPERATURES[0]))) };
}

/** One isotonic regression of "this class it was" on "this probability it got", over all rows and classes (Zadrozny & Elkan 2002, with the classes pooled). */
export function fitIsotonic(probabilities: Float32Array, labels: ArrayLike<number>, classes: number, weights?: ArrayLike<number>): Calibration {
  const hits = Float64Array.from(probabilities, (_, at) => (labels[Math.floor(at / classes)] === at % classes ? 1 : 0));
  const each = Float64Array.from(probabilities, (_, at) => weights?.[Math.floor(at / classes)] ?? 1);
  return { kind: 'isotonic', ...isotonicKnots(probabilities, hits, each) };
}

/**
 * The simplest calibration that pays: each is fitted on a fold's `train` rows of `probabilities` and tried on its
 * `test` rows; the chosen one is then fitted on all rows. Folds should keep groups together, as for the model itself.
 */
export function chooseCalibration(probabilities: Float32Array, labels: ArrayLike<number>, classes: number, folds: readonly Fold[]): Calibration {
  const candidates = [(): Calibration => ({ kind: 'identity' }), fitTemperature, fitIsotonic];
  let chosen = candidates[0];
  let least = Infinity;
  for (const fit of candidates) {
    let loss = 0;
    for (const { train, test } of folds) {
      const calibration = fit(pick(probabilities, classes, train), pickLabels(labels, train), classes);
      loss += test.length * logLoss(calibrate(calibration, pick(probabilities, classes, test), classes), pickLabels(labels, test), classes);
    }
    if (loss >= least * (1 - WORTH)) continue;
    [chosen, least] = [fit, loss];
  }
  return chosen(probabilities, labels, classes);
}

/** Applies a calibration: rows × classes in, the same out; the argument is left alone. */
export function calibrate(calibration: Calibration, probabilities: Float32Array, classes: number): Float32Array {
  if (calibration.kind === 'identity') return probabilities.slice();
  if (calibration.kind === 'temperature') {
    const out = probabilities.map((p) => Math.log(Math.max(LEAST, p)) / calibration.temperature);
    softmaxRows(out, classes);
    return out;
  }
  const raised = Float64Array.from(probabilities, (p) => interpolate(calibration.x, calibration.y, p));
  const out = new Float32Array(raised.length);
  for (let at = 0; at < raised.length; at += classes) {
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += raised[at + c];
    for (let c = 0; c < classes; c += 1) out[at + c] = raised[at + c] / sum;
  }
  return out;
}

function sharpenedLoss(logs: Float64Array, labels: ArrayLike<number>, classes: number, beta: number, weights?: ArrayLike<number>): number {
  let loss = 0;
  for (let i = 0; i < labels.length; i += 1) {
    let most = -Infinity;
    for (let c = 0; c < classes; c += 1) most = Math.max(most, beta * logs[i * classes + c]);
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += Math.exp(beta * logs[i * classes + c] - most);
    loss += (weights?.[i] ?? 1) * (Math.log(sum) + most - beta * logs[i * classes + labels[i]]);
  }
  return loss;
}

/** Place of the lowest value of a function with one valley between low and high, to 1e-6 (Kiefer 1953). */
function goldenSection(value: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atA, atB] = [value(a), value(b)];
  while (high - low > 1e-6) {
    if (atA <= atB) {
      [high, b, atB] = [b, a, atA];
      a = high - ratio * (high - low);
      atA = value(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + ratio * (high - low);
      atB = value(b);
    }
  }
  return (low + high) / 2;
}

function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (at <= x[0]) return y[0];
  if (at >= x[x.length - 1]) return y[y.length - 1];
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return y[low] + ((y[high] - y[low]) * (at - x[low])) / (x[high] - x[low]);
}

function pick(probabilities: Float32Array, classes: number, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => out.set(probabilities.subarray(row * classes, (row + 1) * classes), i * classes));
  return out;
}

function pickLabels(labels: ArrayLike<number>, rows: Int32Array): Int32Array {
  return rows.map((row) => labels[row]);
}
