import type { PatternText } from '../../../contract/verdict.ts';
import { bucketOf, hashPair, hashText } from './hash.ts';
import { splitWords } from './words.ts';

/** The few features of a text that are not zero: distinct buckets in rising order. */
export interface SparseFeatures {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Raised whenever the same text would give other features: models of another version are refused. */
export const FEATURE_VERSION = 1;

const WORD_SALT = 1, STEM_SALT = 2, LEVEL_SALT = 3, EDGE_SALT = 4;
/** "failed", "failing", "failure" share their first four letters. */
const STEM_LENGTH = 4;
/** Lengths of the parts of the vector; chosen by leaving one family of programs out at a time. */
const STEM_WEIGHT = 0.5, LEVEL_WEIGHT = 0.5;
const EDGE = hashText('', EDGE_SALT);

/** Hashed words, pairs of neighbouring words (ends of the text included), stems and the line's level. Each part has a fixed length. */
export function lexicalFeatures({ text, level }: PatternText): SparseFeatures {
  const words = splitWords(text);
  const grams = new Set<number>();
  const stems = new Set<number>();
  let before = EDGE;
  for (const word of words) {
    const hash = hashText(word, WORD_SALT);
    grams.add(bucketOf(hash)).add(bucketOf(hashPair(before, hash)));
    before = hash;
    if (word.length > STEM_LENGTH) stems.add(bucketOf(hashText(word, STEM_SALT, STEM_LENGTH)));
  }
  grams.add(bucketOf(hashPair(before, EDGE)));
  const sum = new Map<number, number>();
  addAll(sum, grams, 1);
  addAll(sum, stems, STEM_WEIGHT);
  addAll(sum, [bucketOf(hashPair(LEVEL_SALT, level))], LEVEL_WEIGHT);
  const ids = Int32Array.from(sum.keys()).sort();
  return { ids, values: Float32Array.from(ids, (id) => sum.get(id) ?? 0) };
}

/** Adds a part of the given Euclidean length, spread evenly over its buckets. */
function addAll(sum: Map<number, number>, buckets: Iterable<number>, length: number): void {
  const list = [...buckets];
  const value = length / Math.sqrt(Math.max(1, list.length));
  for (const bucket of list) sum.set(bucket, (sum.get(bucket) ?? 0) + value);
}
