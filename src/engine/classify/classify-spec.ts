import { CATEGORY_NAMES } from '../../contract/category.ts';
import { Failure } from '../../contract/failure.ts';
import { MASK_VERSION } from '../../contract/pattern.ts';
import { VOTERS } from '../../contract/verdict.ts';
import type { Voter } from '../../contract/verdict.ts';
import type { Calibration } from '../train/calibration.ts';
import { FEATURE_VERSION } from './lexical/features.ts';
import type { NoveltyScale } from './novelty.ts';

export const SPEC_PATH = 'classify/classify.json';
export const NEIGHBOURS_PATH = 'classify/neighbours.bin';
export const EXAMPLES_PATH = 'classify/examples.json';
export const KNOWN_WORDS_PATH = 'classify/known-words.bin';

/** classify/classify.json, written by training/train.ts. */
export interface ClassifySpec {
  readonly version: 1;
  /** MASK_VERSION of the texts learnt from. */
  readonly maskVersion: number;
  readonly featureVersion: number;
  /** The class axis of all files: CATEGORY_NAMES. */
  readonly classes: readonly string[];
  /** The voters' order in `weights`: VOTERS. */
  readonly voters: readonly Voter[];
  /** How much each voter's log-probability counts. */
  readonly weights: readonly number[];
  /** Fitted on families that the voters had not learnt from. */
  readonly calibration: { readonly lexical: Calibration; readonly vote: Calibration };
  readonly novelty: NoveltyScale;
  /** Length of the encoder's vectors. */
  readonly dims: number;
  /** Class index of each example. */
  readonly labels: readonly number[];
  /** File of the encoder whose vectors the heads were trained on. */
  readonly encoder: string;
  /** SHA-256 of the corpus file. */
  readonly corpus: string;
}

/** @throws Failure 'model-runtime' if the file is of another form or version, or its models learnt from texts prepared otherwise */
export function parseClassifySpec(bytes: Uint8Array): ClassifySpec {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    value = undefined;
  }
  if (!isSpec(value)) throw refusal('is not of a form this version understands');
  const { maskVersion, featureVersion } = value;
  if (maskVersion !== MASK_VERSION || featureVersion !== FEATURE_VERSION) {
    throw refusal(`is of models that learnt from messages prepared otherwise (version ${maskVersion}.${featureVersion}, here ${MASK_VERSION}.${FEATURE_VERSION})`);
  }
  return value;
}

function refusal(what: string): Failure {
  return new Failure('model-runtime', `${SPEC_PATH} ${what}. Put the whole folder public/models of one version on the server.`);
}

function isSpec(value: unknown): value is ClassifySpec {
  if (typeof value !== 'object' || value === null) return false;
  const spec = value as ClassifySpec;
  return spec.version === 1 && Number.isInteger(spec.maskVersion) && Number.isInteger(spec.featureVersion) && same(spec.classes, CATEGORY_NAMES) && same(spec.voters, VOTERS)
    && Array.isArray(spec.weights) && spec.weights.length === VOTERS.length && Array.isArray(spec.labels) && Number.isInteger(spec.dims)
    && isCalibration(spec.calibration?.lexical) && isCalibration(spec.calibration?.vote)
    && typeof spec.novelty?.near === 'number' && typeof spec.novelty.far === 'number';
}

function isCalibration(value: Calibration | undefined): boolean {
  return value !== undefined && ['identity', 'temperature', 'isotonic'].includes(value.kind);
}

function same(list: unknown, wanted: readonly string[]): boolean {
  return Array.isArray(list) && list.length === wanted.length && wanted.every((item, i) => list[i] === item);
}
