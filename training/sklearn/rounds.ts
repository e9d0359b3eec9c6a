import { readFileSync } from 'node:fs';
import type { TrainingData } from '../../src/contract/training.ts';

interface Wanted {
  readonly accuracy: number;
  readonly macroF1: number;
}

interface Split {
  /** Per round and entry: rows tested. */
  readonly rounds: readonly (readonly number[])[];
  readonly 'logistic-regression': Wanted;
  readonly 'naive-bayes': Wanted;
  /** One per seed. */
  readonly 'random-forest': readonly Wanted[];
}

interface RoundsFixture {
  readonly dims: number;
  readonly step: number;
  readonly classes: readonly string[];
  readonly vectors: string;
  readonly pattern: readonly number[];
  readonly label: readonly number[];
  readonly rows: readonly number[];
  readonly grouped: Split;
  readonly random: Split;
}

/** Patterns with rows and labels, given splits, and scikit-learn's figures on them; made by training/sklearn/make.sh. */
export const rounds = JSON.parse(readFileSync(new URL('../../test/fixtures/train/rounds.json', import.meta.url), 'utf8')) as RoundsFixture;

/** Vectors stored as whole numbers in a byte. */
export function unpacked(base64: string, step: number): Float32Array {
  const bytes = new Int8Array(Buffer.from(base64, 'base64'));
  return Float32Array.from(bytes, (value) => value * Math.fround(step));
}

export const roundsData: TrainingData = {
  vectors: unpacked(rounds.vectors, rounds.step), dims: rounds.dims, classes: rounds.classes,
  pattern: Uint32Array.from(rounds.pattern), label: Uint8Array.from(rounds.label), rows: Float64Array.from(rounds.rows),
};
