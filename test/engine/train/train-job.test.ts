import { describe, expect, test } from 'vitest';
import { readOnnxModel } from '../../../src/engine/added-models/read-onnx-model.ts';
import { checkTrainedFile, readTrainedManifest } from '../../../src/engine/added-models/read-trained-manifest.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { TrainJob } from '../../../src/engine/train/train-job.ts';
import { ROWS_COUNTED_AT_MOST, createTrainJob } from '../../../src/engine/train/train-job.ts';
import type { TrainResult, TrainStep, TrainingData } from '../../../src/contract/training.ts';
import { SCORED } from '../../../src/contract/training.ts';
import { roundsData } from '../../../training/sklearn/rounds.ts';

const OPTIONS = { name: 'my labels', encoder: 'minilm', date: '2025-03-04' };
const ROWS = roundsData.rows.reduce((a, b) => a + b, 0);

function stepsOf(job: TrainJob, budget: number): TrainStep[] {
  const steps = [job.step(budget)];
  while (!steps[steps.length - 1].finished) steps.push(job.step(budget));
  return steps;
}

function train(data: TrainingData, options = {}): Promise<TrainResult> {
  const job = createTrainJob(data, { ...OPTIONS, ...options });
  stepsOf(job, 1000);
  return job.result();
}

/** A small one: 12 patterns of two classes in four dimensions. */
const small: TrainingData = {
  vectors: Float32Array.from({ length: 48 }, (_, at) => Math.sin(at * at) + (at % 4 === 0 && at < 24 ? 2 : 0)), dims: 4, classes: ['Error', 'Own'],
  pattern: Uint32Array.from({ length: 12 }, (_, i) => i), label: Uint8Array.from({ length: 12 }, (_, i) => Number(i >= 6)), rows: new Float64Array(12).fill(3),
};

describe('the whole of it', () => {
  const job = createTrainJob(roundsData, OPTIONS);
  const early = job.result().catch((error: unknown) => error);
  const steps = stepsOf(job, 20);

  test('progress rises to the end, through all parts; no result before it', async () => {
    expect(await early).toBeInstanceOf(Error);
    steps.forEach(({ done, total, finished }, i) => {
      expect(done).toBeGreaterThanOrEqual(i === 0 ? 0 : steps[i - 1].done);
      expect(done === total).toBe(finished);
    });
    expect([...new Set(steps.map(({ what }) => what.phase))]).toEqual(['grouped', 'random', 'final']);
    expect(steps.length).toBeGreaterThan(10);
  });

  test('rows on both sides flatter, and the figures say so', async () => {
    const { validation } = await job.result();
    if (validation === null) throw new Error('not validated');
    for (const model of SCORED) {
      expect(validation.grouped[model].rows).toBe(ROWS);
      expect(validation.grouped[model].accuracy).toBeGreaterThan(0.6);
      expect(validation.random[model].accuracy).toBeGreaterThan(validation.grouped[model].accuracy + 0.03);
      expect(validation.grouped[model].perClass).toHaveLength(roundsData.classes.length);
    }
    expect(validation.curve[0]).toMatchObject({ threshold: 0, coverage: 1 });
    expect(validation.curve[0].accuracy).toBeCloseTo(validation.grouped.mean.accuracy, 12);
  });

  test('the manifest names files, data and figures, and is read again', async () => {
    const { manifest, files } = await job.result();
    const read = readTrainedManifest(JSON.parse(JSON.stringify(manifest)), 'bundle');
    expect(read).toEqual(manifest);
    expect(read).toMatchObject({ name: OPTIONS.name, encoder: OPTIONS.encoder, classes: roundsData.classes, dims: roundsData.dims, trained: { date: OPTIONS.date, rows: ROWS, rowsCounted: ROWS, patterns: 160, seed: 1 } });
    for (const [at, file] of files.entries()) {
      await checkTrainedFile(manifest.files[at], file.bytes);
      expect(await checkTrainedFile(manifest.files[at], file.bytes.map((byte, i) => (i === 99 ? byte ^ 1 : byte))).catch(failureCode)).toBe('model-refused');
    }
  });

  test('its files are let in like any model that is dropped', async () => {
    for (const { path, bytes } of (await job.result()).files) {
      expect(readOnnxModel(bytes, path, { dims: roundsData.dims })).toMatchObject({ classes: roundsData.classes, encoder: 'minilm', output: 'probabilities', fixedRows: null });
    }
  });

  test('however it is cut into steps, the outcome is the same', async () => {
    const other = createTrainJob(roundsData, { ...OPTIONS, now: () => 0 });
    stepsOf(other, 1);
    expect(await other.result()).toEqual(await job.result());
  });
});

