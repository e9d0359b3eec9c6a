/** DBSCAN as one would write it down: every pair compared, a stack for each cluster. */
export function naiveDbscan(vectors: Float32Array, dims: number, eps: number, minSamples: number): number[] {
  const rows = Array.from({ length: vectors.length / dims }, (_, i) => Array.from(vectors.subarray(i * dims, (i + 1) * dims)));
  const dot = (a: number[], b: number[]): number => a.reduce((sum, x, k) => sum + x * b[k], 0);
  const lengths = rows.map((row) => Math.sqrt(dot(row, row)));
  const near = rows.map((row, i) => rows.flatMap((other, j) => (i === j || 1 - dot(row, other) / (lengths[i] * lengths[j]) <= eps ? [j] : [])));
  const labels = rows.map(() => -1);
  let cluster = 0;
  rows.forEach((_, start) => {
    if (labels[start] !== -1 || near[start].length < minSamples) return;
    const stack = [start];
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      if (labels[i] !== -1) continue;
      labels[i] = cluster;
      if (near[i].length >= minSamples) stack.push(...near[i]);
    }
    cluster += 1;
  });
  return labels;
}
