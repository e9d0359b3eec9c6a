/**
 * The row of each cluster that is nearest to its centroid (largest cosine); ties by weight, then by row.
 * @param vectors n × dims, L2-normalised @param labels cluster by row, 0 … clusters − 1, less for none
 * @returns row by cluster
 */
export function representatives(vectors: Float32Array, dims: number, labels: Int32Array, weights: ArrayLike<number>): Int32Array {
  const clusters = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const centroids = new Float64Array(clusters * dims);
  labels.forEach((label, row) => {
    if (label >= 0) for (let i = 0; i < dims; i += 1) centroids[label * dims + i] += vectors[row * dims + i];
  });
  const best = new Int32Array(clusters).fill(-1);
  const nearness = new Float64Array(clusters).fill(-Infinity);
  labels.forEach((label, row) => {
    if (label < 0) return;
    let along = 0;
    for (let i = 0; i < dims; i += 1) along += centroids[label * dims + i] * vectors[row * dims + i];
    const better = along > nearness[label] || (along === nearness[label] && weights[row] > weights[best[label]]);
    if (best[label] >= 0 && !better) return;
    best[label] = row;
    nearness[label] = along;
  });
  return best;
}
