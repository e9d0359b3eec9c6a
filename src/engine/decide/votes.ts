import { CATEGORY_NAMES } from '../../contract/category.ts';
import type { VoteBatch } from '../../contract/verdict.ts';
import { VOTERS } from '../../contract/verdict.ts';

/** How closely a pattern was read. */
export const UNREAD = 0;
export const LEXICAL = 1;
export const CLOSELY = 2;

/** Votes of all patterns, column-wise, filled in batch by batch. */
export class Votes {
  readonly read: Uint8Array;
  readonly probabilities: Float32Array;
  readonly choices: Uint8Array;
  readonly confidences: Float32Array;
  readonly neighbour: Int32Array;
  readonly similarity: Float32Array;
  readonly novelty: Float32Array;

  constructor(patterns: number) {
    this.read = new Uint8Array(patterns);
    this.probabilities = new Float32Array(patterns * CATEGORY_NAMES.length);
    this.choices = new Uint8Array(patterns * VOTERS.length).fill(255);
    this.confidences = new Float32Array(patterns * VOTERS.length);
    this.neighbour = new Int32Array(patterns).fill(-1);
    this.similarity = new Float32Array(patterns);
    this.novelty = new Float32Array(patterns);
  }

  /** Writes a batch's answers to their patterns. */
  set(patterns: readonly number[], batch: VoteBatch, read: typeof LEXICAL | typeof CLOSELY): void {
    const classes = CATEGORY_NAMES.length, voters = VOTERS.length;
    patterns.forEach((pattern, at) => {
      this.read[pattern] = read;
      this.probabilities.set(batch.probabilities.subarray(at * classes, (at + 1) * classes), pattern * classes);
      this.choices.set(batch.choices.subarray(at * voters, (at + 1) * voters), pattern * voters);
      this.confidences.set(batch.confidences.subarray(at * voters, (at + 1) * voters), pattern * voters);
      this.neighbour[pattern] = batch.neighbour[at];
      this.similarity[pattern] = batch.similarity[at];
      this.novelty[pattern] = batch.novelty[at];
    });
  }

  /** Likeliest category of a pattern and its probability. */
  best(pattern: number): { readonly label: number; readonly confidence: number } {
    const classes = CATEGORY_NAMES.length;
    let label = 0;
    for (let at = 1; at < classes; at++) if (this.probabilities[pattern * classes + at] > this.probabilities[pattern * classes + label]) label = at;
    return { label, confidence: this.probabilities[pattern * classes + label] };
  }
}
