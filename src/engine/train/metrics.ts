export interface ClassScore {
  /** Rows of the class. */
  readonly support: number;
  /** 0 where the class was never predicted. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Score {
  readonly rows: number;
  readonly accuracy: number;
  /** Mean F1 over the classes that occur among the labels. */
  readonly macroF1: number;
  readonly perClass: readonly ClassScore[];
  /** confusion[truth][predicted]; the last column counts rows without an answer. */
  readonly confusion: readonly (readonly number[])[];
}

/** Compares answers with labels; `weights[i]`: how many rows i stands for (1). An answer outside 0 … classes − 1 is none: it is wrong, and counts in no class's precision. */
export function score(labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number, weights?: ArrayLike<number>): Score {
  if (labels.length !== predicted.length) throw new RangeError(`${predicted.length} answers to ${labels.length} rows`);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes + 1).fill(0));
  let right = 0;
  let rows = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const answer = predicted[i] >= 0 && predicted[i] < classes ? predicted[i] : classes;
    const weight = weights ? weights[i] : 1;
    confusion[labels[i]][answer] += weight;
    rows += weight;
    if (answer === labels[i]) right += weight;
  }
  const perClass = confusion.map((_, c) => classScore(confusion, c));
  const present = perClass.filter(({ support }) => support > 0);
  return {
    rows, accuracy: right / rows,
    macroF1: present.reduce((sum, { f1 }) => sum + f1, 0) / present.length, perClass, confusion,
  };
}

function classScore(confusion: readonly (readonly number[])[], c: number): ClassScore {
  const hits = confusion[c][c];
  const support = confusion[c].reduce((a, b) => a + b, 0);
  const answers = confusion.reduce((sum, row) => sum + row[c], 0);
  return {
    support, precision: answers === 0 ? 0 : hits / answers, recall: support === 0 ? 0 : hits / support,
    f1: hits === 0 ? 0 : (2 * hits) / (support + answers),
  };
}

/** The likeliest class of each row; the first of equals. */
export function argmax(probabilities: ArrayLike<number>, classes: number): Int32Array {
  const best = new Int32Array(probabilities.length / classes);
  for (let i = 0; i < best.length; i += 1) {
    for (let c = 1; c < classes; c += 1) if (probabilities[i * classes + c] > probabilities[i * classes + best[i]]) best[i] = c;
  }
  return best;
}

/** Probability of each row's likeliest class. */
export function confidences(probabilities: ArrayLike<number>, classes: number): Float64Array {
  return Float64Array.from(argmax(probabilities, classes), (best, i) => probabilities[i * classes + best]);
}

/**
 * Expected calibration error: |mean confidence − share right| over bins of equal numbers of rows, weighted by rows
 * (Nixon et al. 2019, "Measuring Calibration in Deep Learning": equal mass, since most confidences crowd near 1).
 */
export function calibrationError(confidence: ArrayLike<number>, right: ArrayLike<number | boolean>, bins = 10): number {
  const order = byConfidence(confidence, 1);
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const rows = order.slice(Math.round((bin * order.length) / bins), Math.round(((bin + 1) * order.length) / bins));
    error += Math.abs(rows.reduce((sum, row) => sum + confidence[row] - Number(right[row]), 0));
  }
  return order.length === 0 ? 0 : error / order.length;
}

/** Share of rows answered when only confidences of at least `threshold` count, and how many of these are right (NaN: none answered). */
export function coverageAt(confidence: ArrayLike<number>, right: ArrayLike<number | boolean>, threshold: number): { coverage: number; accuracy: number } {
  let answered = 0;
  let hits = 0;
  for (let i = 0; i < confidence.length; i += 1) {
    if (!(confidence[i] >= threshold)) continue;
    answered += 1;
    hits += Number(right[i]);
  }
  return { coverage: answered / confidence.length, accuracy: hits / answered };
}

/** Share wrong among the k surest rows, k = 1 … n, and its mean, the area under the curve (El-Yaniv & Wiener 2010). */
export function riskCoverage(confidence: ArrayLike<number>, right: ArrayLike<number | boolean>): { coverage: Float64Array; risk: Float64Array; area: number } {
  const order = byConfidence(confidence, -1);
  const coverage = Float64Array.from(order, (_, i) => (i + 1) / order.length);
  let wrong = 0;
  const risk = Float64Array.from(order, (row, i) => {
    wrong += 1 - Number(right[row]);
    return wrong / (i + 1);
  });
  return { coverage, risk, area: order.length === 0 ? 0 : risk.reduce((a, b) => a + b, 0) / order.length };
}

/** Mean −ln of the probability given to the true class, not below `LEAST`. */
export function logLoss(probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i += 1) sum -= Math.log(Math.max(LEAST, probabilities[i * classes + labels[i]]));
  return sum / labels.length;
}

/** A probability of 0 for what then happens must not make a whole mean infinite. */
const LEAST = 1e-7;

function byConfidence(confidence: ArrayLike<number>, sign: 1 | -1): number[] {
  return Array.from({ length: confidence.length }, (_, i) => i).sort((a, b) => sign * (confidence[a] - confidence[b]) || a - b);
}
