import * as ort from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { floatOutput, openModel, prepareRuntime } from '../../../src/engine/embed/onnx.ts';

/** x [n, 2] → sum = x + [1, -1], best = arg max of sum. */
const SMALL = bytes('CAg6ngEKEAoBeAoBdxIDc3VtIgNBZGQKMQoDc3VtEgRiZXN0IgZBcmdNYXgqCwoEYXhpcxgBoAECKg8KCGtlZXBkaW1zGACgAQISAWcqEQgCEAFCAXdKCAAAgD8AAIC/WhQKAXgSDwoNCAESCQoDEgFuCgIIAmIWCgNzdW0SDwoNCAESCQoDEgFuCgIIAmITCgRiZXN0EgsKCQgHEgUKAxIBbkIECgAQEQ==');
/** The same sum, with the constant in a file weights.bin. */
const EXTERNAL = bytes('CAg6gQEKEAoBeAoBdxIDc3VtIgNBZGQSAWcqPAgCEAFCAXdqFwoIbG9jYXRpb24SC3dlaWdodHMuYmluagsKBm9mZnNldBIBMGoLCgZsZW5ndGgSAThwAVoUCgF4Eg8KDQgBEgkKAxIBbgoCCAJiFgoDc3VtEg8KDQgBEgkKAxIBbgoCCAJCBAoAEBE=');

prepareRuntime(ort, { threads: 1 });

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

test('runs a model by the names of its inputs and outputs', async () => {
  const model = await openModel(ort, SMALL, { backend: 'wasm' });
  expect([model.inputNames, model.outputNames]).toEqual([['x'], ['sum', 'best']]);
  const outputs = await model.run({ x: { data: Float32Array.of(1, 2, 3, 9), dims: [2, 2] } });
  expect([...floatOutput(outputs, 'sum')]).toEqual([2, 1, 4, 8]);
  expect(outputs.sum.dims).toEqual([2, 2]);
  expect(outputs.best.data).toEqual(BigInt64Array.of(0n, 1n));
  await model.dispose();
});

test('gives only the outputs asked for', async () => {
  const model = await openModel(ort, SMALL, { backend: 'wasm' });
  const outputs = await model.run({ x: { data: Float32Array.of(1, 2), dims: [1, 2] } }, ['best']);
  expect(Object.keys(outputs)).toEqual(['best']);
  expect(() => floatOutput(outputs, 'best')).toThrow(expect.objectContaining({ code: 'model-runtime' }));
  await model.dispose();
});

test('runs asked for at once answer each its own input', async () => {
  const model = await openModel(ort, SMALL, { backend: 'wasm' });
  const runs = Array.from({ length: 20 }, (_, i) => model.run({ x: { data: Float32Array.of(i, 0), dims: [1, 2] } }));
  const sums = (await Promise.all(runs)).map((outputs) => floatOutput(outputs, 'sum')[0]);
  expect(sums).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  await model.dispose();
});

test('a wrong input is a failure, and the model can still be used', async () => {
  const model = await openModel(ort, SMALL, { backend: 'wasm' });
  await expect(model.run({ y: { data: Float32Array.of(1, 2), dims: [1, 2] } })).rejects.toMatchObject({ code: 'model-runtime' });
  await expect(model.run({ x: { data: Float32Array.of(1, 2), dims: [1, 3] } })).rejects.toMatchObject({ code: 'model-runtime' });
  const outputs = await model.run({ x: { data: Float32Array.of(1, 2), dims: [1, 2] } });
  expect(outputs.best.data).toEqual(BigInt64Array.of(0n));
  await model.dispose();
});

test('a model whose weights are in another file is refused', async () => {
  const opened = openModel(ort, EXTERNAL, { backend: 'wasm', name: 'mine.onnx' });
  await expect(opened).rejects.toMatchObject({ code: 'model-runtime', message: expect.stringMatching(/mine\.onnx keeps weights in a second file/) });
});

test.each([['nothing', new Uint8Array(0)], ['text', new TextEncoder().encode('<!doctype html><p>Not found</p>')], ['half a model', SMALL.slice(0, 60)]])(
  'what is not a model is a failure: %s', async (_, data) => {
    await expect(openModel(ort, data, { backend: 'wasm', name: 'mine.onnx' })).rejects.toMatchObject({ code: 'model-runtime', message: expect.stringContaining('mine.onnx') });
  });
