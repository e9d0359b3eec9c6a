import { readFileSync } from 'node:fs';
import { unpacked } from '../../../training/sklearn/rounds.ts';

const FOLDER = new URL('../../fixtures/added-models/', import.meta.url);

export interface Expected {
  readonly classes: readonly string[];
  /** predict_proba of scikit-learn. */
  readonly probabilities: readonly number[];
  readonly labels: readonly string[];
}

/** Made by training/sklearn/make.sh, as the models beside it. */
const expected = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as {
  readonly dims: number;
  readonly step: number;
  readonly vectors: string;
  readonly models: Readonly<Record<string, Expected>>;
};

export const DIMS = expected.dims;
export const MODELS = Object.entries(expected.models);

/** The vectors that were asked about. */
export function asked(): Float32Array[] {
  const all = unpacked(expected.vectors, expected.step);
  return Array.from({ length: all.length / DIMS }, (_, row) => all.slice(row * DIMS, (row + 1) * DIMS));
}

export function modelFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.onnx`, FOLDER)));
}
