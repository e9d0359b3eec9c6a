import type { Backend } from '../../contract/model.ts';
import { Failure } from '../../contract/failure.ts';
import type { Encoder } from './encoder.ts';
import type { EncoderSpec } from './encoder-spec.ts';

/**
 * Least cosine to the stored vector. WASM computes the same integers everywhere; GPUs differ in the order of
 * sums and in `exp`, and the known silent faults of drivers give cosines near 0.
 */
export const LEAST_COSINE: Readonly<Record<Backend, number>> = { wasm: 0.999, webgpu: 0.99 };

/**
 * Embeds a few fixed lines and compares them with the vectors stored for this file and back end.
 * @throws Failure 'model-self-check' if any differs
 */
export async function selfCheck(encoder: Encoder, check: EncoderSpec['selfCheck']): Promise<void> {
  const stored = check.vectors[encoder.backend];
  for (const [index, line] of check.lines.entries()) {
    const similarity = cosine(await encoder.embed(line), stored[index]);
    // Written so that NaN fails too.
    if (!(similarity >= LEAST_COSINE[encoder.backend])) {
      throw new Failure('model-self-check', `The encoder computes wrong numbers on this device (${encoder.backend}: cosine ${similarity.toFixed(4)} on a known line). Its results are not used; choose another back end or browser.`);
    }
  }
}

/** Cosine of two vectors of the same length; NaN if one is zero or holds no number. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0, aa = 0, bb = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return product / Math.sqrt(aa * bb);
}
