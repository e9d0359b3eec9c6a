import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { LearnFrom, Refit, VotedBatch } from '../../../src/contract/teach.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

export const CLASSES = CATEGORY_NAMES.length;
export const DIMS = 8;

const WORDS = ['disk', 'queue', 'worker', 'order', 'login', 'token', 'cache', 'shard', 'timeout', 'failed', 'done', 'slow', '<num>', '<ip>', 'replica', 'invoice'];

/** Made-up patterns with random vectors, words and votes. */
export function randomPatterns(count: number, seed = 1): VotedBatch {
  const random = createRandom(seed);
  const texts = Array.from({ length: count }, (_, at) => ({
    text: `${Array.from({ length: 4 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')} ${at}`, level: Math.floor(random() * 4),
  }));
  const vectors = Float32Array.from({ length: count * DIMS }, () => random() - 0.5);
  const probabilities = Float32Array.from({ length: count * CLASSES }, () => random() ** 4 + 1e-3);
  scaleRows(vectors, DIMS, (row) => Math.hypot(...row));
  scaleRows(probabilities, CLASSES, (row) => row.reduce((a, b) => a + b, 0));
  return { patterns: Uint32Array.from({ length: count }, (_, at) => at), texts, vectors, probabilities };
}

function scaleRows(values: Float32Array, width: number, size: (row: Float32Array) => number): void {
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    const by = size(row);
    row.forEach((value, i) => (row[i] = value / by));
  }
}

/** The patterns of a batch at the given places. */
export function pick({ patterns, texts, vectors, probabilities }: VotedBatch, places: readonly number[]): VotedBatch {
  const dims = vectors.length / patterns.length, classes = probabilities.length / patterns.length;
  const rows = (values: Float32Array, width: number) => Float32Array.from(places.flatMap((at) => [...values.subarray(at * width, (at + 1) * width)]));
  return { patterns: Uint32Array.from(places, (at) => patterns[at]), texts: places.map((at) => texts[at]), vectors: rows(vectors, dims), probabilities: rows(probabilities, classes) };
}

export function lesson(batch: VotedBatch, at: number, label: string): LearnFrom {
  return { ...batch.texts[at], label, vector: null };
}

/** Probability of a label for a pattern after learning; 0 if the label is none of the classes. */
export function chance(refit: Refit, pattern: number, label: string): number {
  const row = refit.patterns.indexOf(pattern), width = refit.classes.length;
  return refit.classes.includes(label) ? refit.probabilities[row * width + refit.classes.indexOf(label)] : 0;
}

/** All probabilities of a pattern. */
export function sharesOf(refit: Refit, pattern: number): Float32Array {
  const row = refit.patterns.indexOf(pattern), width = refit.classes.length;
  return refit.probabilities.slice(row * width, (row + 1) * width);
}
