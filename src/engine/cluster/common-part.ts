/**
 * The vectors seen from what all texts share in an encoder's eyes, at length 1 (after "All-but-the-top", Mu and Viswanath 2018;
 * the mean alone is taken off): distances are then spread as in the notebooks that eps 0.2 comes from. The common part is the
 * mean of the labelled examples' vectors, ModelApi.common. In the encoder before fine-tuning it had a length of 0.8, so that two
 * lines with nothing in common had a cosine of 0.65 and eps 0.2 would have put nearly all into one cluster. A mean of the log at
 * hand would not do: it holds what the log is about. @param vectors n × d, left as they are
 * @throws RangeError where the common part has another number of dimensions, or the vectors are no rows of it
 */
export function withoutCommonPart(vectors: Float32Array, dims: number, common: ArrayLike<number>): Float32Array {
  if (common.length !== dims || vectors.length % dims !== 0) throw new RangeError(`${vectors.length} numbers and a common part of ${common.length} do not make rows of ${dims}`);
  const out = new Float32Array(vectors.length);
  for (let at = 0; at + dims <= vectors.length; at += dims) {
    let square = 0;
    for (let i = 0; i < dims; i += 1) square += (vectors[at + i] - common[i]) ** 2;
    const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
    for (let i = 0; i < dims; i += 1) out[at + i] = (vectors[at + i] - common[i]) * scale;
  }
  return out;
}
