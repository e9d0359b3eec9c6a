import { drain } from './drain.ts';
import { addScaled, dot, largest, norm } from './vectors.ts';
import type { Objective } from './wolfe-search.ts';
import { WolfeSearch } from './wolfe-search.ts';

export interface MinimiseOptions {
  /** Stop when no component of the gradient is larger. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** True where the gradient is small enough or the value no longer falls by more than rounding. */
  readonly converged: boolean;
}

/** Pairs of steps and gradient changes kept: 10 is SciPy's default and the upper end of what Nocedal & Wright advise. */
const MEMORY = 10;
/** Smaller relative decreases are rounding; scikit-learn stops its L-BFGS at the same figure. */
const SMALLEST_DECREASE = 64 * Number.EPSILON;

/**
 * Limited-memory BFGS: the two-loop recursion (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4)
 * with a line search for the strong Wolfe conditions (algorithms 3.5 and 3.6). For smooth functions; `start` is copied.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  return drain(minimising(objective, start, options));
}

/** The same, pausing after each iteration. */
export function* minimising(objective: Objective, start: Float64Array, options: MinimiseOptions): Generator<void, Minimum> {
  const search = new WolfeSearch(objective, start);
  const history = new History(start.length);
  let iterations = 0;
  // Asked this way round, so that a gradient that is no number does not pass for a small one.
  while (!(largest(search.gradient) <= options.tolerance)) {
    if (iterations >= options.maxIterations) return result(search, iterations, false);
    const direction = history.direction(search.gradient);
    const before = search.value;
    if (dot(direction, search.gradient) >= 0) return result(search, iterations, false);
    const first = history.size === 0 ? Math.min(1, 1 / norm(search.gradient)) : 1;
    const moved = search.along(direction, first);
    if (!moved) {
      // A failed search with stale curvature: once more down the slope itself, then give up.
      if (history.size === 0) return result(search, iterations, false);
      history.clear();
      continue;
    }
    history.push(search.point, search.previousPoint, search.gradient, search.previousGradient);
    iterations += 1;
    yield;
    if (before - search.value <= SMALLEST_DECREASE * Math.abs(search.value)) return result(search, iterations, true);
  }
  return result(search, iterations, true);
}

function result({ point, value }: WolfeSearch, iterations: number, converged: boolean): Minimum {
  return { point, value, iterations, converged };
}

/** The last few (step, gradient change) pairs, oldest overwritten first. */
class History {
  size = 0;
  readonly #steps: Float64Array[] = [];
  readonly #changes: Float64Array[] = [];
  readonly #rho: number[] = [];
  readonly #length: number;
  #next = 0;

  constructor(length: number) {
    this.#length = length;
  }

  clear(): void {
    this.size = 0;
    this.#next = 0;
  }

  push(point: Float64Array, previous: Float64Array, gradient: Float64Array, previousGradient: Float64Array): void {
    const at = this.#next;
    const step = (this.#steps[at] ??= new Float64Array(this.#length));
    const change = (this.#changes[at] ??= new Float64Array(this.#length));
    for (let i = 0; i < step.length; i += 1) {
      step[i] = point[i] - previous[i];
      change[i] = gradient[i] - previousGradient[i];
    }
    const curvature = dot(step, change);
    // The Wolfe conditions make this positive; rounding may not.
    if (curvature <= Number.EPSILON * dot(change, change)) return;
    this.#rho[at] = 1 / curvature;
    this.#next = (at + 1) % MEMORY;
    this.size = Math.min(this.size + 1, MEMORY);
  }

  /** −H·gradient. */
  direction(gradient: Float64Array): Float64Array {
    const q = gradient.map((value) => -value);
    if (this.size === 0) return q;
    const alpha = new Float64Array(MEMORY);
    for (let k = 1; k <= this.size; k += 1) {
      const i = (this.#next - k + MEMORY) % MEMORY;
      alpha[i] = this.#rho[i] * dot(this.#steps[i], q);
      addScaled(q, -alpha[i], this.#changes[i]);
    }
    const newest = (this.#next - 1 + MEMORY) % MEMORY;
    const gamma = 1 / (this.#rho[newest] * dot(this.#changes[newest], this.#changes[newest]));
    for (let i = 0; i < q.length; i += 1) q[i] *= gamma;
    for (let k = this.size; k >= 1; k -= 1) {
      const i = (this.#next - k + MEMORY) % MEMORY;
      addScaled(q, alpha[i] - this.#rho[i] * dot(this.#changes[i], q), this.#steps[i]);
    }
    return q;
  }
}
