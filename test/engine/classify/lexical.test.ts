import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { lexicalFeatures } from '../../../src/engine/classify/lexical/features.ts';
import { BUCKETS } from '../../../src/engine/classify/lexical/hash.ts';
import { runLexical } from '../../../src/engine/classify/lexical/lexical.ts';
import { openModel, prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import { lexicalToOnnx } from '../../../src/engine/train/lexical-onnx.ts';
import { fitLogisticRegression, predictLogisticRegression } from '../../../src/engine/train/logistic-regression.ts';
import { dequantiseLinear, quantiseLinear } from '../../../src/engine/train/quantise-linear.ts';
import { sparseMatrix } from '../../../src/engine/train/matrix.ts';

const texts: readonly (readonly [string, number, number])[] = [
  ['connection refused by <ip>', 6, 0], ['could not open <path>', 6, 0], ['request timed out after <num> ms', 5, 0],
  ['server started on port <num>', 3, 1], ['listening on <ip>', 3, 1], ['configuration loaded from <path>', 0, 1],
  ['heap usage <num>%', 0, 2], [`memory ${'used <num> free <num> '.repeat(30)}`, 3, 2], ['disk <path> <num>% full', 5, 2],
];
const patterns = texts.map(([text, level]) => ({ text, level }));

function matrix() {
  const rows = patterns.map(lexicalFeatures);
  const indptr = Int32Array.from([0, ...rows.map((_, at) => rows.slice(0, at + 1).reduce((sum, { ids }) => sum + ids.length, 0))]);
  const indices = Int32Array.from(rows.flatMap(({ ids }) => [...ids]));
  const values = Float32Array.from(rows.flatMap((row) => [...row.values]));
  return sparseMatrix({ indptr, indices, values }, BUCKETS);
}

describe('the lexical model as ONNX', () => {
  it('answers as the logistic regression it was written from, and the same bits in any company', async () => {
    prepareRuntime(ort, { threads: 1 });
    const x = matrix();
    const quantised = quantiseLinear(fitLogisticRegression(x, texts.map(([, , label]) => label), 3, { c: 10 }));
    const expected = predictLogisticRegression(dequantiseLinear(quantised), x);
    const model = await openModel(ort, lexicalToOnnx(quantised), { backend: 'wasm' });
    const answers = await runLexical(model, patterns, 3);
    answers.forEach((p, at) => expect(p).toBeCloseTo(expected[at], 5));
    for (const [row, pattern] of patterns.entries()) {
      expect(await runLexical(model, [pattern], 3)).toEqual(answers.slice(row * 3, row * 3 + 3));
    }
    await model.dispose();
  });
});
