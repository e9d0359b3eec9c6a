import { CATEGORY_NAMES } from '../../contract/category.ts';
import type { Refit } from '../../contract/teach.ts';
import type { VoteBatch } from '../../contract/verdict.ts';
import { VOTERS } from '../../contract/verdict.ts';

/** How closely a pattern was read. */
export const UNREAD = 0;
export const LEXICAL = 1;
export const CLOSELY = 2;

/** Votes of all patterns, column-wise, filled in batch by batch; and, on top, what was learnt from a person's corrections. */
export class Votes {
  /** Classes of `probabilities`. */
  readonly classes: readonly string[];
  readonly read: Uint8Array;
  readonly probabilities: Float32Array;
  readonly choices: Uint8Array;
  readonly confidences: Float32Array;
  readonly neighbour: Int32Array;
  readonly similarity: Float32Array;
  readonly novelty: Float32Array;
  /** The encoder's vector by pattern, as it came; null where it has not read it. */
  readonly vectors: (Float32Array | null)[];
  private learnt: { readonly classes: readonly string[]; readonly rowOf: Int32Array; readonly probabilities: Float32Array } | null = null;

  constructor(patterns: number, classes: readonly string[] = CATEGORY_NAMES) {
    this.classes = classes;
    this.read = new Uint8Array(patterns);
    this.probabilities = new Float32Array(patterns * classes.length);
    this.choices = new Uint8Array(patterns * VOTERS.length).fill(255);
    this.confidences = new Float32Array(patterns * VOTERS.length);
    this.neighbour = new Int32Array(patterns).fill(-1);
    this.similarity = new Float32Array(patterns);
    this.novelty = new Float32Array(patterns);
    this.vectors = new Array<Float32Array | null>(patterns).fill(null);
  }

  /** Writes a batch's answers to their patterns. The batch may know fewer classes, never others. */
  set(patterns: readonly number[], batch: VoteBatch, read: typeof LEXICAL | typeof CLOSELY): void {
    const from = batch.classes.length, to = this.classes.length, voters = VOTERS.length, dims = batch.vectors.length / batch.n;
    patterns.forEach((pattern, at) => {
      this.read[pattern] = read;
      this.probabilities.set(batch.probabilities.subarray(at * from, (at + 1) * from), pattern * to);
      this.choices.set(batch.choices.subarray(at * voters, (at + 1) * voters), pattern * voters);
      this.confidences.set(batch.confidences.subarray(at * voters, (at + 1) * voters), pattern * voters);
      this.neighbour[pattern] = batch.neighbour[at];
      this.similarity[pattern] = batch.similarity[at];
      this.novelty[pattern] = batch.novelty[at];
      if (dims > 0) this.vectors[pattern] = batch.vectors.subarray(at * dims, (at + 1) * dims);
    });
  }

  /** Takes over what `other` knows of a pattern: the same text has the same vote. */
  copy(pattern: number, other: Votes, from: number): void {
    const classes = this.classes.length, voters = VOTERS.length;
    this.read[pattern] = other.read[from];
    this.probabilities.set(other.probabilities.subarray(from * classes, (from + 1) * classes), pattern * classes);
    this.choices.set(other.choices.subarray(from * voters, (from + 1) * voters), pattern * voters);
    this.confidences.set(other.confidences.subarray(from * voters, (from + 1) * voters), pattern * voters);
    this.neighbour[pattern] = other.neighbour[from];
    this.similarity[pattern] = other.similarity[from];
    this.novelty[pattern] = other.novelty[from];
    this.vectors[pattern] = other.vectors[from];
  }

  /** The same patterns before any vote, for models with other classes; what the encoder has read stays read. */
  anew(classes: readonly string[]): Votes {
    const votes = new Votes(this.read.length, classes);
    this.vectors.forEach((vector, pattern) => (votes.vectors[pattern] = vector));
    return votes;
  }

  /** What the encoder has read counts as read by the word model alone: another back end is to read all of it again. */
  forgetEncoder(): void {
    this.vectors.fill(null);
    this.read.forEach((read, pattern) => { if (read === CLOSELY) this.read[pattern] = LEXICAL; });
  }

  /** From now on `best` answers as the models do after learning; null: as before anything was taught. */
  learn(refit: Refit | null): void {
    if (refit === null) {
      this.learnt = null;
      return;
    }
    const rowOf = new Int32Array(this.read.length).fill(-1);
    refit.patterns.forEach((pattern, row) => (rowOf[pattern] = row));
    this.learnt = { classes: refit.classes, rowOf, probabilities: refit.probabilities };
  }

  /** Names of the classes that `best` answers with. */
  get answers(): readonly string[] {
    return this.learnt?.classes ?? this.classes;
  }

  /** Probabilities of a pattern, by `answers`. */
  of(pattern: number): Float32Array {
    const { learnt } = this;
    const row = learnt?.rowOf[pattern] ?? -1;
    const classes = this.classes.length;
    if (learnt === null || row < 0) return this.probabilities.subarray(pattern * classes, (pattern + 1) * classes);
    return learnt.probabilities.subarray(row * learnt.classes.length, (row + 1) * learnt.classes.length);
  }

  /** Likeliest class of a pattern (index into `answers`) and its probability. */
  best(pattern: number): { readonly label: number; readonly confidence: number } {
    return likeliest(this.of(pattern));
  }

  /** The same before the models learnt from the person: index into `classes`. */
  untaught(pattern: number): { readonly label: number; readonly confidence: number } {
    const classes = this.classes.length;
    return likeliest(this.probabilities.subarray(pattern * classes, (pattern + 1) * classes));
  }
}

function likeliest(probabilities: Float32Array): { readonly label: number; readonly confidence: number } {
  let label = 0;
  for (let at = 1; at < probabilities.length; at++) if (probabilities[at] > probabilities[label]) label = at;
  return { label, confidence: probabilities[label] };
}
