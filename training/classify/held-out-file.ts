import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { MASK_VERSION } from '../../src/contract/pattern.ts';
import { VOTERS } from '../../src/contract/verdict.ts';
import { FEATURE_VERSION } from '../../src/engine/classify/lexical/features.ts';

const FILE = new URL('../../.cache/held-out.bin', import.meta.url);
/** Answers kept by another version of the form, the masking or the features are not the ones that training would give now. */
const VERSIONS = [1, MASK_VERSION, FEATURE_VERSION].join();

/** Answers about the corpus by voters that had not learnt from the families they were asked about. Rows are the corpus's. */
export interface HeldOutAnswers {
  /** SHA-256 of the corpus. */
  readonly corpus: string;
  /** Names the encoder that the final voters are fitted on, as `Embedded.encoder`. */
  readonly encoder: string;
  /** By row: the round in which its family was left out. */
  readonly fold: Int32Array;
  /** Per voter (order of VOTERS): rows × classes. */
  readonly opinions: readonly Float32Array[];
  /** Rows × classes: the vote's probabilities, with weights and calibration as they are shipped. */
  readonly voted: Float32Array;
  /** Rows × classes: the word model alone, calibrated as it is shipped. */
  readonly lexical: Float32Array;
}

/** Keeps what `npm run train` has found for `npm run eval -- --corpus`. */
export function writeHeldOut(answers: HeldOutAnswers, file = FILE): void {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, serialize({ versions: VERSIONS, voters: VOTERS, answers }));
}

/** @returns null where there are none, or where they are of another corpus, another encoder or other voters */
export function readHeldOut(corpus: string, encoder: string, file = FILE): HeldOutAnswers | null {
  let kept: { readonly versions: string; readonly voters: readonly string[]; readonly answers: HeldOutAnswers };
  try {
    kept = deserialize(readFileSync(file)) as typeof kept;
  } catch {
    return null;
  }
  const fits = kept.versions === VERSIONS && kept.voters.join() === VOTERS.join() && kept.answers.corpus === corpus && kept.answers.encoder === encoder;
  return fits ? kept.answers : null;
}
