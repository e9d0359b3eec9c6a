import type { Backend } from '../../contract/model.ts';
import { Failure } from '../../contract/failure.ts';
import type { Encoder } from './encoder.ts';
import type { OnnxModel } from './onnx.ts';
import { floatOutput } from './onnx.ts';
import type { Tokenize } from './tokenizer.ts';

export interface MiniLmParts {
  readonly id: string;
  readonly backend: Backend;
  readonly dims: number;
  readonly model: OnnxModel;
  readonly tokenize: Tokenize;
}

/**
 * A sentence encoder whose graph holds pooling and normalisation: input `input_ids` int64 [1, tokens], output
 * `sentence_embedding` [1, dims]. One text per call, without padding: int8 products take their scale from all
 * that is in a call, so company or padding would change a text's vector, and on WASM it would gain no time.
 */
export function createMiniLm({ id, backend, dims, model, tokenize }: MiniLmParts): Encoder {
  return {
    id, backend, dims,
    async embed(text) {
      const ids = tokenize(text);
      const data = BigInt64Array.from(ids, BigInt);
      const outputs = await model.run({ input_ids: { data, dims: [1, ids.length] } });
      const vector = floatOutput(outputs, 'sentence_embedding');
      if (vector.length !== dims) throw new Failure('model-runtime', `The encoder gave ${vector.length} numbers, ${dims} were expected.`);
      return vector;
    },
    dispose: () => model.dispose(),
  };
}
