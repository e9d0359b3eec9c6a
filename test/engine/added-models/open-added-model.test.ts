import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { openAddedModel } from '../../../src/engine/added-models/open-added-model.ts';
import { readOnnxModel } from '../../../src/engine/added-models/read-onnx-model.ts';
import { prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import type { Graph } from '../../../src/engine/train/onnx-writer.ts';
import { writeOnnx } from '../../../src/engine/train/onnx-writer.ts';
import { DIMS, asked } from './fixtures.ts';
import { NAMES, soundGraph, spoilt } from './tampering.ts';

prepareRuntime(ort, { threads: 1 });

async function open(bytes: Uint8Array): ReturnType<typeof openAddedModel> {
  return openAddedModel(ort, bytes, readOnnxModel(bytes, 'mine.onnx', { dims: DIMS }));
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const error: unknown = await open(bytes).then(() => undefined, (reason: unknown) => reason);
  expect(failureCode(error)).toBe('model-refused');
  return (error as Error).message;
}

const sums = soundGraph().operators[0];

test.each<[string, Partial<Graph>, string]>([
  ['scores instead of probabilities', { operators: [{ ...sums, outputs: ['probabilities'] }] }, 'not probabilities'],
  ['sigmoids that do not sum to 1', { operators: [sums, { type: 'Sigmoid', inputs: ['sums'], outputs: ['probabilities'] }] }, 'do not sum to 1'],
  ['numbers that are none', { operators: [sums, { type: 'Sub', inputs: ['sums', 'sums'], outputs: ['zero'] }, { type: 'Div', inputs: ['zero', 'zero'], outputs: ['probabilities'] }] }, 'not probabilities'],
  ['other shapes than it says', { outputs: [{ name: 'probabilities', type: 'float', shape: ['n', 'C'] }], constants: [{ name: 'weights', dims: [DIMS, 2], data: new Float32Array(DIMS * 2) }] }, '32 numbers for 16 vectors and 3 classes'],
  ['an operator without its input', { operators: [{ ...sums, inputs: ['features', 'nowhere'] }, soundGraph().operators[1]] }, 'cannot be run'],
])('%s: refused when it is tried', async (_, change, reason) => {
  expect(await refusal(spoilt(change))).toContain(reason);
});

test('after refusals a sound one runs, and own names come out as they are', async () => {
  const names = ['__proto__', 'constructor', NAMES[2]];
  const model = await open(writeOnnx(soundGraph(names)));
  const probabilities = await model.probabilities(asked().slice(0, 20));
  expect(model.classes).toEqual(names);
  expect(probabilities).toHaveLength(20 * 3);
  for (let row = 0; row < 20; row += 1) expect(probabilities.slice(row * 3, row * 3 + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  await model.dispose();
});
