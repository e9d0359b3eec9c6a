import type { HttpClass, PatternTable } from '../../../src/contract/pattern.ts';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { VoteBatch } from '../../../src/contract/verdict.ts';
import { VOTERS } from '../../../src/contract/verdict.ts';

export interface Pattern {
  readonly text?: string;
  readonly rule?: number;
  readonly level?: number;
  readonly http?: HttpClass;
  readonly flags?: number;
  readonly rows?: number;
}

/** A pattern table of the given patterns; what is left out is none. */
export function patternsOf(patterns: readonly Pattern[]): PatternTable {
  const count = patterns.length;
  return {
    count, texts: patterns.map((pattern) => pattern.text ?? 'text'), examples: patterns.map((pattern) => pattern.text ?? 'text'),
    rows: Float64Array.from(patterns, (pattern) => pattern.rows ?? 1), firstRow: new Float64Array(count), lastRow: new Float64Array(count),
    firstTime: new Float64Array(count).fill(NaN), lastTime: new Float64Array(count).fill(NaN),
    level: Uint8Array.from(patterns, (pattern) => pattern.level ?? 0), http: Uint8Array.from(patterns, (pattern) => pattern.http ?? 0),
    rule: Int16Array.from(patterns, (pattern) => pattern.rule ?? -1), flags: Uint8Array.from(patterns, (pattern) => pattern.flags ?? 0),
  };
}

export interface Vote {
  readonly label: string;
  readonly confidence: number;
  readonly novelty?: number;
  /** What each voter says, in their order; '' where it does not vote. Default: all say `label`. */
  readonly says?: readonly string[];
}

export function batchOf(votes: readonly Vote[]): VoteBatch {
  const classes = CATEGORY_NAMES.length;
  const code = (label: string): number => (CATEGORY_NAMES as readonly string[]).indexOf(label);
  const batch: VoteBatch = {
    n: votes.length, probabilities: new Float32Array(votes.length * classes), choices: new Uint8Array(votes.length * VOTERS.length).fill(255),
    confidences: new Float32Array(votes.length * VOTERS.length), neighbour: new Int32Array(votes.length).fill(-1), similarity: new Float32Array(votes.length),
    novelty: Float32Array.from(votes, (vote) => vote.novelty ?? 0), classes: CATEGORY_NAMES, vectors: new Float32Array(0),
  };
  votes.forEach(({ label, confidence, says }, at) => {
    batch.probabilities.fill((1 - confidence) / (classes - 1), at * classes, (at + 1) * classes);
    batch.probabilities[at * classes + code(label)] = confidence;
    VOTERS.forEach((_, voter) => {
      const said = says === undefined ? label : says[voter];
      if (said !== '') batch.choices[at * VOTERS.length + voter] = code(said);
      batch.confidences[at * VOTERS.length + voter] = confidence;
    });
  });
  return batch;
}
