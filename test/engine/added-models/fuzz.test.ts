import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { readOnnxModel } from '../../../src/engine/added-models/read-onnx-model.ts';
import { createRandom, randomInt } from '../../../src/engine/train/random.ts';
import { DIMS, modelFile } from './fixtures.ts';
import { treeModel } from './tampering.ts';

/** True where it was let in; a refusal is fine, anything else is not. */
function survives(bytes: Uint8Array): boolean {
  try {
    readOnnxModel(bytes, 'fuzz.onnx', { dims: DIMS });
    return true;
  } catch (error) {
    if (failureCode(error) !== 'model-refused') throw error;
    return false;
  }
}

describe.each([
  ['logistic regression', modelFile('logistic-regression')],
  ['naive Bayes', modelFile('naive-bayes')],
  ['a tree', treeModel()],
])('%s, spoilt', (_, sound) => {
  test('cut short anywhere', () => {
    expect(survives(sound)).toBe(true);
    for (let length = 0; length < sound.length; length += 1 + Math.floor(sound.length / 1500)) survives(sound.slice(0, length));
    expect(survives(sound.slice(0, Math.floor(sound.length / 2)))).toBe(false);
  });

  test('bytes changed at random', () => {
    const random = createRandom(7);
    let refused = 0;
    for (let round = 0; round < 3000; round += 1) {
      const bytes = sound.slice();
      for (let flips = 1 + randomInt(random, 4); flips > 0; flips -= 1) bytes[randomInt(random, bytes.length)] = randomInt(random, 256);
      if (!survives(bytes)) refused += 1;
    }
    expect(refused).toBeGreaterThan(0);
  });

  test('lengths made huge', () => {
    for (let at = 0; at < Math.min(sound.length, 600); at += 1) {
      survives(Uint8Array.from([...sound.slice(0, at), 0xff, 0xff, 0xff, 0xff, 0x7f, ...sound.slice(at + 1, at + 400)]));
    }
  });
});

test('noise', () => {
  const random = createRandom(3);
  for (let round = 0; round < 2000; round += 1) expect(survives(Uint8Array.from({ length: randomInt(random, 300) }, () => randomInt(random, 256)))).toBe(false);
});

test('a large forest of lists is read in time', () => {
  const nodes = 60_000;
  const big = treeModel(
    Array.from({ length: 2 * nodes + 1 }, (_, id) => (id % 2 === 0 && id < 2 * nodes ? { feature: 1, children: [id + 1, id + 2] as const } : { feature: 0 })),
    [[1, 0], [3, 1]],
  );
  const start = performance.now();
  expect(survives(big)).toBe(true);
  expect(performance.now() - start).toBeLessThan(5000);
});
