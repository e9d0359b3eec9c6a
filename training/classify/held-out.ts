import { existsSync, readFileSync } from 'node:fs';
import type { PatternText } from '../../src/contract/verdict.ts';
import { VOTERS } from '../../src/contract/verdict.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import { groupedKFold } from '../../src/engine/train/splits.ts';
import type { Fold } from '../../src/engine/train/splits.ts';
import { embedPatterns } from './vectors.ts';
import { CLASSES, askNeighbours, askVoters, fitVoters, trainingData } from './voters.ts';

/** Families are kept together: near-copies within one must not vouch for each other. Three or four families a fold. */
export const FOLDS = 6;
const SEED = 7;

/** The rounds of all held-out answers: each family is left out once, together with two or three others. */
export function familyFolds(families: readonly string[]): Fold[] {
  return groupedKFold(families, FOLDS, createRandom(SEED));
}

/** Families that the encoders of the folds were not fine-tuned on; written with their deltas. */
export const FOLDS_FILE = new URL('../encoder/deltas/folds.json', import.meta.url);

/** By fold: names of the families that it leaves out, sorted. */
export function familiesLeftOut(families: readonly string[]): string[][] {
  return familyFolds(families).map(({ test }) => [...new Set(Array.from(test, (row) => families[row]))].sort());
}

/** An encoder that has seen a family must not answer about it. @throws Error where the folds are not those of the fine-tuning */
function checkFolds(families: readonly string[]): void {
  const tuned: unknown = JSON.parse(readFileSync(FOLDS_FILE, 'utf8'));
  if (JSON.stringify(tuned) !== JSON.stringify(familiesLeftOut(families))) {
    throw new Error('The folds are not those that the encoders were fine-tuned without: the corpus has other families or sizes. Run training/encoder/finetune.sh, then make.sh.');
  }
}

export interface HeldOut {
  readonly folds: readonly Fold[];
  /** Per voter (order of VOTERS): rows × classes, each row answered by a voter that had not learnt from its family. */
  readonly opinions: readonly Float32Array[];
  /** Per row: cosine to the nearest message of another fold's families. */
  readonly cosines: Float32Array;
  /** Per row: the nearest messages of other folds' families, the nearest first. */
  readonly nearest: readonly Int32Array[];
}

/** The encoder fine-tuned on all families but those of a fold, or not at all ("plain"). Made, not committed. */
export function unshippedEncoder(name: `fold-${string}` | 'plain'): URL {
  const file = new URL(`../encoder/.cache/encoders/${name}.onnx`, import.meta.url);
  if (!existsSync(file)) throw new Error(`There is no encoder “${name}” yet: run training/encoder/make.sh first.`);
  return file;
}

/**
 * Answers of all voters about families that neither they nor the encoder have seen: what the vote's weights and calibration
 * learn from. The voters of a round are fitted on the vectors of that round's own encoder.
 */
export async function heldOutOpinions(
  patterns: readonly PatternText[], labels: Int32Array, families: readonly string[], say: (text: string) => void,
): Promise<HeldOut> {
  checkFolds(families);
  const folds = familyFolds(families);
  const opinions = VOTERS.map(() => new Float32Array(families.length * CLASSES));
  const cosines = new Float32Array(families.length);
  const nearest: Int32Array[] = [];
  for (const { name, train, test } of folds) {
    const { vectors, dims } = await embedPatterns(patterns, say, unshippedEncoder(`fold-${name}`));
    const data = trainingData(patterns, labels, vectors, dims);
    const fitted = fitVoters(data, train);
    const answers = askVoters(fitted, data, train, test);
    answers.forEach((answer, voter) => {
      test.forEach((row, at) => opinions[voter].set(answer.subarray(at * CLASSES, (at + 1) * CLASSES), row * CLASSES));
    });
    const near = askNeighbours(fitted, data, train, test);
    test.forEach((row, at) => {
      cosines[row] = near.cosines[at];
      nearest[row] = near.nearest[at];
    });
    say(`fold ${Number(name) + 1} of ${FOLDS}: ${test.length} messages asked`);
  }
  return { folds, opinions, cosines, nearest };
}
