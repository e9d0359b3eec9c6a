import { classTotals, rowWeights } from './class-weights.ts';
import { drain } from './drain.ts';
import { minimising } from './lbfgs.ts';
import type { Matrix } from './matrix.ts';
import { softmaxRows } from './softmax.ts';
import type { Objective } from './wolfe-search.ts';

export interface LogisticRegressionOptions {
  /** Inverse strength of the penalty, scikit-learn's C. */
  readonly c?: number;
  readonly sampleWeights?: ArrayLike<number>;
  readonly classWeight?: 'balanced' | 'none';
  /** Largest component that the gradient of the objective, divided by the summed weights, may keep. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Where to start from, for a refit. The outcome is the same up to `tolerance`. */
  readonly start?: LinearModel;
}

/** probabilities = softmax(x · weights + bias) */
export interface LinearModel {
  readonly features: number;
  readonly classes: number;
  /** features × classes, row-major. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const DEFAULT_TOLERANCE = 1e-4;
const DEFAULT_MAX_ITERATIONS = 200;
/** Bias of a class without a row in training: its probability underflows to 0, and the number is finite in any file. */
const NEVER = -1e4;

/**
 * Multinomial logistic regression: minimises C·Σ wᵢ·lossᵢ + ½‖W‖², the intercept free, as scikit-learn's
 * LogisticRegression does (for two classes too, where it penalises one vector instead of two).
 * `labels` are class indices. A class without rows gets probability 0. Throws a RangeError where no class has weight or a feature is not finite.
 */
export function fitLogisticRegression(x: Matrix, labels: ArrayLike<number>, classes: number, options: LogisticRegressionOptions = {}): LinearModel {
  return drain(fittingLogisticRegression(x, labels, classes, options));
}

/** The same, pausing after each iteration. */
export function* fittingLogisticRegression(x: Matrix, labels: ArrayLike<number>, classes: number, options: LogisticRegressionOptions = {}): Generator<void, LinearModel> {
  if (labels.length !== x.rows) throw new RangeError(`${labels.length} labels for ${x.rows} rows`);
  const weights = rowWeights(labels, classes, options);
  const present = presentClasses(labels, classes, weights);
  if (present.length === 0) throw new RangeError('no row to learn from');
  const target = Int32Array.from(labels, (label) => present.indexOf(label));
  const objective = softmaxObjective(x, target, present.length, weights, options.c ?? 1);
  const minimum = yield* minimising(objective, startingPoint(x.columns, present, options.start), {
    tolerance: options.tolerance ?? DEFAULT_TOLERANCE,
    maxIterations: options.maxIterations ?? DEFAULT_MAX_ITERATIONS,
  });
  if (!Number.isFinite(minimum.value)) throw new RangeError('a feature or a weight is not a number');
  const { iterations, converged } = minimum;
  return { ...spread(minimum.point, x.columns, classes, present), iterations, converged };
}

/** Probabilities, rows × classes. */
export function predictLogisticRegression(model: LinearModel, x: Matrix): Float32Array {
  if (x.columns !== model.features) throw new RangeError(`${x.columns} features for a model of ${model.features}`);
  const logits = new Float64Array(x.rows * model.classes);
  for (let i = 0; i < logits.length; i += 1) logits[i] = model.bias[i % model.classes];
  x.multiply(model.weights, model.classes, logits);
  softmaxRows(logits, model.classes);
  return Float32Array.from(logits);
}

/** The objective divided by the summed weights: the same minimum, and a tolerance that does not depend on the number of rows. */
function softmaxObjective(x: Matrix, target: Int32Array, classes: number, rowWeight: Float64Array, c: number): Objective {
  const total = rowWeight.reduce((a, b) => a + b, 0);
  // scikit-learn fits two classes with one vector v; here they are v/2 and −v/2, whose squares sum to half of v's.
  const penalty = (classes === 2 ? 2 : 1) / (c * total);
  const size = x.columns * classes;
  const residual = new Float64Array(x.rows * classes);
  return (point, gradient) => {
    const weights = point.subarray(0, size);
    for (let i = 0; i < residual.length; i += 1) residual[i] = point[size + (i % classes)];
    x.multiply(weights, classes, residual);
    let value = 0;
    for (let i = 0; i < size; i += 1) value += weights[i] * weights[i];
    value *= penalty / 2;
    value += lossAndResidual(residual, target, classes, rowWeight, total);
    for (let i = 0; i < size; i += 1) gradient[i] = penalty * weights[i];
    gradient.fill(0, size);
    x.multiplyTransposed(residual, classes, gradient);
    for (let i = 0; i < residual.length; i += 1) gradient[size + (i % classes)] += residual[i];
    return value;
  };
}

/** Weighted mean cross-entropy; turns the logits into its derivative by them, in place. */
function lossAndResidual(logits: Float64Array, target: Int32Array, classes: number, rowWeight: Float64Array, total: number): number {
  let loss = 0;
  for (let i = 0; i < target.length; i += 1) {
    const at = i * classes;
    const weight = rowWeight[i] / total;
    let most = -Infinity;
    for (let c = 0; c < classes; c += 1) most = Math.max(most, logits[at + c]);
    const own = weight === 0 ? 0 : logits[at + target[i]] - most;
    let sum = 0;
    for (let c = 0; c < classes; c += 1) {
      logits[at + c] = Math.exp(logits[at + c] - most);
      sum += logits[at + c];
    }
    loss += weight * (Math.log(sum) - own);
    for (let c = 0; c < classes; c += 1) logits[at + c] *= weight / sum;
    if (weight !== 0) logits[at + target[i]] -= weight;
  }
  return loss;
}

function presentClasses(labels: ArrayLike<number>, classes: number, weights: Float64Array): number[] {
  const totals = classTotals(labels, classes, weights);
  return Array.from(totals.keys()).filter((c) => totals[c] > 0);
}

function startingPoint(columns: number, present: readonly number[], start: LinearModel | undefined): Float64Array {
  const point = new Float64Array((columns + 1) * present.length);
  if (!start) return point;
  if (start.features !== columns) throw new RangeError(`a start of ${start.features} features for ${columns}`);
  const bias = columns * present.length;
  present.forEach((from, to) => {
    if (from >= start.classes) return;
    for (let j = 0; j < columns; j += 1) point[j * present.length + to] = start.weights[j * start.classes + from];
    point[bias + to] = start.bias[from] === NEVER ? 0 : start.bias[from];
  });
  return point;
}

/** From the present classes back to the whole class axis. */
function spread(point: Float64Array, columns: number, classes: number, present: readonly number[]): Pick<LinearModel, 'features' | 'classes' | 'weights' | 'bias'> {
  const weights = new Float32Array(columns * classes);
  const bias = new Float32Array(classes).fill(NEVER);
  present.forEach((to, from) => {
    for (let j = 0; j < columns; j += 1) weights[j * classes + to] = point[j * present.length + from];
    bias[to] = point[columns * present.length + from];
  });
  return { features: columns, classes, weights, bias };
}
