import { describe, expect, test } from 'vitest';
import { drain } from '../../../src/engine/train/drain.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { entriesOf } from '../../../src/engine/train/train-models.ts';
import type { Figures } from '../../../src/contract/training.ts';
import { validatingModels } from '../../../src/engine/train/validate-models.ts';
import { rounds, roundsData } from '../../../training/sklearn/rounds.ts';

const entries = entriesOf(roundsData);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.each(['grouped', 'random'] as const)('against scikit-learn on the same data and splits, %s', (kind) => {
  const wanted = rounds[kind];
  const tested = wanted.rounds.map((round) => Float64Array.from(round));
  const bySeed = Array.from({ length: 10 }, (_, seed) => drain(validatingModels(entries, roundsData.rows, tested, 1, createRandom(seed))).figures);

  test.each(['logistic-regression', 'naive-bayes'] as const)('%s within 0.01', (model) => {
    expect(Math.abs(bySeed[0][model].accuracy - wanted[model].accuracy)).toBeLessThan(0.01);
    expect(Math.abs(bySeed[0][model].macroF1 - wanted[model].macroF1)).toBeLessThan(0.01);
  });

  test.each(['accuracy', 'macroF1'] as const)('the forest\'s %s within 0.01, as a mean over ten seeds', (figure) => {
    const ours = mean(bySeed.map((figures) => figures['random-forest'][figure]));
    expect(Math.abs(ours - mean(wanted['random-forest'].map((one) => one[figure])))).toBeLessThan(0.01);
  });

  test('every row is tested once', () => {
    const total = mean(Array.from(roundsData.rows)) * roundsData.rows.length;
    for (const figures of Object.values(bySeed[0])) expect(rowsIn(figures)).toBe(total);
  });
});

function rowsIn(figures: Figures): number {
  return figures.confusion.flat().reduce((a, b) => a + b, 0);
}
