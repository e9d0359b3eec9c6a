import { createRandom, randomInt, shuffle } from '../train/random.ts';
import type { Random } from '../train/random.ts';

/** A row to be judged. */
export interface SpotRow {
  /** Index into `rowsByCategory`. */
  readonly category: number;
  /** 0-based number of the row among the rows of its category. */
  readonly row: number;
}

/** Rows of a spot check. */
export const SPOT_ROWS = 50;

/**
 * Rows drawn at random without replacement, from each category in proportion to its rows (largest remainder: Hare's quota; equal
 * remainders go to the larger category, then to the first), in random order. All rows where there are no more than `count`.
 * @param seed shown to the person: the same seed and rows give the same draw
 */
export function drawRows(rowsByCategory: ArrayLike<number>, seed: number, count = SPOT_ROWS): SpotRow[] {
  const random = createRandom(seed);
  const seats = apportion(rowsByCategory, count);
  const drawn = seats.flatMap((many, category) => distinct(many, rowsByCategory[category], random).map((row): SpotRow => ({ category, row })));
  return shuffle(drawn, random);
}

/** `count` seats in proportion to sizes, never more than a size. */
export function apportion(sizes: ArrayLike<number>, count: number): number[] {
  const all = Array.from(sizes);
  const total = all.reduce((sum, size) => sum + size, 0);
  if (total <= count) return all;
  const quotas = all.map((size) => (size / total) * count);
  const seats = quotas.map(Math.floor);
  const order = quotas.map((_, at) => at).sort((a, b) => quotas[b] - seats[b] - (quotas[a] - seats[a]) || all[b] - all[a] || a - b);
  let left = count - seats.reduce((sum, many) => sum + many, 0);
  for (const at of order) if (left > 0 && seats[at] < all[at]) [seats[at], left] = [seats[at] + 1, left - 1];
  return seats;
}

/** Distinct numbers in 0 … n − 1 (Floyd's algorithm; Bentley & Floyd 1987, "A sample of brilliance"): no list of n is made. */
function distinct(count: number, n: number, random: Random): number[] {
  const chosen = new Set<number>();
  for (let last = n - count; last < n; last++) {
    const one = randomInt(random, last + 1);
    chosen.add(chosen.has(one) ? last : one);
  }
  return [...chosen];
}

/**
 * Exact 95 % interval of a share of which k of n were seen (Clopper & Pearson 1934, "The use of confidence or fiducial limits
 * illustrated in the case of the binomial"): shares of which k or more, and k or fewer, are not less likely than 2.5 %. For a
 * draw that is stratified in proportion it is on the safe side. [0, 1] for n = 0.
 */
export function clopperPearson(k: number, n: number, confidence = 0.95): { readonly low: number; readonly high: number } {
  const tail = (1 - confidence) / 2;
  return {
    low: k <= 0 ? 0 : rootOf((p) => 1 - atMost(k - 1, n, p) - tail),
    high: k >= n ? 1 : rootOf((p) => tail - atMost(k, n, p)),
  };
}

/** Chance of at most k of n at share p. */
function atMost(k: number, n: number, p: number): number {
  let sum = 0;
  let logChoose = 0;
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logChoose + i * Math.log(p) + (n - i) * Math.log1p(-p));
    logChoose += Math.log((n - i) / (i + 1));
  }
  return sum;
}

/** Where a rising function on (0, 1) crosses 0, by halving. */
function rootOf(rising: (p: number) => number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
