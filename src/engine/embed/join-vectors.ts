/** n vectors of one length, one after the other: n × dims. */
export function joinVectors(vectors: readonly Float32Array[]): Float32Array {
  const dims = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, at) => all.set(vector, at * dims));
  return all;
}