test('a step is one unit where there is no time', () => {
  let clock = 0;
  const job = createTrainJob(small, { ...OPTIONS, now: () => (clock += 1) });
  expect(job.step(0).done).toBe(1);
  expect(job.step(0).done).toBe(2);
});

test('few patterns: fewer folds; one pattern: none', async () => {
  expect((await train({ ...small, pattern: small.pattern.map((p) => p % 3) })).validation?.folds).toBe(3);
  const { validation, manifest } = await train({ ...small, pattern: small.pattern.map(() => 0) });
  expect(validation).toBeNull();
  expect(readTrainedManifest(JSON.parse(JSON.stringify(manifest)), 'x').validation).toBeNull();
});

test('very many rows count for less, in proportion', async () => {
  const { manifest, validation } = await train({ ...small, rows: small.rows.map((n, i) => n * 1_000_000 + i) });
  expect(manifest.trained.rows).toBe(36_000_066);
  expect(manifest.trained.rowsCounted).toBe(ROWS_COUNTED_AT_MOST);
  expect(validation?.grouped.mean.rows).toBe(36_000_066);
});

test('words that mean something to JavaScript are classes like any other', async () => {
  const { manifest, files } = await train({ ...small, classes: ['__proto__', 'constructor'] });
  expect(manifest.classes).toEqual(['__proto__', 'constructor']);
  expect(readOnnxModel(files[0].bytes, 'x', { dims: 4 }).classes).toEqual(['__proto__', 'constructor']);
});

describe('refuses', () => {
  const code = (change: Partial<TrainingData>): string => {
    try {
      createTrainJob({ ...small, ...change }, OPTIONS);
    } catch (error) {
      return error instanceof RangeError ? 'RangeError' : failureCode(error);
    }
    return 'let in';
  };
  test.each<[string, Partial<TrainingData>, string]>([
    ['one label', { label: new Uint8Array(12) }, 'training-refused'],
    ['201 labels', { classes: Array.from({ length: 201 }, (_, i) => `c${i}`) }, 'training-refused'],
    ['a label without a name', { label: new Uint8Array(12).fill(7, 3) }, 'RangeError'],
    ['a pattern without a vector', { pattern: new Uint32Array(12).fill(12) }, 'RangeError'],
    ['half a row', { rows: new Float64Array(12).fill(0.5) }, 'RangeError'],
    ['lists of different length', { rows: new Float64Array(11).fill(1) }, 'RangeError'],
  ])('%s', (_, change, wanted) => expect(code(change)).toBe(wanted));
});

describe('a manifest from outside', () => {
  const bad = async (spoil: (manifest: Record<string, unknown>) => unknown): Promise<string> => {
    const { manifest } = await train(small);
    try {
      readTrainedManifest(spoil(JSON.parse(JSON.stringify(manifest)) as Record<string, unknown>), 'bundle');
    } catch (error) {
      return failureCode(error);
    }
    return 'let in';
  };
  test.each<[string, (manifest: Record<string, unknown>) => unknown]>([
    ['nothing', () => null],
    ['a list', () => []],
    ['another version', (m) => ({ ...m, version: 2 })],
    ['no classes', (m) => ({ ...m, classes: 'Error' })],
    ['the same class twice', (m) => ({ ...m, classes: ['a', 'a'] })],
    ['a path out of its folder', (m) => ({ ...m, files: [{ model: 'naive-bayes', path: '../../x.onnx', bytes: 3, sha256: '0'.repeat(64) }] })],
    ['a model that is none', (m) => ({ ...m, files: [{ model: '__proto__', path: 'x.onnx', bytes: 3, sha256: '0'.repeat(64) }] })],
    ['figures that are none', (m) => ({ ...m, validation: { folds: 5, grouped: {}, random: {}, curve: [] } })],
    ['a curve of a million points', (m) => ({ ...m, validation: { ...(m['validation'] as object), curve: new Array(1_000_000).fill({ threshold: 0, coverage: 0, accuracy: 0 }) } })],
    ['no account', (m) => ({ ...m, trained: null })],
  ])('%s', async (_, spoil) => expect(await bad(spoil)).toBe('model-refused'));
});
