/** How often patterns occur in one of two stretches of log. */
export interface Side {
  /** Rows by pattern. */
  readonly rows: ArrayLike<number>;
  /** What rows are set against: a time, or the number of all rows; of both sides in the same unit, and above 0. */
  readonly size: number;
}

/** What a comparison makes of a pattern. `none`: in neither; `same`: about as often. */
export const CHANGES = ['new', 'more', 'same', 'less', 'gone', 'none'] as const;
export type Change = (typeof CHANGES)[number];

/** By pattern, parallel to both sides. */
export interface Comparison {
  readonly here: Float64Array;
  readonly there: Float64Array;
  /** Index into CHANGES. */
  readonly change: Uint8Array;
  /** Rate here ÷ rate there: Infinity for new, 0 for gone, NaN where there is nothing to compare. */
  readonly ratio: Float64Array;
  /** How surely the rates differ: the log-likelihood ratio G², at least 0. */
  readonly score: Float64Array;
  /** Patterns by index into CHANGES. */
  readonly counts: Float64Array;
}

/** G² above which chance alone would be behind it once in a thousand times (χ², one degree of freedom). */
const SURE = 10.828;
/** Less than this is no change that a person would want to be told, however sure it is. */
const LEAST_RATIO = 1.5;

/**
 * Compares how often each pattern occurs here with how often it does there. What is on one side only is new or gone,
 * however few rows it has. Other rates differ where they do so by half at least and the log-likelihood ratio says that
 * it is no chance (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics
 * 19(1), 1993; for two rates: Rayson and Garside, "Comparing Corpora using Frequency Profiling", 2000). Its score also puts
 * 900 new rows before a single one, where a ratio knows no difference.
 */
export function compare(here: Side, there: Side): Comparison {
  const count = here.rows.length;
  const found = {
    here: Float64Array.from(here.rows), there: Float64Array.from({ length: count }, (_, p) => there.rows[p] ?? 0),
    change: new Uint8Array(count), ratio: new Float64Array(count), score: new Float64Array(count), counts: new Float64Array(CHANGES.length),
  };
  for (let p = 0; p < count; p++) {
    const a = found.here[p];
    const b = found.there[p];
    const ratio = a === 0 && b === 0 ? NaN : a / here.size / (b / there.size);
    const score = likelihoodRatio(a, here.size, b, there.size);
    const change = CHANGES.indexOf(changeOf(a, b, ratio, score));
    found.ratio[p] = ratio;
    found.score[p] = score;
    found.change[p] = change;
    found.counts[change]++;
  }
  return found;
}

function changeOf(here: number, there: number, ratio: number, score: number): Change {
  if (here === 0 && there === 0) return 'none';
  if (there === 0) return 'new';
  if (here === 0) return 'gone';
  if (score < SURE) return 'same';
  return ratio >= LEAST_RATIO ? 'more' : ratio <= 1 / LEAST_RATIO ? 'less' : 'same';
}

/** G² of two counts over two sizes, against one rate for both. */
export function likelihoodRatio(a: number, sizeA: number, b: number, sizeB: number): number {
  const rate = (a + b) / (sizeA + sizeB);
  // Of nearly equal rates rounding may leave a little less than nothing.
  return Math.max(0, 2 * (part(a, rate * sizeA) + part(b, rate * sizeB)));
}

function part(seen: number, expected: number): number {
  return seen === 0 ? 0 : seen * Math.log(seen / expected);
}

/**
 * Order in which a comparison is read: new first, then more, about as, and less frequent, then gone; within these problems,
 * then the surest, then most rows.
 * @param problem 1 by pattern where it counts as a problem
 */
export function byChange({ change, score, here, there }: Comparison, problem: Uint8Array): (a: number, b: number) => number {
  return (a, b) => change[a] - change[b] || problem[b] - problem[a] || score[b] - score[a] || here[b] - here[a] || there[b] - there[a] || a - b;
}
