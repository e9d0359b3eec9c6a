import { probabilitiesPort } from './classifier-ports.ts';
import { writeOnnx } from './onnx-writer.ts';
import type { QuantisedLinear } from './quantise-linear.ts';

/**
 * A linear model on hashed features, given as the few that are not zero: `ids` int64 [n, k] and `values` float [n, k],
 * texts with fewer than k padded with id 0, value 0 → `probabilities` float [n, C]. k may be 0 and differ from call to call.
 * Weights stay int8 in the file and in memory: only the rows looked up become floats.
 */
export function lexicalToOnnx(model: QuantisedLinear): Uint8Array {
  const { features, classes, steps, scales, bias } = model;
  return writeOnnx({
    name: 'lexical',
    inputs: [{ name: 'ids', type: 'int64', shape: ['n', 'k'] }, { name: 'values', type: 'float', shape: ['n', 'k'] }],
    outputs: [probabilitiesPort(classes)],
    constants: [
      { name: 'steps', dims: [features, classes], data: steps },
      { name: 'scales', dims: [classes], data: scales },
      { name: 'bias', dims: [classes], data: bias },
      { name: 'middle', dims: [1], data: BigInt64Array.of(1n) },
    ],
    operators: [
      { type: 'Gather', inputs: ['steps', 'ids'], outputs: ['gathered'], attributes: { axis: { kind: 'int', value: 0 } } },
      { type: 'Cast', inputs: ['gathered'], outputs: ['own_steps'], attributes: { to: { kind: 'int', value: 1 } } },
      { type: 'Unsqueeze', inputs: ['values', 'middle'], outputs: ['row_values'] },
      { type: 'MatMul', inputs: ['row_values', 'own_steps'], outputs: ['sums'] },
      { type: 'Squeeze', inputs: ['sums', 'middle'], outputs: ['flat_sums'] },
      { type: 'Mul', inputs: ['flat_sums', 'scales'], outputs: ['scaled'] },
      { type: 'Add', inputs: ['scaled', 'bias'], outputs: ['logits'] },
      { type: 'Softmax', inputs: ['logits'], outputs: ['probabilities'], attributes: { axis: { kind: 'int', value: -1 } } },
    ],
  });
}
