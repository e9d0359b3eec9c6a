import { Failure } from '../../../contract/failure.ts';

/** Vectors of the corpus, one byte a number: value = step × scale of its row. Row-major, `count` × `dims`. */
export interface Neighbours {
  readonly count: number;
  readonly dims: number;
  readonly steps: Int8Array;
  readonly scales: Float32Array;
}

/** L2-normalised vectors → the stored form. Symmetric: a row's largest number becomes ±127. */
export function quantiseVectors(vectors: readonly Float32Array[]): Neighbours {
  const dims = vectors[0]?.length ?? 0;
  const steps = new Int8Array(vectors.length * dims);
  const scales = new Float32Array(vectors.length);
  vectors.forEach((vector, row) => {
    const scale = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127 || 1;
    scales[row] = scale;
    for (let i = 0; i < dims; i++) steps[row * dims + i] = Math.max(-127, Math.min(127, Math.round(vector[i] / scale)));
  });
  return { count: vectors.length, dims, steps, scales };
}

/** File: count × dims signed bytes, then count scales as little-endian 32-bit floats. */
export function writeNeighbours({ count, dims, steps, scales }: Neighbours): Uint8Array {
  const bytes = new Uint8Array(count * dims + count * 4);
  bytes.set(new Uint8Array(steps.buffer, steps.byteOffset, steps.length));
  const view = new DataView(bytes.buffer);
  scales.forEach((scale, row) => view.setFloat32(count * dims + row * 4, scale, true));
  return bytes;
}

/** @throws Failure 'model-runtime' if the file's length does not fit */
export function readNeighbours(bytes: Uint8Array, count: number, dims: number): Neighbours {
  if (bytes.length !== count * (dims + 4)) {
    throw new Failure('model-runtime', 'classify/neighbours.bin does not fit classify/classify.json. Put the whole folder public/models of one version on the server.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scales = Float32Array.from({ length: count }, (_, row) => view.getFloat32(count * dims + row * 4, true));
  return { count, dims, steps: new Int8Array(bytes.buffer, bytes.byteOffset, count * dims), scales };
}
