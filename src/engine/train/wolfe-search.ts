import { dot } from './vectors.ts';

/** Value at `point`; writes the gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** Sufficient decrease and curvature constants for quasi-Newton methods (Nocedal & Wright, p. 62). */
const C1 = 1e-4;
const C2 = 0.9;
const MAX_EVALUATIONS = 30;

interface Trial {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** Moves along directions to points that meet the strong Wolfe conditions (Nocedal & Wright, algorithms 3.5 and 3.6). Owns the current point and the one before it. */
export class WolfeSearch {
  point: Float64Array;
  gradient: Float64Array;
  previousPoint: Float64Array;
  previousGradient: Float64Array;
  value: number;
  readonly #objective: Objective;
  #direction: Float64Array;
  #evaluations = 0;

  constructor(objective: Objective, start: Float64Array) {
    this.#objective = objective;
    this.point = start.slice();
    this.gradient = new Float64Array(start.length);
    this.previousPoint = new Float64Array(start.length);
    this.previousGradient = new Float64Array(start.length);
    this.#direction = this.gradient;
    this.value = objective(this.point, this.gradient);
  }

  /** Moves to a point that meets the strong Wolfe conditions, or at least decreases enough; false where none was found. */
  along(direction: Float64Array, firstStep: number): boolean {
    [this.point, this.previousPoint] = [this.previousPoint, this.point];
    [this.gradient, this.previousGradient] = [this.previousGradient, this.gradient];
    this.#direction = direction;
    this.#evaluations = 0;
    const origin: Trial = { step: 0, value: this.value, slope: dot(direction, this.previousGradient) };
    const found = this.#bracket(origin, firstStep);
    if (!found) {
      [this.point, this.previousPoint] = [this.previousPoint, this.point];
      [this.gradient, this.previousGradient] = [this.previousGradient, this.gradient];
      return false;
    }
    this.value = found.value;
    return true;
  }

  #try(step: number): Trial {
    const { point, previousPoint } = this;
    for (let i = 0; i < point.length; i += 1) point[i] = previousPoint[i] + step * this.#direction[i];
    this.#evaluations += 1;
    const value = this.#objective(point, this.gradient);
    return { step, value, slope: dot(this.#direction, this.gradient) };
  }

  /** Algorithm 3.5: lengthens the step until an interval holds an acceptable one. */
  #bracket(origin: Trial, firstStep: number): Trial | null {
    let last = origin;
    let step = firstStep;
    while (this.#evaluations < MAX_EVALUATIONS) {
      const trial = this.#try(step);
      if (!decreases(trial, origin) || (last.step > 0 && trial.value >= last.value)) return this.#zoom(origin, last, trial);
      if (Math.abs(trial.slope) <= -C2 * origin.slope) return trial;
      if (trial.slope >= 0) return this.#zoom(origin, trial, last);
      last = trial;
      step *= 2;
    }
    return last.step > 0 ? this.#try(last.step) : null;
  }

  /** Algorithm 3.6: `low` is the best end of the interval so far, with its slope pointing into it. */
  #zoom(origin: Trial, low: Trial, high: Trial): Trial | null {
    while (this.#evaluations < MAX_EVALUATIONS) {
      const trial = this.#try(between(low, high));
      if (!decreases(trial, origin) || trial.value >= low.value) high = trial;
      else {
        if (Math.abs(trial.slope) <= -C2 * origin.slope) return trial;
        if (trial.slope * (high.step - low.step) >= 0) high = low;
        low = trial;
      }
      if (Math.abs(high.step - low.step) <= 1e-12 * Math.max(1, low.step)) break;
    }
    // No curvature, but a decrease: the point must be the one that is reported.
    return low.step > 0 ? this.#try(low.step) : null;
  }
}

/** Sufficient decrease; a value that is not a number never does. */
function decreases(trial: Trial, origin: Trial): boolean {
  return trial.value <= origin.value + C1 * trial.step * origin.slope;
}

/** Minimum of the cubic through both ends (Nocedal & Wright, equation 3.59), kept off the ends; else the middle. */
function between(low: Trial, high: Trial): number {
  const width = high.step - low.step;
  const d1 = low.slope + high.slope - (3 * (low.value - high.value)) / (low.step - high.step);
  const square = d1 * d1 - low.slope * high.slope;
  const d2 = Math.sign(width) * Math.sqrt(square);
  const cubic = high.step - width * ((high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2));
  const fraction = (cubic - low.step) / width;
  return fraction > 0.1 && fraction < 0.9 ? cubic : low.step + width / 2;
}
