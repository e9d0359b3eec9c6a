/** A run of bins with more rows than the rest of the series would let one expect. */
export interface Burst {
  readonly first: number;
  readonly last: number;
  /** Rows inside. */
  readonly inside: number;
  /** Rows in the stretch of the same length just before it (shorter where the axis begins). */
  readonly before: number;
  /** How far `inside` lies above expectation, in standard deviations of a Poisson count. */
  readonly score: number;
}

/**
 * The strongest burst of a series: the run of bins with the largest sum of (rows − mean), found by Kadane's
 * maximum-subarray algorithm (Bentley, "Programming Pearls", CACM 27(9), 1984). `null` for a silent series.
 */
export function strongestBurst(series: Float64Array): Burst | null {
  let total = 0;
  for (const rows of series) total += rows;
  if (total === 0) return null;
  const mean = total / series.length;
  let best = -Infinity;
  let first = 0;
  let last = 0;
  let sum = 0;
  let start = 0;
  for (let b = 0; b < series.length; b++) {
    if (sum <= 0) { sum = 0; start = b; }
    sum += series[b] - mean;
    if (sum > best) { best = sum; first = start; last = b; }
  }
  const length = last - first + 1;
  const inside = sumOf(series, first, last + 1);
  const before = sumOf(series, Math.max(0, first - length), first);
  const expected = mean * length;
  return { first, last, inside, before, score: (inside - expected) / Math.sqrt(expected + 1) };
}

function sumOf(series: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let b = from; b < to; b++) sum += series[b];
  return sum;
}

/**
 * How much a pattern's fullest bin stands out, as a whole number of doublings (0 = evenly spread), so that
 * sorting by it keeps patterns of about the same burst together and lets their rows decide.
 */
export function burstLevel(peak: number, total: number, bins: number): number {
  const mean = total / Math.max(1, bins);
  const score = (peak - mean) / Math.sqrt(mean + 1);
  return Math.max(0, Math.floor(Math.log2(score + 1)));
}
