import type { VerdictColumns } from '../../contract/view.ts';
import { UNSURE } from '../../contract/view.ts';
import { doubtOf } from './doubt.ts';

/** A share with its 95 % interval, 0 ≤ low ≤ share ≤ high ≤ 1. */
export interface Estimate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The share is worked out on a grid of this many steps. */
const STEPS = 1000;
/** So many patterns, those that matter most, are summed exactly on the grid; the rest as a normal variable. */
const EXACT = 64;
/**
 * A model is more often right in one log and less in another than its confidence says: in logits its confidences are off by a
 * normal variable of this deviation, shared by all patterns of a log. With 0 the interval held in 83 % of the recorded logs, with this
 * in 96 %, and in 94 to 100 % of them after lessons.
 */
const SHARED_DEVIATION = 0.4;
/** Gauss–Hermite nodes and weights for a standard normal variable, order 5 (Abramowitz & Stegun, table 25.10, rescaled). */
const NODES = [
  [-2.856970013872806, 0.01125741132772069], [-1.355626179974266, 0.2220759220056126], [0, 0.5333333333333333],
  [1.355626179974266, 0.2220759220056126], [2.856970013872806, 0.01125741132772069],
] as const;

const NO_CONTENT = UNSURE.indexOf('no-content');

/**
 * Estimated share of rows with the right verdict. Patterns are right or wrong as wholes, independent of each other but for what their
 * log shares: a person's answers are right, a rule's and a model's with the chance that `doubtOf` leaves, undecided ones are
 * wrong unless there is nothing to decide (no letter or digit). The distribution of the sum (a weighted Poisson binomial) is built on
 * a grid, not assumed normal, since often a few patterns hold most rows.
 */
export function estimateRight(rows: ArrayLike<number>, { decider, confidence, unsure }: Pick<VerdictColumns, 'decider' | 'confidence' | 'unsure'>): Estimate {
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += rows[i];
  if (total === 0) return { share: 1, low: 1, high: 1 };
  const doubts = Float64Array.from(rows, (_, i) => (unsure[i] === NO_CONTENT ? 0 : doubtOf(decider[i], confidence[i])));
  const weights = Float64Array.from(rows, (count) => count / total);
  const variances = weights.map((weight, i) => weight ** 2 * doubts[i] * (1 - doubts[i]));
  const order = [...weights.keys()].filter((i) => weights[i] * doubts[i] > 0).sort((a, b) => variances[b] - variances[a] || a - b);
  const wrong = new Float64Array(STEPS + 1);
  for (const [node, chance] of NODES) {
    const part = distribution(order, weights, doubts.map((doubt) => shifted(doubt, node * SHARED_DEVIATION)));
    for (let step = 0; step <= STEPS; step++) wrong[step] += chance * part[step];
  }
  let expected = 0;
  for (let i = 0; i < doubts.length; i++) expected += weights[i] * doubts[i];
  const share = 1 - expected;
  return { share, low: Math.min(share, 1 - quantile(wrong, 0.975)), high: Math.max(share, 1 - quantile(wrong, 0.025)) };
}

/** A chance moved by so many logits; none and certainty stay. */
function shifted(chance: number, by: number): number {
  return chance <= 0 || chance >= 1 ? chance : 1 / (1 + ((1 - chance) / chance) * Math.exp(-by));
}

/** Chance of each share of rows being wrong, 0 … 1 in STEPS steps. */
function distribution(order: readonly number[], weights: Float64Array, doubts: Float64Array): Float64Array {
  let mean = 0, variance = 0;
  for (const i of order.slice(EXACT)) {
    mean += weights[i] * doubts[i];
    variance += weights[i] ** 2 * doubts[i] * (1 - doubts[i]);
  }
  let grid = normalGrid(mean, Math.sqrt(variance));
  for (const i of order.slice(0, EXACT)) grid = orWrong(grid, weights[i] * STEPS, doubts[i]);
  return grid;
}

/** Adds a pattern that is wrong with the given chance; a shift between two steps is shared between them, so that the mean is kept. */
function orWrong(grid: Float64Array, shift: number, doubt: number): Float64Array {
  const whole = Math.floor(shift), part = shift - whole;
  const out = grid.map((chance) => chance * (1 - doubt));
  for (let step = 0; step <= STEPS; step++) {
    if (grid[step] === 0) continue;
    out[Math.min(STEPS, step + whole)] += grid[step] * doubt * (1 - part);
    out[Math.min(STEPS, step + whole + 1)] += grid[step] * doubt * part;
  }
  return out;
}

function normalGrid(mean: number, deviation: number): Float64Array {
  const grid = new Float64Array(STEPS + 1);
  if (deviation * STEPS < 0.25) {
    const at = mean * STEPS, whole = Math.floor(at);
    grid[Math.min(STEPS, whole)] += 1 - (at - whole);
    grid[Math.min(STEPS, whole + 1)] += at - whole;
    return grid;
  }
  let sum = 0;
  for (let step = 0; step <= STEPS; step++) sum += grid[step] = Math.exp(-(((step / STEPS - mean) / deviation) ** 2) / 2);
  return grid.map((chance) => chance / sum);
}

function quantile(grid: Float64Array, at: number): number {
  let sum = 0;
  for (let step = 0; step <= STEPS; step++) if ((sum += grid[step]) >= at - 1e-12) return step / STEPS;
  return 1;
}
