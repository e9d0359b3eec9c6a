import { expect, test } from 'vitest';
import { TrainingTask } from '../../../src/engine/teach/training-task.ts';
import type { TrainingData } from '../../../src/contract/training.ts';

/** Forty patterns of two classes that lie apart. */
function data(): TrainingData {
  const vectors = new Float32Array(40 * 4);
  for (let i = 0; i < 40; i++) {
    vectors[i * 4 + (i % 2)] = 0.8;
    vectors[i * 4 + 2 + (i % 3 === 0 ? 1 : 0)] = 0.6;
  }
  return { vectors, dims: 4, classes: ['even', 'odd'], pattern: Uint32Array.from({ length: 40 }, (_, i) => i), label: Uint8Array.from({ length: 40 }, (_, i) => i % 2), rows: new Float64Array(40).fill(3) };
}
const OPTIONS = { name: 'mine', encoder: 'wasm-1', date: '2025-03-14' };

test('step by step to the end', async () => {
  const task = new TrainingTask();
  task.begin(data(), OPTIONS);
  let before = 0;
  for (;;) {
    const step = task.step(20);
    expect(step.done).toBeGreaterThanOrEqual(before);
    before = step.done;
    if (step.finished) break;
    await expect(task.result()).rejects.toThrow('has not finished');
  }
  const result = await task.result();
  expect([result.manifest.name, result.manifest.classes, result.files.length]).toEqual(['mine', ['even', 'odd'], 3]);
  expect(result.validation?.grouped.mean.accuracy).toBe(1);
});

test('given up, it is gone; what cannot be learnt is refused and ends what was under way', async () => {
  const task = new TrainingTask();
  expect(() => task.step(1)).toThrow('No training is under way');
  task.begin(data(), OPTIONS);
  task.end();
  expect(() => task.step(1)).toThrow('No training is under way');
  task.begin(data(), OPTIONS);
  expect(() => task.begin({ ...data(), label: new Uint8Array(40) }, OPTIONS)).toThrow(/two different labels/);
  expect(() => task.step(1)).toThrow('No training is under way');
});
