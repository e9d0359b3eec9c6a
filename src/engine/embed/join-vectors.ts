/** n vectors of one length, one after the other: n × dims. */
export function joinVectors(vectors: readonly Float32Array[]): Float32Array {
  const dims = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, at) => all.set(vector, at * dims));
  return all;
}

/** n × dims → its n vectors, which share its memory. */
export function splitVectors(all: Float32Array, dims: number): Float32Array[] {
  return Array.from({ length: all.length / dims }, (_, at) => all.subarray(at * dims, (at + 1) * dims));
}
