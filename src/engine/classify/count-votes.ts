import type { VoteBatch } from '../../contract/verdict.ts';

/** In VoteBatch.choices: that voter did not vote. */
export const NO_CHOICE = 255;

type Counted = Pick<VoteBatch, 'n' | 'probabilities' | 'choices' | 'confidences'>;

/** Each voter's preferred class and its own confidence, beside the probabilities of the vote. @param opinions n × classes per voter, null = silent */
export function countVotes(probabilities: Float32Array, opinions: readonly (Float32Array | null)[], n: number, classes: number): Counted {
  const voters = opinions.length;
  const choices = new Uint8Array(n * voters).fill(NO_CHOICE);
  const confidences = new Float32Array(n * voters);
  opinions.forEach((opinion, voter) => {
    if (opinion === null) return;
    for (let row = 0; row < n; row++) {
      let best = 0;
      for (let c = 1; c < classes; c++) if (opinion[row * classes + c] > opinion[row * classes + best]) best = c;
      choices[row * voters + voter] = best;
      confidences[row * voters + voter] = opinion[row * classes + best];
    }
  });
  return { n, probabilities, choices, confidences };
}
