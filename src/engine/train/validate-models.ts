import { SCORED } from '../../contract/training.ts';
import type { CurvePoint, Figures, Scored, TrainedModel } from '../../contract/training.ts';
import { argmax, confidences, score } from './metrics.ts';
import { selectRows } from './matrix.ts';
import type { Random } from './random.ts';
import { riskCurve } from './risk-curve.ts';
import { fittingModels, predictAll } from './train-models.ts';
import type { Entries } from './train-models.ts';
import type { TestRows } from './training-splits.ts';

export interface Tested {
  readonly figures: Readonly<Record<Scored, Figures>>;
  /** Of the mean. */
  readonly curve: readonly CurvePoint[];
}

/**
 * Fits on what each round does not test, asks about what it does, and scores all answers together.
 * @param rows of each entry @param scale what a row counts in fitting (less than 1 where there are too many)
 */
export function* validatingModels(entries: Entries, rows: Float64Array, rounds: readonly TestRows[], scale: number, random: Random): Generator<TrainedModel, Tested> {
  const { dims, classes } = entries;
  const asked: number[] = [];
  const weights: number[] = [];
  const answers = new Map<Scored, Float32Array[]>(SCORED.map((name) => [name, []]));
  for (const tested of rounds) {
    const models = yield* fittingModels(entries, rows.map((n, i) => (n - tested[i]) * scale), random);
    const test = Array.from(tested.keys()).filter((i) => tested[i] > 0);
    const predicted = predictAll(models, selectRows(entries.features, dims, test), dims);
    for (const name of SCORED) answers.get(name)?.push(predicted[name]);
    asked.push(...test);
    weights.push(...test.map((i) => tested[i]));
  }
  const labels = asked.map((i) => entries.labels[i]);
  const probabilities = (name: Scored): Float32Array => concatenate(answers.get(name) ?? []);
  const figures = Object.fromEntries(SCORED.map((name) => [name, figuresOf(labels, argmax(probabilities(name), classes), classes, weights)])) as Record<Scored, Figures>;
  const mean = probabilities('mean');
  const right = Array.from(argmax(mean, classes), (best, i) => best === labels[i]);
  return { figures, curve: riskCurve(confidences(mean, classes), right, weights) };
}

function figuresOf(labels: readonly number[], predicted: Int32Array, classes: number, weights: readonly number[]): Figures {
  const { rows, accuracy, macroF1, perClass, confusion } = score(labels, predicted, classes, weights);
  // Every row was answered: the column of silence is empty.
  return { rows, accuracy, macroF1, perClass, confusion: confusion.map((row) => row.slice(0, classes)) };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
