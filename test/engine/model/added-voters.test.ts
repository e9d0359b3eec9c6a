import * as ort from 'onnxruntime-web/wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { PatternText } from '../../../src/contract/verdict.ts';
import { ModelService } from '../../../src/engine/model/model-service.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';
import { modelFile } from '../added-models/fixtures.ts';

const TEXTS: readonly PatternText[] = [{ text: 'disk <path> is full', level: 6 }, { text: 'user <str> logged in', level: 3 }];
let service: ModelService;
let plain: Awaited<ReturnType<ModelService['vote']>>;

beforeAll(async () => {
  service = new ModelService(ort, { threads: 1 }, diskFetcher);
  await service.open(MODELS_BASE);
  await service.openEncoder('wasm');
  plain = await service.vote(TEXTS);
});
afterAll(() => service.setAdded([], 'add'));

describe('an added model', () => {
  test('votes beside the shipped ones, with half the say, and its classes come after theirs', async () => {
    const classes = await service.setAdded([{ name: 'own', bytes: modelFile('logistic-regression') }], 'add');
    expect(classes.slice(0, CATEGORY_NAMES.length)).toEqual(CATEGORY_NAMES);
    const both = await service.vote(TEXTS);
    expect(both.classes).toEqual(classes);
    const only = await service.setAdded([{ name: 'own', bytes: modelFile('logistic-regression') }], 'replace').then(() => service.vote(TEXTS));
    both.probabilities.forEach((p, at) => {
      const [row, c] = [Math.floor(at / classes.length), at % classes.length];
      const shipped = c < CATEGORY_NAMES.length ? plain.probabilities[row * CATEGORY_NAMES.length + c] : 0;
      expect(p).toBeCloseTo((shipped + only.probabilities[at]) / 2, 5);
    });
  });

  test('gives the same with vectors that were kept as with fresh ones', async () => {
    const fresh = await service.vote(TEXTS);
    expect((await service.vote(TEXTS, fresh.vectors)).probabilities).toEqual(fresh.probabilities);
  });

  test('that is refused changes nothing', async () => {
    const before = await service.vote(TEXTS);
    await expect(service.setAdded([{ name: 'broken', bytes: new Uint8Array(100) }], 'replace')).rejects.toMatchObject({ name: 'model-refused' });
    expect((await service.vote(TEXTS)).probabilities).toEqual(before.probabilities);
  });

  test('that is taken off leaves the shipped vote, to the bit', async () => {
    expect(await service.setAdded([], 'add')).toEqual(CATEGORY_NAMES);
    expect((await service.vote(TEXTS)).probabilities).toEqual(plain.probabilities);
  });
});
