import { categoryChoices } from '../category-keys.ts';

/** What a person may answer: the categories with keys in their order, then what else the models know. @param labels all names of the verdicts */
export function answerChoices(labels: readonly string[]): readonly string[] {
  return [...new Set([...categoryChoices(), ...labels])];
}
