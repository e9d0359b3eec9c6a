/** Features are hashed into so many buckets ("hashing trick", Weinberger et al. 2009). A power of two. */
export const BUCKETS = 1 << 16;

/** FNV-1a, 32 bits, over UTF-16 code units of text[0, length). `salt` keeps kinds of features apart. */
export function hashText(text: string, salt: number, length = text.length): number {
  let hash = (0x811c9dc5 ^ salt) | 0;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** Hash of an ordered pair. */
export function hashPair(first: number, second: number): number {
  return Math.imul(first, 0x9e3779b1) ^ (second + 0x7f4a7c15);
}

/** MurmurHash3's 32-bit finaliser: FNV's low bits alone are poor. */
export function bucketOf(hash: number, buckets = BUCKETS): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) & (buckets - 1);
}
