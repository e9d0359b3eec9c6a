import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainedFile } from '../../../src/contract/training.ts';
import { argmax } from '../../../src/engine/train/metrics.ts';
import { createTrainJob } from '../../../src/engine/train/train-job.ts';
import { largestDifference } from './fixture.ts';
import { rounds, roundsData, unpacked } from '../../../training/sklearn/rounds.ts';
import { runOnFeatures } from './run-onnx.ts';

interface Answers {
  readonly sha256: string;
  readonly classes: readonly string[];
  readonly labels: readonly string[];
  readonly probabilities: readonly number[];
}

/** What Python's onnxruntime said of files that this code made; made by training/sklearn/make.sh. */
const recorded = JSON.parse(readFileSync(new URL('../../fixtures/train/python-answers.json', import.meta.url), 'utf8')) as {
  readonly step: number;
  readonly vectors: string;
  readonly models: Readonly<Record<string, Answers>>;
};
const asked = unpacked(recorded.vectors, recorded.step);
let files: readonly TrainedFile[] = [];

beforeAll(async () => {
  const job = createTrainJob(roundsData, { name: 'fixture', encoder: 'fixture', date: '2025-01-01', folds: 1 });
  while (!job.step(1000).finished);
  files = (await job.result()).files;
});

describe.each(Object.entries(recorded.models))('a model trained in the tab: %s', (model, python) => {
  const bytes = (): Uint8Array => files.find((file) => file.model === model)?.bytes ?? new Uint8Array(0);

  test('is, to the byte, the file that Python ran', () => {
    expect(createHash('sha256').update(bytes()).digest('hex')).toBe(python.sha256);
  });

  test('gives the same answers here as in Python\'s onnxruntime', async () => {
    const { data } = await runOnFeatures(bytes(), asked, rounds.dims);
    expect(largestDifference(data, python.probabilities)).toBeLessThan(model === 'naive-bayes' ? 1e-4 : 1e-5);
    expect(Array.from(argmax(data, rounds.classes.length), (best) => rounds.classes[best])).toEqual(python.labels);
  });

  test('carries the names of its classes where Python reads them', () => {
    expect(python.classes).toEqual(rounds.classes);
  });
});

test('all three were run', () => {
  expect(Object.keys(recorded.models).sort()).toEqual(files.map((file) => file.model).sort());
});
