/**
 * Two independent 32-bit multiplicative hashes of a byte span with a seed, as a 64-bit identity. The rounds and the final
 * mix are MurmurHash3's (Appleby, public domain); collisions are harmless here, since a hit is checked against the text.
 */
export const hashPair = { low: 0, high: 0 };

/** Hashes bytes[0,length) into `hashPair`. `seed` stands for what belongs to the identity besides the text. */
export function hashBytes(bytes: Uint8Array, length: number, seed: number): void {
  let low = 0x811c9dc5 ^ seed;
  let high = 0x9e3779b9 ^ Math.imul(seed, 0x85ebca6b);
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    low = Math.imul(low ^ word, 0x01000193);
    low = (low << 15) | (low >>> 17);
    high = Math.imul(high ^ word, 0xcc9e2d51);
    high = (high << 13) | (high >>> 19);
  }
  for (; at < length; at++) {
    low = Math.imul(low ^ bytes[at], 0x01000193);
    high = Math.imul(high ^ bytes[at], 0xcc9e2d51);
  }
  hashPair.low = mix(low ^ length) | 0;
  hashPair.high = mix(high ^ length) | 0;
}

function mix(hash: number): number {
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
