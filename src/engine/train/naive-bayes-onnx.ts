import { featuresPort, probabilitiesPort } from './classifier-ports.ts';
import type { NaiveBayesModel } from './gaussian-naive-bayes.ts';
import type { Metadata } from './onnx-writer.ts';
import { writeOnnx } from './onnx-writer.ts';

/**
 * `features` float [n, d] → `probabilities` float [n, C]. Deviations are taken before they are squared (expanding the
 * square would lose what 32 bits can hold), at the price of n × C × d numbers in passing: a few hundred rows a call.
 */
export function naiveBayesToOnnx(model: NaiveBayesModel, metadata?: Metadata): Uint8Array {
  const { features, classes, means, precisions, constants } = model;
  return writeOnnx({
    name: 'naive-bayes',
    inputs: [featuresPort(features)],
    outputs: [probabilitiesPort(classes)],
    metadata,
    constants: [
      { name: 'class_axis', dims: [1], data: BigInt64Array.of(1n) },
      { name: 'means', dims: [classes, features], data: means },
      { name: 'precisions', dims: [classes, features], data: precisions },
      { name: 'minus_half', dims: [1], data: Float32Array.of(-0.5) },
      { name: 'constants', dims: [classes], data: constants },
    ],
    operators: [
      { type: 'Unsqueeze', inputs: ['features', 'class_axis'], outputs: ['rows'] },
      { type: 'Sub', inputs: ['rows', 'means'], outputs: ['differences'] },
      { type: 'Mul', inputs: ['differences', 'precisions'], outputs: ['deviations'] },
      { type: 'ReduceSumSquare', inputs: ['deviations'], outputs: ['squares'], attributes: { axes: { kind: 'ints', value: [2] }, keepdims: { kind: 'int', value: 0 } } },
      { type: 'Mul', inputs: ['squares', 'minus_half'], outputs: ['exponents'] },
      { type: 'Add', inputs: ['exponents', 'constants'], outputs: ['logits'] },
      { type: 'Softmax', inputs: ['logits'], outputs: ['probabilities'], attributes: { axis: { kind: 'int', value: -1 } } },
    ],
  });
}
