import { VOTERS } from '../../src/contract/verdict.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import { groupedKFold } from '../../src/engine/train/splits.ts';
import type { Fold } from '../../src/engine/train/splits.ts';
import { CLASSES, askNeighbours, askVoters, fitVoters } from './voters.ts';
import type { TrainingData } from './voters.ts';

/** Families are kept together: near-copies within one must not vouch for each other. Two families or so a fold. */
const FOLDS = 9;
const SEED = 7;

export interface HeldOut {
  readonly folds: readonly Fold[];
  /** Per voter (order of VOTERS): rows × classes, each row answered by a voter that had not learnt from its family. */
  readonly opinions: readonly Float32Array[];
  /** Per row: cosine to the nearest message of another fold's families. */
  readonly cosines: Float32Array;
}

/** Answers of all voters about families that they have not seen: what the vote's weights and calibration learn from. */
export function heldOutOpinions(data: TrainingData, families: readonly string[], say: (text: string) => void): HeldOut {
  const folds = groupedKFold(families, FOLDS, createRandom(SEED));
  const opinions = VOTERS.map(() => new Float32Array(families.length * CLASSES));
  const cosines = new Float32Array(families.length);
  for (const { name, train, test } of folds) {
    const answers = askVoters(fitVoters(data, train), data, train, test);
    answers.forEach((answer, voter) => {
      test.forEach((row, at) => opinions[voter].set(answer.subarray(at * CLASSES, (at + 1) * CLASSES), row * CLASSES));
    });
    const near = askNeighbours(data, train, test).cosines;
    test.forEach((row, at) => { cosines[row] = near[at]; });
    say(`fold ${Number(name) + 1} of ${FOLDS}: ${test.length} messages asked`);
  }
  return { folds, opinions, cosines };
}
