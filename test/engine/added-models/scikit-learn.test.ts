import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, test } from 'vitest';
import { openAddedModel } from '../../../src/engine/added-models/open-added-model.ts';
import type { AddedModel } from '../../../src/engine/added-models/open-added-model.ts';
import { readOnnxModel } from '../../../src/engine/added-models/read-onnx-model.ts';
import { prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import { argmax } from '../../../src/engine/train/metrics.ts';
import { largestDifference } from '../train/fixture.ts';
import { DIMS, MODELS, asked, modelFile } from './fixtures.ts';

prepareRuntime(ort, { threads: 1 });

async function opened<T>(name: string, use: (model: AddedModel) => Promise<T>): Promise<T> {
  const bytes = modelFile(name);
  const model = await openAddedModel(ort, bytes, readOnnxModel(bytes, `${name}.onnx`, { dims: DIMS }));
  try {
    return await use(model);
  } finally {
    await model.dispose();
  }
}

describe.each(MODELS)('%s', (name, wanted) => {
  test('says what it is', () => {
    const inspected = readOnnxModel(modelFile(name), `${name}.onnx`, { dims: DIMS });
    expect(inspected).toMatchObject({ classes: wanted.classes, dims: DIMS, input: 'features', output: 'probabilities', encoder: '', producer: 'skl2onnx', fixedRows: name === 'fixed-batch' ? 1 : null });
  });

  test('agrees with scikit-learn', async () => {
    const ours = await opened(name, (model) => model.probabilities(asked()));
    expect(largestDifference(ours, wanted.probabilities)).toBeLessThan(name === 'naive-bayes' ? 1e-3 : 1e-5);
    expect(Array.from(argmax(ours, wanted.classes.length), (best) => wanted.classes[best])).toEqual(wanted.labels);
  });
});

test('a row depends on its vector alone, to the bit', async () => {
  for (const name of ['logistic-regression', 'random-forest', 'naive-bayes']) {
    await opened(name, async (model) => {
      const all = await model.probabilities(asked());
      const alone = await model.probabilities([asked()[17]]);
      const classes = model.classes.length;
      expect(alone).toEqual(all.slice(17 * classes, 18 * classes));
      expect(await model.probabilities([])).toHaveLength(0);
    });
  }
});
