import type { Backend } from '../../contract/model.ts';

/** Turns a text into a vector. A vector depends on the text, the model file and the back end, on nothing else. */
export interface Encoder {
  /** Names model file and back end: vectors of different ids must not be mixed. */
  readonly id: string;
  /** Length of the vectors. */
  readonly dims: number;
  readonly backend: Backend;
  /** L2-normalised vector of `dims` numbers; the caller owns it. @throws Failure 'model-runtime' or 'out-of-memory' */
  embed(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}
