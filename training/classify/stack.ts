import { combine } from '../../src/engine/classify/combine.ts';
import { minimise } from '../../src/engine/train/lbfgs.ts';
import { CLASSES } from './voters.ts';

/** As in combine.ts. */
const LEAST = 1e-4;
/** Pulls the weights towards equal shares, in units of messages: correlated voters would else get wild weights. */
const PULL = 20;

/**
 * One weight per voter for `combine`, none below 0: minimises the log loss on answers about families not seen.
 * A weight is the square of what is fitted, which keeps it from turning negative.
 */
export function fitWeights(opinions: readonly Float32Array[], labels: ArrayLike<number>): number[] {
  const voters = opinions.length;
  const logs = opinions.map((opinion) => Float64Array.from(opinion, (p) => Math.log(Math.max(LEAST, p))));
  const start = new Float64Array(voters).fill(Math.sqrt(1 / voters));
  const { point } = minimise((roots, gradient) => lossOf(roots, gradient, logs, labels), start, { tolerance: 1e-7, maxIterations: 200 });
  return Array.from(point, (root) => Number((root * root).toFixed(4)));
}

function lossOf(roots: Float64Array, gradient: Float64Array, logs: readonly Float64Array[], labels: ArrayLike<number>): number {
  const voters = logs.length, rows = labels.length;
  const weights = roots.map((root) => root * root);
  const byWeight = new Float64Array(voters);
  const scores = new Float64Array(CLASSES);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * CLASSES;
    scores.fill(0);
    for (let v = 0; v < voters; v++) for (let c = 0; c < CLASSES; c++) scores[c] += weights[v] * logs[v][at + c];
    const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let c = 0; c < CLASSES; c++) sum += Math.exp(scores[c] - most);
    loss += Math.log(sum) + most - scores[labels[row]];
    for (let v = 0; v < voters; v++) {
      for (let c = 0; c < CLASSES; c++) byWeight[v] += (Math.exp(scores[c] - most) / sum - (c === labels[row] ? 1 : 0)) * logs[v][at + c];
    }
  }
  const share = 1 / voters;
  weights.forEach((weight, v) => {
    loss += PULL * (weight - share) ** 2;
    gradient[v] = (2 * roots[v] * (byWeight[v] + 2 * PULL * (weight - share))) / rows;
  });
  return loss / rows;
}

/** Probabilities of the vote about rows, each weighed by voters that had not learnt from it and weights fitted on all. */
export function heldOutVote(opinions: readonly Float32Array[], weights: readonly number[]): Float32Array {
  return combine(opinions, weights, CLASSES);
}
