/** Turns each row of logits (rows × classes) into probabilities, in place. The row's maximum is taken off first, so nothing overflows. */
export function softmaxRows(logits: Float64Array | Float32Array, classes: number): void {
  for (let at = 0; at < logits.length; at += classes) {
    let most = -Infinity;
    for (let c = 0; c < classes; c += 1) most = Math.max(most, logits[at + c]);
    let sum = 0;
    for (let c = 0; c < classes; c += 1) {
      logits[at + c] = Math.exp(logits[at + c] - most);
      sum += logits[at + c];
    }
    for (let c = 0; c < classes; c += 1) logits[at + c] /= sum;
  }
}
