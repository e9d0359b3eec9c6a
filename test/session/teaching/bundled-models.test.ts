import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseBundle } from '../../../src/engine/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/engine/bundle/write-bundle.ts';
import { inspectBundled, packed, unpacked } from '../../../src/session/teaching/bundled-models.ts';
import type { ModelShelf } from '../../../src/session/teaching/bundled-models.ts';
import { EMPTY } from '../../engine/bundle/made-bundle.ts';

/** Files that scikit-learn and skl2onnx made. */
const modelFile = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../fixtures/added-models/${name}.onnx`, import.meta.url)));
const SHELF: ModelShelf = { added: { models: [], mode: 'add' }, useModels: () => Promise.resolve(), encoderId: () => Promise.resolve('minilm') };

/** A bundle with one model, as it is read again. */
async function throughBundle(name: string): ReturnType<typeof parseBundle> {
  const text = writeBundle({ ...EMPTY, models: await packed([{ name, bytes: modelFile(name) }]), modelMode: 'replace' });
  return parseBundle(new TextEncoder().encode(text), { inspect: (model) => inspectBundled(model, SHELF) });
}

test('a model goes through a bundle to the byte', async () => {
  const bundle = await throughBundle('random-forest');
  expect(bundle.modelMode).toBe('replace');
  expect(unpacked(bundle.models)).toEqual([{ name: 'random-forest', bytes: modelFile('random-forest') }]);
  expect(await packed(unpacked(bundle.models))).toEqual(bundle.models);
});

test('names of classes that stand beside a model stay with it', async () => {
  const [model] = await packed([{ name: 'named', bytes: modelFile('logistic-regression'), classes: ['A', 'B'] }]);
  expect(model.classes).toEqual(['A', 'B']);
  expect(unpacked([model])[0].classes).toEqual(['A', 'B']);
});

test.each([
  ['external-data', /models\[0\]\.onnx cannot be used: .*weights in another file/],
  ['zipmap', /models\[0\]\.onnx cannot be used: .*zipmap/],
  ['double-input', /models\[0\]\.onnx cannot be used: .*64-bit/],
])('%s is refused with the whole bundle, with the model’s own reason', async (name, reason) => {
  await expect(throughBundle(name)).rejects.toMatchObject({ name: 'bundle-refused', message: expect.stringMatching(reason) });
});
