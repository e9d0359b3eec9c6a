import { randomInt } from './random.ts';
import type { Random } from './random.ts';

export interface BootstrapOptions {
  /** 1000 */
  readonly resamples?: number;
  /** Share of the resamples that lie in the interval; 0.95. */
  readonly level?: number;
}

/** [low, high] */
export type Interval = readonly [number, number];

/**
 * Percentile bootstrap (Efron 1979, "Bootstrap methods: another look at the jackknife"): as many units as there are are drawn with
 * replacement, again and again; the interval lies between the quantiles of what is measured on them. What belongs together, such
 * as the lines of one pattern, must be one unit, or the interval gets too narrow.
 * @param statistics several figures at once, of a sample in which unit u occurs `drawn[u]` times; the argument is used again
 * @returns one interval per figure, in the order of `statistics`; none where there are no units
 */
export function bootstrap(units: number, statistics: (drawn: Int32Array) => readonly number[], random: Random, options: BootstrapOptions = {}): Interval[] {
  const { resamples = 1000, level = 0.95 } = options;
  if (units === 0) return [];
  const drawn = new Int32Array(units);
  const found: number[][] = [];
  for (let round = 0; round < resamples; round += 1) {
    drawn.fill(0);
    for (let draw = 0; draw < units; draw += 1) drawn[randomInt(random, units)] += 1;
    statistics(drawn).forEach((value, at) => (found[at] ??= []).push(value));
  }
  return found.map((values) => {
    values.sort((a, b) => a - b);
    return [quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)];
  });
}

/** Of rising values, on the straight line between the two that it falls between (type 7 of Hyndman & Fan 1996, numpy's default). */
export function quantile(rising: readonly number[], share: number): number {
  const at = share * (rising.length - 1);
  const below = Math.floor(at);
  const above = Math.min(rising.length - 1, below + 1);
  return rising[below] + (rising[above] - rising[below]) * (at - below);
}
