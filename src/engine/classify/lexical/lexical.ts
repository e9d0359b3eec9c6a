import type { PatternText } from '../../../contract/verdict.ts';
import type { OnnxModel } from '../../embed/onnx.ts';
import { floatOutput } from '../../embed/onnx.ts';
import type { SparseFeatures } from './features.ts';
import { lexicalFeatures } from './features.ts';

/** Features of a text are padded to a multiple of this, so that few shapes occur. */
const STEP = 32;
/** Texts per call of the runtime. */
const GROUP = 256;

/**
 * Probabilities, n × classes, of the linear model on hashed words. Texts are run in groups of equal padded
 * length: the order of a text's additions depends on its own length only, so its bits do not depend on its company.
 */
export async function runLexical(model: OnnxModel, batch: readonly PatternText[], classes: number): Promise<Float32Array> {
  const probabilities = new Float32Array(batch.length * classes);
  const byLength = new Map<number, { row: number; features: SparseFeatures }[]>();
  batch.forEach((pattern, row) => {
    const features = lexicalFeatures(pattern);
    const length = Math.ceil(features.ids.length / STEP) * STEP;
    const group = byLength.get(length);
    if (group === undefined) byLength.set(length, [{ row, features }]);
    else group.push({ row, features });
  });
  for (const [length, members] of byLength) {
    for (let from = 0; from < members.length; from += GROUP) {
      const group = members.slice(from, from + GROUP);
      const answers = await runGroup(model, group.map(({ features }) => features), length);
      group.forEach(({ row }, at) => probabilities.set(answers.subarray(at * classes, (at + 1) * classes), row * classes));
    }
  }
  return probabilities;
}

async function runGroup(model: OnnxModel, group: readonly SparseFeatures[], length: number): Promise<Float32Array> {
  const ids = new BigInt64Array(group.length * length);
  const values = new Float32Array(group.length * length);
  group.forEach((features, at) => {
    values.set(features.values, at * length);
    for (let i = 0; i < features.ids.length; i++) ids[at * length + i] = BigInt(features.ids[i]);
  });
  const dims = [group.length, length];
  return floatOutput(await model.run({ ids: { data: ids, dims }, values: { data: values, dims } }), 'probabilities');
}
