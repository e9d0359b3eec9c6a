import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { calibrate, chooseCalibration } from '../../src/engine/train/calibration.ts';
import type { Fold } from '../../src/engine/train/splits.ts';
import { fitWeights, heldOutVote } from './stack.ts';

const CLASSES = CATEGORY_NAMES.length;

/** Rounds of a numbering: each number is tested once. */
export function foldsOf(fold: ArrayLike<number>): Fold[] {
  const rows = Int32Array.from({ length: fold.length }, (_, row) => row);
  return [...new Set(Array.from(fold))].sort((a, b) => a - b).map((number) => ({
    name: String(number), train: rows.filter((row) => fold[row] !== number), test: rows.filter((row) => fold[row] === number),
  }));
}

/**
 * The calibrated vote about every row, with weights and calibration fitted on the rows of all other folds: fitted on the row's own
 * fold, they would make the calibration look better than it is.
 * @param opinions held-out probabilities, one array rows × classes per voter @param fold number of each row's fold
 */
export function crossFitVote(opinions: readonly Float32Array[], labels: Int32Array, fold: Int32Array): Float32Array {
  return eachFold(fold, (train) => {
    const own = labelsOf(labels, train);
    const weights = fitWeights(opinions.map((opinion) => pick(opinion, train)), own);
    const calibration = chooseCalibration(heldOutVote(opinions.map((opinion) => pick(opinion, train)), weights), own, CLASSES, foldsOf(train.map((row) => fold[row])));
    return (test) => calibrate(calibration, heldOutVote(opinions.map((opinion) => pick(opinion, test)), weights), CLASSES);
  });
}

/** The same of a classifier that speaks alone. */
export function crossFitCalibration(probabilities: Float32Array, labels: Int32Array, fold: Int32Array): Float32Array {
  return eachFold(fold, (train) => {
    const calibration = chooseCalibration(pick(probabilities, train), labelsOf(labels, train), CLASSES, foldsOf(train.map((row) => fold[row])));
    return (test) => calibrate(calibration, pick(probabilities, test), CLASSES);
  });
}

function eachFold(fold: Int32Array, fit: (train: Int32Array) => (test: Int32Array) => Float32Array): Float32Array {
  const all = new Float32Array(fold.length * CLASSES);
  for (const { train, test } of foldsOf(fold)) {
    const answers = fit(train)(test);
    test.forEach((row, at) => all.set(answers.subarray(at * CLASSES, (at + 1) * CLASSES), row * CLASSES));
  }
  return all;
}

function pick(probabilities: Float32Array, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * CLASSES);
  rows.forEach((row, at) => out.set(probabilities.subarray(row * CLASSES, (row + 1) * CLASSES), at * CLASSES));
  return out;
}

function labelsOf(labels: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => labels[row]);
}
