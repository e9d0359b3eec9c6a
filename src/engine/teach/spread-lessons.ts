/** Weights smaller than this move no probability by a visible amount. */
const LEAST_WEIGHT = 5e-4;

/**
 * Probabilities, n × `width`, of n patterns: softmax of (logits before + Σ over lessons of covariance · weight). A pattern that
 * shares nothing with any lesson keeps its base probabilities bit for bit, with 0 for the classes that the base lacks.
 * @param base n times the probabilities before @param rows covariances of each lesson with the n patterns
 * @param weights lessons × width @param logits `width` logits of base probabilities
 */
export function spreadLessons(
  base: readonly Float32Array[], rows: readonly Float32Array[], weights: Float64Array, width: number, logits: (base: Float32Array) => Float64Array,
): Float32Array {
  const n = base.length;
  const moves = Array.from({ length: width }, (_, c) => {
    const taking = rows.flatMap((row, lesson) => (Math.abs(weights[lesson * width + c]) < LEAST_WEIGHT ? [] : [{ row, weight: weights[lesson * width + c] }]));
    return weightedSum(taking, n);
  });
  const probabilities = new Float32Array(n * width);
  for (let i = 0; i < n; i++) {
    if (moves.every((move) => move[i] === 0)) {
      probabilities.set(base[i], i * width);
      continue;
    }
    const f = logits(base[i]);
    let most = -Infinity;
    for (let c = 0; c < width; c++) most = Math.max(most, (f[c] += moves[c][i]));
    let sum = 0;
    for (let c = 0; c < width; c++) sum += f[c] = Math.exp(f[c] - most);
    for (let c = 0; c < width; c++) probabilities[i * width + c] = f[c] / sum;
  }
  return probabilities;
}

/** Σ weight · row, four rows at a time: the sum is then read and written a quarter as often. */
function weightedSum(terms: { readonly row: Float32Array; readonly weight: number }[], n: number): Float64Array {
  const sum = new Float64Array(n);
  const none = { row: new Float32Array(n), weight: 0 };
  for (let at = 0; at < terms.length; at += 4) {
    const [{ row: r0, weight: w0 }, { row: r1, weight: w1 }, { row: r2, weight: w2 }, { row: r3, weight: w3 }] = [0, 1, 2, 3].map((k) => terms[at + k] ?? none);
    for (let i = 0; i < n; i++) sum[i] += w0 * r0[i] + w1 * r1[i] + (w2 * r2[i] + w3 * r3[i]);
  }
  return sum;
}
