import { bucketOf, hashText } from './hash.ts';
import { isLetters, splitWords } from './words.ts';

/** Bits of the filter; far more than the corpus has words, so that few unknown ones pass. */
export const KNOWN_BITS = 1 << 17;
const SALT = 11;

/** A set of words as one bit each (a Bloom filter with one hash function), KNOWN_BITS / 8 bytes. */
export function rememberWords(texts: Iterable<string>): Uint8Array {
  const bits = new Uint8Array(KNOWN_BITS / 8);
  for (const text of texts) {
    for (const word of splitWords(text)) {
      const bit = bucketOf(hashText(word, SALT), KNOWN_BITS);
      bits[bit >> 3] |= 1 << (bit & 7);
    }
  }
  return bits;
}

/** Share of a text's words (placeholders and numbers left out) that the corpus never used; 0 where it has none. */
export function unknownShare(text: string, known: Uint8Array): number {
  let words = 0, unknown = 0;
  for (const word of splitWords(text)) {
    if (!isLetters(word)) continue;
    words++;
    const bit = bucketOf(hashText(word, SALT), KNOWN_BITS);
    if ((known[bit >> 3] & (1 << (bit & 7))) === 0) unknown++;
  }
  return words === 0 ? 0 : unknown / words;
}
