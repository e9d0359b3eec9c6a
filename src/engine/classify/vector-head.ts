import { inflateSync } from 'fflate';
import { openModel, floatOutput } from '../embed/onnx.ts';
import type { OnnxModel } from '../embed/onnx.ts';
import type { VoterKind } from './voter.ts';

/**
 * Rows per call, always: the runtime adds up in another order for other shapes, so a text alone and the same
 * text in company would differ in their last bits.
 */
const ROWS = 16;

/**
 * A classifier on the encoder's vectors: any ONNX file with `features` [n, d] → `probabilities` [n, C]. Where the file's name ends in
 * `.deflate` it is packed (RFC 1951): a forest, which names each node's kind and tree, becomes a quarter of its size, while `.gz`
 * would be unpacked on the way by some servers, against the manifest's hash.
 */
export function vectorHead(path: string): VoterKind {
  return {
    needs: 'vector',
    async open(ort, files, { classes }) {
      const bytes = await files.get(path);
      const model = await openModel(ort, path.endsWith('.deflate') ? inflateSync(bytes) : bytes, { backend: 'wasm', name: path });
      return {
        probabilities: ({ vectors }) => runHead(model, vectors, classes.length),
        dispose: () => model.dispose(),
      };
    },
  };
}

async function runHead(model: OnnxModel, vectors: readonly Float32Array[], classes: number): Promise<Float32Array> {
  const probabilities = new Float32Array(vectors.length * classes);
  const dims = vectors[0]?.length ?? 0;
  for (let from = 0; from < vectors.length; from += ROWS) {
    const block = vectors.slice(from, from + ROWS);
    const data = new Float32Array(ROWS * dims);
    block.forEach((vector, at) => data.set(vector, at * dims));
    const answers = floatOutput(await model.run({ features: { data, dims: [ROWS, dims] } }), 'probabilities');
    probabilities.set(answers.subarray(0, block.length * classes), from * classes);
  }
  return probabilities;
}
