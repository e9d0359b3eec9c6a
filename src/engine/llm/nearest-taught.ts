import { UNCLASSIFIED } from '../../contract/category.ts';
import type { CheckLine } from '../../contract/llm.ts';
import type { ExampleView, NearestExamples } from '../../contract/model-api.ts';
import type { PatternText } from '../../contract/verdict.ts';
import { textName } from '../classify/text-name.ts';
import { UNREAD } from '../decide/votes.ts';
import type { Votes } from '../decide/votes.ts';
import { NEAREST_SHOWN } from './question.ts';

/** A pattern that the person labelled. */
export interface TaughtPattern extends PatternText {
  readonly label: string;
  /** L2-normalised; null where the encoder has not read it: then it is nobody's neighbour. */
  readonly vector: Float32Array | null;
  /** A message of it as it stands in the file; of files that are not open its masked text. */
  readonly message: string;
  /** Number in the open files' table, or -1. */
  readonly pattern: number;
}

/** A labelled message of the corpus with its cosine to what is asked about. */
export interface CorpusExample extends ExampleView {
  readonly cosine: number;
}

/** Row `at` of what the models said is nearest to n vectors. @param examples by index */
export function corpusNearest({ indices, cosines }: NearestExamples, k: number, at: number, examples: ReadonlyMap<number, ExampleView>): CorpusExample[] {
  return Array.from({ length: k }, (_, i) => at * k + i).flatMap((i) => {
    const example = examples.get(indices[i]);
    return example === undefined ? [] : [{ message: example.message, label: example.label, cosine: cosines[i] }];
  });
}

/**
 * Labelled messages nearest to a pattern, the nearest first: the person's corrections and the corpus, by cosine in hundredths (the
 * corpus is stored no finer), corrections before the corpus where they are equal. The pattern itself is not its neighbour, and no message comes twice.
 */
export function nearestOf(subject: PatternText, vector: Float32Array | null, taught: readonly TaughtPattern[], corpus: readonly CorpusExample[], k = NEAREST_SHOWN): ExampleView[] {
  const self = textName(subject);
  const own = taught.filter((one) => one.label !== UNCLASSIFIED && textName(one) !== self).flatMap((one) => {
    const cosine = vector === null || one.vector === null || one.vector.length !== vector.length ? NaN : dot(vector, one.vector);
    return Number.isNaN(cosine) ? [] : [{ message: one.message, label: one.label, cosine, order: textName(one) }];
  });
  own.sort((a, b) => rounded(b.cosine) - rounded(a.cosine) || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  // Array.prototype.sort is stable: corrections stay before the corpus, and the corpus in its own order.
  const all = [...own, ...corpus].sort((a, b) => rounded(b.cosine) - rounded(a.cosine));
  const seen = new Set<string>();
  const found: ExampleView[] = [];
  for (const { message, label } of all) {
    if (found.length === k) break;
    if (seen.has(message)) continue;
    seen.add(message);
    found.push({ message, label });
  }
  return found;
}

/**
 * The person's corrections in the open files as lines of a trial, each without itself: what the models said of it before they learnt
 * from anything, and what else is nearest. In an order that does not depend on the one in which they were taught.
 * @param corpus nearest messages of the corpus by pattern
 */
export function checkLinesOfTaught(taught: readonly TaughtPattern[], votes: Votes, corpus: (pattern: number) => readonly CorpusExample[]): CheckLine[] {
  const known = taught.filter(({ pattern, vector, label }) => pattern >= 0 && vector !== null && label !== UNCLASSIFIED && votes.read[pattern] !== UNREAD);
  return known.map((one) => ({ one, name: textName(one) })).sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ one }): CheckLine => {
    const { text, level, label, vector, pattern } = one;
    const vote = votes.untaught(pattern);
    return { text, level, label, vote: votes.classes[vote.label], voteConfidence: vote.confidence, nearest: nearestOf(one, vector, taught, corpus(pattern)) };
  });
}

function rounded(cosine: number): number {
  return Math.round(cosine * 100);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
