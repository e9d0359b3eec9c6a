import type { Scored, TrainStep } from '../../contract/training.ts';
import type { TrainingProgress } from '../../session/training.svelte.ts';

/** What people are told of each. */
export const MODEL_WORDS: Readonly<Record<Scored, string>> = {
  'logistic-regression': 'Logistic regression', 'random-forest': 'Random forest', 'naive-bayes': 'Naive Bayes', mean: 'Mean of the three',
};

const PHASES: Readonly<Record<TrainStep['what']['phase'], string>> = {
  grouped: 'Testing on patterns kept aside', random: 'Testing on lines kept aside', final: 'Training on everything',
};

/** What a training is doing, in a few words. */
export function progressWords({ what }: TrainingProgress): string {
  if (what === 'loading') return 'Loading the language model';
  if (what === 'embedding') return 'Reading patterns that rules had decided';
  return `${PHASES[what.phase]}: ${MODEL_WORDS[what.model].toLowerCase()}`;
}
