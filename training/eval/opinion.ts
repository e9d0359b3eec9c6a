import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { argmax } from '../../src/engine/train/metrics.ts';

/** Class of Unclassified, and of a classifier that says nothing. */
export const NOTHING = CATEGORY_NAMES.length;

/** What one classifier says of each of many patterns. */
export interface Opinion {
  readonly name: string;
  /** By pattern: the likeliest category whatever its confidence, as an index into CATEGORY_NAMES; NOTHING if there is none. */
  readonly choice: Int32Array;
  /** By pattern, 0…1; 0 where nothing is said. */
  readonly confidence: Float64Array;
}

/** The likeliest classes of probabilities, patterns × classes. Nothing where all are 0: nobody was asked. */
export function choices(name: string, probabilities: Float32Array, classes: number): Opinion {
  const choice = argmax(probabilities, classes);
  const confidence = Float64Array.from(choice, (label, row) => probabilities[row * classes + label]);
  return { name, choice: choice.map((label, row) => (confidence[row] > 0 ? label : NOTHING)), confidence };
}

/** Rules first, sure of themselves; then the other. @param rule by pattern the class that a rule says, NOTHING if none matches */
export function rulesFirst(name: string, rule: Int32Array, other: Opinion): Opinion {
  return {
    name,
    choice: rule.map((label, row) => (label === NOTHING ? other.choice[row] : label)),
    confidence: other.confidence.map((sure, row) => (rule[row] === NOTHING ? sure : 1)),
  };
}

/** Rules and nothing else. */
export function rulesAlone(rule: Int32Array): Opinion {
  return { name: 'rules alone', choice: rule, confidence: Float64Array.from(rule, (label) => (label === NOTHING ? 0 : 1)) };
}
