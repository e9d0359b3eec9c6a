import type { AskAbout, AskMe } from '../../contract/teach-api.ts';
import { doubtOf } from './doubt.ts';
import { FULL_COVARIANCE } from './kernel.ts';

/** What asking needs of the learner. */
export interface Learnt {
  readonly classes: readonly string[];
  /** Probabilities of a pattern by class; null where no model has read it. */
  probabilities(pattern: number): Float32Array | null;
  /** Prior covariances of a pattern with others, 0 … FULL_COVARIANCE. */
  covariances(pattern: number, others: readonly number[]): Float32Array;
}

/** So many patterns are weighed as questions, and so many are asked what they would learn from the answer; by rows × doubt. */
const CANDIDATES = 32, PUPILS = 512;
/** What a neighbour as like as can be gains of an answer, as a share of its own doubt. */
const TEACHES = 0.5;

/**
 * The questions whose answers are worth most, the best first: rows that an answer is expected to put right, those of the
 * pattern itself (rows × doubt) and part of those that would learn from it. Each further question is chosen as if the
 * earlier ones had been answered, so that they differ. Equal ones go by pattern number: the answer is a pure function.
 */
export function nextQuestions(about: AskAbout, count: number, learnt: Learnt): AskMe[] {
  const { rows } = about;
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += rows[i];
  const worth = Float64Array.from(rows, (n, pattern) => (about.without[pattern] !== 0 ? 0 : n * doubtOf(about.decider[pattern], about.confidence[pattern])));
  const pupils = most(worth, PUPILS);
  const left = Float64Array.from(pupils, (pattern) => worth[pattern]);
  const candidates = pupils.slice(0, Math.max(count, CANDIDATES)).map((pattern, at) => ({ pattern, at, shares: sharesOf(pattern, pupils, learnt) }));
  const questions: AskMe[] = [];
  while (questions.length < count && candidates.length > 0) {
    let best = 0;
    let bestGain = -1;
    candidates.forEach(({ at, shares }, index) => {
      let gain = left[at];
      for (let j = 0; j < left.length; j++) if (j !== at) gain += shares[j] * left[j];
      if (gain > bestGain) [best, bestGain] = [index, gain];
    });
    const [{ pattern, at, shares }] = candidates.splice(best, 1);
    for (let j = 0; j < left.length; j++) left[j] *= j === at ? 0 : 1 - shares[j];
    questions.push({ pattern, answers: answersOf(pattern, learnt), gain: total > 0 ? Math.min(1, bestGain / total) : 0 });
  }
  return questions;
}

/** How much of each pupil's doubt an answer about a pattern would take away. */
function sharesOf(pattern: number, pupils: readonly number[], learnt: Learnt): Float32Array {
  return learnt.covariances(pattern, pupils).map((covariance) => TEACHES * Math.min(1, Math.max(0, covariance / FULL_COVARIANCE)) ** 2);
}

/** Indices of the largest positive values, largest first. */
function most(values: Float64Array, count: number): number[] {
  const positive: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] > 0) positive.push(i);
  return positive.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}

function answersOf(pattern: number, learnt: Learnt): readonly [string, string] {
  const { classes } = learnt;
  const probabilities = learnt.probabilities(pattern);
  const order = classes.map((_, at) => at).sort((a, b) => (probabilities === null ? 0 : probabilities[b] - probabilities[a]) || a - b);
  return [classes[order[0]], classes[order[1] ?? order[0]]];
}
