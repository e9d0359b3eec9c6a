import type { Port } from './onnx-writer.ts';

/** Every classifier on vectors takes `features` [n, d]; n is free. */
export function featuresPort(features: number): Port {
  return { name: 'features', type: 'float', shape: ['n', features] };
}

/** Every classifier answers `probabilities` [n, C]. What the classes are called stands in the manifest beside the file. */
export function probabilitiesPort(classes: number): Port {
  return { name: 'probabilities', type: 'float', shape: ['n', classes] };
}
