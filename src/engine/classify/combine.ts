/** A voter that says 0 has not proved anything: below this a probability counts as this much. */
const LEAST = 1e-4;

/**
 * Weighted product of the voters' probabilities ("logarithmic opinion pool"), n × classes, each row scaled to sum to 1.
 * Sums run in the voters' order, so a row depends on nothing but itself.
 * @param opinions one array n × classes per voter @param weights one per voter
 */
export function combine(opinions: readonly Float32Array[], weights: readonly number[], classes: number): Float32Array {
  const length = opinions[0]?.length ?? 0;
  const out = new Float32Array(length);
  const scores = new Float64Array(classes);
  for (let at = 0; at < length; at += classes) {
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let score = 0;
      for (let v = 0; v < opinions.length; v++) score += weights[v] * Math.log(Math.max(LEAST, opinions[v][at + c]));
      scores[c] = score;
      most = Math.max(most, score);
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += scores[c] = Math.exp(scores[c] - most);
    for (let c = 0; c < classes; c++) out[at + c] = scores[c] / sum;
  }
  return out;
}
