import * as ort from 'onnxruntime-web/wasm';
import type { InputTensor } from '../../../src/engine/embed/onnx.ts';
import { floatOutput, openModel, prepareRuntime } from '../../../src/engine/embed/onnx.ts';

prepareRuntime(ort, { threads: 1 });

/** Runs an ONNX file in the page's own runtime, through its own adapter; gives its `probabilities`. */
export async function runOnnx(file: Uint8Array, inputs: Readonly<Record<string, InputTensor>>): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const model = await openModel(ort, file, { backend: 'wasm' });
  try {
    const outputs = await model.run(inputs);
    return { data: floatOutput(outputs, 'probabilities').slice(), dims: outputs.probabilities.dims };
  } finally {
    await model.dispose();
  }
}

export function runOnFeatures(file: Uint8Array, features: Float32Array, columns: number): Promise<{ data: Float32Array; dims: readonly number[] }> {
  return runOnnx(file, { features: { data: features, dims: [features.length / columns, columns] } });
}
