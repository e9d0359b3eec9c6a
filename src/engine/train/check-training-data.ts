import { Failure } from '../../contract/failure.ts';
import type { TrainingData } from '../../contract/training.ts';

/** A class is a byte in the tables of the page; more than this is a column of texts, not of categories. */
export const MAX_CLASSES = 200;

/**
 * @throws Failure 'training-refused' where nothing can be learnt: fewer than two labels in use, or more than MAX_CLASSES
 * @throws RangeError where the arrays do not fit together
 */
export function checkTrainingData({ vectors, dims, classes, pattern, label, rows }: TrainingData): void {
  if (classes.length > MAX_CLASSES) {
    throw new Failure('training-refused', `The column of labels has ${classes.length} different values; at most ${MAX_CLASSES} can be learnt. Choose the column that holds categories.`);
  }
  if (new Set(label).size < 2) {
    throw new Failure('training-refused', 'At least two different labels are needed to learn from. Choose another column of labels, or a file with more of them.');
  }
  const patterns = vectors.length / dims;
  if (!Number.isInteger(patterns) || pattern.length !== label.length || label.length !== rows.length) throw new RangeError('the training data do not fit together');
  for (let i = 0; i < label.length; i += 1) {
    if (pattern[i] >= patterns || label[i] >= classes.length || !(rows[i] >= 1 && Number.isSafeInteger(rows[i]))) throw new RangeError(`entry ${i} of the training data: pattern ${pattern[i]}, label ${label[i]}, ${rows[i]} rows`);
  }
  if (new Set(classes).size !== classes.length) throw new RangeError('a class has two places');
}
