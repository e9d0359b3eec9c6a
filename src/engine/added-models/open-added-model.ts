import { Failure, failureCode } from '../../contract/failure.ts';
import { floatOutput, openModel } from '../embed/onnx.ts';
import type { OnnxModel, Ort } from '../embed/onnx.ts';
import type { Inspected } from './read-onnx-model.ts';
import { refuse } from './refuse.ts';

export interface AddedModel {
  readonly classes: readonly string[];
  /** n × classes. A row depends on its vector alone, to the bit. @throws Failure 'model-runtime' */
  probabilities(vectors: readonly Float32Array[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/**
 * Rows per call, always: the runtime adds up in another order for other shapes, so a text alone and the same text in
 * company would differ in their last bits.
 */
const ROWS = 16;
/** Rounding of 32-bit sums stays far below. */
const TOLERANCE = 1e-3;

/**
 * Opens a model that `readOnnxModel` has let pass, and tries it: it must give one row of probabilities per vector.
 * @throws Failure 'model-refused' where it cannot be run or gives something else, 'out-of-memory'
 */
export async function openAddedModel(ort: Ort, bytes: Uint8Array, inspected: Inspected): Promise<AddedModel> {
  const { name, classes, dims } = inspected;
  const model = await refusing(name, () => openModel(ort, bytes, { backend: 'wasm', name }));
  try {
    const answers = await refusing(name, () => run(model, inspected, trialVectors(dims)));
    const wrong = problemWith(answers, classes.length);
    if (wrong !== undefined) refuse(name, `${wrong} Use a classifier with predict_proba.`);
  } catch (error) {
    await model.dispose();
    throw error;
  }
  return {
    classes,
    async probabilities(vectors) {
      const answers = await run(model, inspected, vectors);
      if (!answers.every(Number.isFinite)) throw new Failure('model-runtime', `${name} gives an answer that is not a number. Take the model off again.`);
      return answers;
    },
    dispose: () => model.dispose(),
  };
}

async function run(model: OnnxModel, { name, input, output, fixedRows, classes, dims }: Inspected, vectors: readonly Float32Array[]): Promise<Float32Array> {
  const probabilities = new Float32Array(vectors.length * classes.length);
  const rows = fixedRows ?? ROWS;
  for (let from = 0; from < vectors.length; from += rows) {
    const block = vectors.slice(from, from + rows);
    const data = new Float32Array(rows * dims);
    block.forEach((vector, at) => data.set(vector, at * dims));
    const answers = floatOutput(await model.run({ [input]: { data, dims: [rows, dims] } }, [output]), output);
    if (answers.length !== rows * classes.length) throw new Failure('model-runtime', `${name} gives ${answers.length} numbers for ${rows} vectors and ${classes.length} classes.`);
    probabilities.set(answers.subarray(0, block.length * classes.length), from * classes.length);
  }
  return probabilities;
}

/** What the runtime cannot do with a file that a person gave is a reason to refuse the file, not to reload the page. */
async function refusing<T>(name: string, job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (failureCode(error) === 'out-of-memory') throw error;
    const said = error instanceof Error ? error.message : String(error);
    // The adapter's own advice, to reload the page, would not help; what the runtime said stands last, in brackets.
    return refuse(name, `it cannot be run. Export it again with a current skl2onnx. (${/\((.*)\)\s*$/s.exec(said)?.[1]?.trim() ?? said})`);
  }
}

/** Two vectors of length 1 that have nothing in common. */
function trialVectors(dims: number): Float32Array[] {
  const even = new Float32Array(dims).fill(1 / Math.sqrt(dims));
  return [even, even.map((value, at) => (at % 2 === 0 ? value : -value))];
}

function problemWith(answers: Float32Array, classes: number): string | undefined {
  for (let at = 0; at < answers.length; at += classes) {
    const row = answers.subarray(at, at + classes);
    if (!row.every((p) => p >= -TOLERANCE && p <= 1 + TOLERANCE)) return 'what it gives are not probabilities (0 to 1).';
    if (Math.abs(row.reduce((a, b) => a + b, 0) - 1) > TOLERANCE) return 'the probabilities that it gives do not sum to 1.';
  }
  return undefined;
}
