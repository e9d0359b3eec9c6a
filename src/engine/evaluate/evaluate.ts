import { UNCLASSIFIED_CODE } from '../../contract/category.ts';
import type { CurvePoint } from '../../contract/training.ts';
import type { Truth } from '../../contract/truth.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { NO_GUESS } from '../../contract/view.ts';
import { score } from '../train/metrics.ts';
import type { ClassScore } from '../train/metrics.ts';
import { riskCurve } from '../train/risk-curve.ts';
import { calibrationCurve } from './calibration-curve.ts';
import type { CalibrationCurve } from './calibration-curve.ts';
import { labelNames } from './label-names.ts';

/** One label, as truth and as verdict. */
export interface EvaluatedClass extends ClassScore {
  readonly name: string;
  /** Rows with this verdict. */
  readonly answered: number;
  /** Codes for a Filter: of true labels (spellings of this name), and of verdicts. */
  readonly truths: readonly number[];
  readonly labels: readonly number[];
}

/** Verdicts beside the labels that the file itself carries. All by rows, if not said otherwise. */
export interface Evaluation {
  /** With a true label. */
  readonly rows: number;
  readonly patterns: number;
  /** Share of rows whose verdict is their label. */
  readonly accuracy: number;
  /** Share of patterns whose verdict is the label that most of their rows carry. */
  readonly accuracyByPattern: number;
  /** The most that verdicts per pattern can reach, since some patterns have rows of several labels. */
  readonly ceiling: number;
  /** Mean F1 over the classes that the truth has. */
  readonly macroF1: number;
  /** Share of rows whose verdict is not Unclassified, and how many of those are right (NaN: none). */
  readonly coverage: number;
  readonly accuracyAnswered: number;
  /** Labels that truth or verdicts use: built-in order, then own categories, then those that only the truth has. */
  readonly classes: readonly EvaluatedClass[];
  /** confusion[truth][verdict], both indices into `classes`. */
  readonly confusion: readonly (readonly number[])[];
  /** Of the best guess of models, below the threshold too; persons and rules are sure by definition. */
  readonly calibration: CalibrationCurve;
  /** What a threshold would leave, over all rows. */
  readonly curve: readonly CurvePoint[];
}

const PERSON = DECIDERS.indexOf('person');
const RULE = DECIDERS.indexOf('rule');

/** Compares verdicts with labels; null where no row carries one. Names match whatever their case. */
export function evaluate(verdicts: VerdictColumns, truth: Truth): Evaluation | null {
  const { pattern, rows } = truth;
  if (rows.length === 0) return null;
  const axis = labelNames(verdicts.labels, truth.labels);
  const truths = Array.from(truth.label, (code) => axis.ofTruth[code]);
  const answers = Array.from(pattern, (p) => axis.ofVerdict[verdicts.label[p]]);
  const scored = score(truths, answers, axis.names.length, rows);
  const right = truths.map((label, i) => label === answers[i]);
  const answered = answers.map((_, i) => verdicts.label[pattern[i]] !== UNCLASSIFIED_CODE);
  const shareOf = (counts: (i: number) => boolean): number => rows.reduce((sum, n, i) => (counts(i) ? sum + n : sum), 0) / scored.rows;
  const coverage = shareOf((i) => answered[i]);
  const used = axis.names.map((_, c) => c).filter((c) => scored.perClass[c].support > 0 || scored.confusion.some((row) => row[c] > 0));
  return {
    rows: scored.rows, accuracy: scored.accuracy, macroF1: scored.macroF1, coverage,
    accuracyAnswered: shareOf((i) => answered[i] && right[i]) / coverage,
    ...byPattern(truth, truths, answers, scored.rows),
    classes: used.map((c) => ({
      ...scored.perClass[c], name: axis.names[c], answered: scored.confusion.reduce((sum, row) => sum + row[c], 0),
      truths: codesOf(axis.ofTruth, c), labels: codesOf(axis.ofVerdict, c),
    })),
    confusion: used.map((t) => used.map((v) => scored.confusion[t][v])),
    ...confidences(verdicts, truth, truths, axis.ofVerdict),
  };
}

function codesOf(axis: readonly number[], name: number): number[] {
  return axis.flatMap((place, code) => (place === name ? [code] : []));
}

/** Of labels with equally many rows in a pattern the first on the axis counts as its label. */
function byPattern({ pattern, rows }: Truth, truths: readonly number[], answers: readonly number[], total: number): Pick<Evaluation, 'patterns' | 'accuracyByPattern' | 'ceiling'> {
  let patterns = 0, hits = 0, most = 0;
  for (let from = 0, to = 0; from < pattern.length; from = to) {
    const sums = new Map<number, number>();
    for (; to < pattern.length && pattern[to] === pattern[from]; to++) sums.set(truths[to], (sums.get(truths[to]) ?? 0) + rows[to]);
    const [[label, n]] = [...sums].sort(([a, m], [b, k]) => k - m || a - b);
    patterns++;
    most += n;
    if (answers[from] === label) hits++;
  }
  return { patterns, accuracyByPattern: hits / patterns, ceiling: most / total };
}

function confidences(verdicts: VerdictColumns, { pattern, rows }: Truth, truths: readonly number[], ofVerdict: readonly number[]): Pick<Evaluation, 'calibration' | 'curve'> {
  const guessed = truths.map((label, i) => {
    const guess = verdicts.guess[pattern[i]];
    return guess !== NO_GUESS && ofVerdict[guess] === label;
  });
  const sure = Array.from(pattern, (p) => (verdicts.guess[p] === NO_GUESS ? 0 : verdicts.confidence[p]));
  const byModel = Array.from(pattern.keys()).filter((i) => {
    const decider = verdicts.decider[pattern[i]];
    return decider !== PERSON && decider !== RULE && verdicts.guess[pattern[i]] !== NO_GUESS;
  });
  return {
    calibration: calibrationCurve(byModel.map((i) => sure[i]), byModel.map((i) => Number(guessed[i])), byModel.map((i) => rows[i])),
    curve: riskCurve(sure, guessed, rows),
  };
}
