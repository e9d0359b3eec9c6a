import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { DEFAULT_THRESHOLD } from '../../src/contract/verdict.ts';
import { argmax, calibrationError, confidences, coverageAt, logLoss, score } from '../../src/engine/train/metrics.ts';
import { CLASSES } from './voters.ts';

/** One line of figures for probabilities rows × classes. */
export function figures(name: string, probabilities: Float32Array, labels: ArrayLike<number>): string {
  const predicted = argmax(probabilities, CLASSES);
  const { accuracy, macroF1 } = score(labels, predicted, CLASSES);
  const sure = confidences(probabilities, CLASSES);
  const right = Array.from(predicted, (label, row) => label === labels[row]);
  const { coverage, accuracy: accuracySure } = coverageAt(sure, right, DEFAULT_THRESHOLD);
  const cells = [accuracy, macroF1, coverage, accuracySure, logLoss(probabilities, labels, CLASSES), calibrationError(sure, right)];
  return `${name.padEnd(22)}${cells.map((cell) => cell.toFixed(3).padStart(9)).join('')}`;
}

export const FIGURES_HEAD = `${''.padEnd(22)}${['right', 'macro-F1', 'covered', 'right≥.5', 'log loss', 'calibr.'].map((word) => word.padStart(9)).join('')}`;

/** Recall and precision of each category. */
export function byCategory(probabilities: Float32Array, labels: ArrayLike<number>): string {
  const { perClass } = score(labels, argmax(probabilities, CLASSES), CLASSES);
  return perClass.map(({ precision, recall, f1 }, c) => `  ${CATEGORY_NAMES[c].padEnd(22)} precision ${precision.toFixed(2)}  recall ${recall.toFixed(2)}  F1 ${f1.toFixed(2)}`).join('\n');
}
