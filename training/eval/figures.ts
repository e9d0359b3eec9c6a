import { calibrationCurve } from '../../src/engine/evaluate/calibration-curve.ts';
import { bootstrap } from '../../src/engine/train/bootstrap.ts';
import type { Interval } from '../../src/engine/train/bootstrap.ts';
import { score } from '../../src/engine/train/metrics.ts';
import type { Score } from '../../src/engine/train/metrics.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import { riskTable } from '../../src/engine/train/risk-curve.ts';
import type { RiskPoint } from '../../src/engine/train/risk-curve.ts';
import type { Opinion } from './opinion.ts';
import { NOTHING } from './opinion.ts';
import type { Truths } from './truths.ts';

/** Unclassified can be a truth, too. */
const CLASSES = NOTHING + 1;
const SEED = 5;
/** From here on an answer is called sure. */
export const SURE = 0.9;
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Weights count everywhere: by line, a pattern counts as often as it has lines. All shares 0…1. */
export interface Figures {
  readonly name: string;
  /** Summed weights. */
  readonly items: number;
  /** Of the likeliest category, whatever its confidence. */
  readonly accuracy: number;
  /** Over the classes that occur among the truths. */
  readonly macroF1: number;
  /** 95 %: of accuracy and macro-F1, patterns drawn anew; null where it was not asked for. */
  readonly accuracyRange: Interval | null;
  readonly macroF1Range: Interval | null;
  /** Expected calibration error in 10 bins of equal mass, over what was answered at whatever confidence; NaN where nothing was. */
  readonly calibrationError: number;
  /** Share with an answer at or above the threshold, and how many of these are right (NaN: none). */
  readonly coverage: number;
  readonly answeredRight: number;
  /** Right at the threshold, where an answer below it is Unclassified. */
  readonly strict: number;
  /** Weight of answers at 0.9 or more, and how many of these are right (NaN: none). */
  readonly sure: number;
  readonly sureRight: number;
}

/** @param ranges with intervals, which take a second where there are thousands of patterns */
export function figuresOf(opinion: Opinion, truths: Truths, threshold: number, ranges = false): Figures {
  const { choice, confidence } = answersTo(opinion, truths);
  const { truth, weight } = truths;
  const { rows, accuracy, macroF1 } = score(truth, choice, CLASSES, weight);
  const tally = { answered: 0, answeredRight: 0, strict: 0, sure: 0, sureRight: 0 };
  truth.forEach((label, entry) => {
    const answered = choice[entry] !== NOTHING && confidence[entry] >= threshold;
    const right = choice[entry] === label ? weight[entry] : 0;
    if (answered) tally.answered += weight[entry];
    if (answered) tally.answeredRight += right;
    if ((answered ? choice[entry] : NOTHING) === label) tally.strict += weight[entry];
    if (choice[entry] === NOTHING || confidence[entry] < SURE) return;
    tally.sure += weight[entry];
    tally.sureRight += right;
  });
  const [accuracyRange = null, macroF1Range = null] = ranges ? rangesOf(choice, truths) : [];
  return {
    name: opinion.name, items: rows, accuracy, macroF1, accuracyRange, macroF1Range,
    calibrationError: calibrationErrorOf(choice, confidence, truths),
    coverage: tally.answered / rows, answeredRight: tally.answeredRight / tally.answered, strict: tally.strict / rows,
    sure: tally.sure, sureRight: tally.sureRight / tally.sure,
  };
}

/** Precision, recall and confusion of the likeliest category; with a threshold, of what is said at it. The last class is Unclassified. */
export function scoreOf(opinion: Opinion, truths: Truths, threshold = 0): Score {
  const { choice, confidence } = answersTo(opinion, truths);
  return score(truths.truth, choice.map((label, entry) => (confidence[entry] >= threshold ? label : NOTHING)), CLASSES, truths.weight);
}

/** At every tenth of coverage, the surest answers first. */
export function risksOf(opinion: Opinion, truths: Truths): RiskPoint[] {
  const { choice, confidence } = answersTo(opinion, truths);
  return riskTable(confidence, Array.from(choice, (label, entry) => label === truths.truth[entry]), truths.weight, TENTHS);
}

/** The same class for everything: the one that occurs most. It knows the answers, so no classifier that learns nothing can do better. */
export function majorityOf({ truth, weight, patterns }: Truths): Opinion {
  const counts = new Array<number>(CLASSES).fill(0);
  truth.forEach((label, entry) => (counts[label] += weight[entry]));
  const most = Math.max(...counts), all = counts.reduce((a, b) => a + b, 0);
  return { name: 'always the majority', choice: new Int32Array(patterns).fill(counts.indexOf(most)), confidence: new Float64Array(patterns).fill(most / all) };
}

function answersTo({ choice, confidence }: Opinion, { pattern }: Truths): { choice: Int32Array; confidence: Float64Array } {
  return { choice: pattern.map((at) => choice[at]), confidence: Float64Array.from(pattern, (at) => confidence[at]) };
}

function calibrationErrorOf(choice: Int32Array, confidence: Float64Array, { truth, weight }: Truths): number {
  const answered = Array.from(choice.keys()).filter((entry) => choice[entry] !== NOTHING);
  if (answered.length === 0) return NaN;
  const right = answered.map((entry) => Number(choice[entry] === truth[entry]));
  return calibrationCurve(answered.map((entry) => confidence[entry]), right, answered.map((entry) => weight[entry])).error;
}

/** What belongs together (a pattern's lines, a family's messages) is drawn together, since it is right or wrong together. Every classifier is measured on the same samples. */
function rangesOf(choice: Int32Array, { pattern, truth, weight, together }: Truths): Interval[] {
  const drawn = together === undefined ? pattern : pattern.map((one) => together[one]);
  const units = [...new Set(drawn)];
  const unitOf = new Map(units.map((one, unit) => [one, unit]));
  const unit = drawn.map((one) => unitOf.get(one) ?? 0);
  const hits = new Float64Array(CLASSES), truths = new Float64Array(CLASSES), answers = new Float64Array(CLASSES);
  return bootstrap(units.length, (times) => {
    for (const sums of [hits, truths, answers]) sums.fill(0);
    for (let entry = 0; entry < unit.length; entry++) {
      const counted = times[unit[entry]] * weight[entry];
      truths[truth[entry]] += counted;
      answers[choice[entry]] += counted;
      if (choice[entry] === truth[entry]) hits[truth[entry]] += counted;
    }
    return [ratio(hits, truths), meanF1(hits, truths, answers)];
  }, createRandom(SEED));
}

function ratio(hits: Float64Array, truths: Float64Array): number {
  return hits.reduce((a, b) => a + b, 0) / truths.reduce((a, b) => a + b, 0);
}

function meanF1(hits: Float64Array, truths: Float64Array, answers: Float64Array): number {
  let [sum, present] = [0, 0];
  for (let c = 0; c < CLASSES; c++) {
    if (truths[c] === 0) continue;
    present++;
    sum += (2 * hits[c]) / (truths[c] + answers[c]);
  }
  return sum / present;
}
