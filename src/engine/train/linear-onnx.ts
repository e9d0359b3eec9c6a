import { featuresPort, probabilitiesPort } from './classifier-ports.ts';
import type { LinearModel } from './logistic-regression.ts';
import type { Metadata } from './onnx-writer.ts';
import { writeOnnx } from './onnx-writer.ts';

/** `features` float [n, d] → softmax(features · weights + bias) as `probabilities` float [n, C]. */
export function linearToOnnx(model: LinearModel, metadata?: Metadata): Uint8Array {
  return writeOnnx({
    name: 'logistic-regression',
    inputs: [featuresPort(model.features)],
    outputs: [probabilitiesPort(model.classes)],
    metadata,
    constants: [
      { name: 'weights', dims: [model.features, model.classes], data: model.weights },
      { name: 'bias', dims: [model.classes], data: model.bias },
    ],
    operators: [
      { type: 'Gemm', inputs: ['features', 'weights', 'bias'], outputs: ['logits'] },
      { type: 'Softmax', inputs: ['logits'], outputs: ['probabilities'], attributes: { axis: { kind: 'int', value: -1 } } },
    ],
  });
}
