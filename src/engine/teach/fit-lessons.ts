import { minimise } from '../train/lbfgs.ts';

/** Lessons as numbers: m of them, C classes. */
export interface Fitting {
  /** m × m, positive semidefinite. */
  readonly covariance: Float64Array;
  /** m × C: logits before learning. */
  readonly prior: Float64Array;
  /** m: the class that each lesson teaches. */
  readonly labels: Int32Array;
  /** C: what the covariance is multiplied by for each class. */
  readonly scale: Float64Array;
}

/** Variance that a lesson shares with no other text: people contradict themselves, and equal texts need not be equal lines. */
const NUGGET = 0.25;
/** In the whitened space the curvature is at least 1, so this many steps end far below what a percentage shows. */
const MOST_STEPS = 60;
const TOLERANCE = 1e-3;

/**
 * Weights, m × C, so that the logits of a text become prior + scale · Σ over lessons of covariance(text, lesson) · weight: the mode of
 * the posterior of a multi-class Gaussian-process classifier, which is kernel logistic regression with the votes as offset
 * (Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006, sections 3.5 and 6.4; at the mode the weights are the
 * residuals, equation 3.34). Found by L-BFGS over v with f = prior + √scale · L v, where L Lᵀ is the covariance, which makes
 * the problem well-conditioned. A function of its arguments, to the bit.
 */
export function fitLessons({ covariance, prior, labels, scale }: Fitting): Float64Array {
  const lessons = labels.length, classes = scale.length;
  const root = cholesky(covariance, lessons);
  const turned = transposed(root, lessons);
  const spread = scale.map(Math.sqrt);
  const residuals = new Float64Array(classes * lessons);
  const logits = new Float64Array(classes * lessons);
  // Class after class, so that all sums run along rows of the triangles.
  const objective = (v: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < v.length; i++) loss += (v[i] * v[i]) / 2;
    for (let c = 0; c < classes; c++) {
      for (let a = 0; a < lessons; a++) logits[c * lessons + a] = prior[a * classes + c] + spread[c] * dotAt(root, a * lessons, v, c * lessons, a + 1);
    }
    for (let a = 0; a < lessons; a++) loss += residualsOf(logits, residuals, a, lessons, classes, labels[a]);
    for (let c = 0; c < classes; c++) {
      for (let b = 0; b < lessons; b++) {
        const at = c * lessons + b;
        gradient[at] = v[at] - spread[c] * dotAt(turned, b * lessons + b, residuals, at, lessons - b);
      }
    }
    return loss;
  };
  const { point } = minimise(objective, new Float64Array(classes * lessons), { tolerance: TOLERANCE, maxIterations: MOST_STEPS });
  objective(point, new Float64Array(point.length));
  return byLesson(residuals, classes, lessons);
}

/** Lesson after lesson, as the prior. */
function byLesson(residuals: Float64Array, classes: number, lessons: number): Float64Array {
  const out = new Float64Array(residuals.length);
  for (let a = 0; a < lessons; a++) for (let c = 0; c < classes; c++) out[a * classes + c] = residuals[c * lessons + a];
  return out;
}

/** Writes (1 at the label, else 0) − probability of a lesson; returns −log probability of the label. */
function residualsOf(logits: Float64Array, residuals: Float64Array, lesson: number, lessons: number, classes: number, label: number): number {
  let most = -Infinity;
  for (let c = 0; c < classes; c++) most = Math.max(most, logits[c * lessons + lesson]);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += residuals[c * lessons + lesson] = Math.exp(logits[c * lessons + lesson] - most);
  for (let c = 0; c < classes; c++) residuals[c * lessons + lesson] = (c === label ? 1 : 0) - residuals[c * lessons + lesson] / sum;
  return Math.log(sum) + most - logits[label * lessons + lesson];
}

/** Sum of a[atA + i] · b[atB + i]; two sums side by side, so that the processor need not wait for each addition. */
function dotAt(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let even = 0, odd = 0, i = 0;
  for (; i + 1 < length; i += 2) {
    even += a[atA + i] * b[atB + i];
    odd += a[atA + i + 1] * b[atB + i + 1];
  }
  if (i < length) even += a[atA + i] * b[atB + i];
  return even + odd;
}

/** Lower triangle L of covariance + nugget (Golub & Van Loan, "Matrix Computations", algorithm 4.2.1). */
function cholesky(covariance: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const sum = covariance[a * size + b] + (a === b ? NUGGET : 0) - dotAt(root, a * size, root, b * size, b);
      // The nugget keeps this positive but for rounding.
      root[a * size + b] = a === b ? Math.sqrt(Math.max(sum, NUGGET / 2)) : sum / root[b * size + b];
    }
  }
  return root;
}

function transposed(root: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(size * size);
  for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) turned[b * size + a] = root[a * size + b];
  return turned;
}
