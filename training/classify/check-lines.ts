import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import type { StoredCheckLine } from '../../src/engine/llm/check-lines.ts';
import { createRandom, shuffle } from '../../src/engine/train/random.ts';
import type { Corpus } from './corpus.ts';
import type { HeldOut } from './held-out.ts';
import { CLASSES } from './voters.ts';

/** Lines that a language model is tried on. */
const LINES = 96;
const SEED = 96;
/** A vote below this is one that a person would be asked about, or a language model. */
const UNSURE = 0.6;
/** Labelled messages shown with each. */
const SHOWN = 5;

/** A vote about families that it had not learnt from. */
interface Guess {
  readonly label: number;
  readonly confidence: number;
}

/**
 * Draws the lines, without looking at who is right: the categories in turn; every other line from those where the vote about families
 * not learnt from is unsure; of the families that have such messages one that was taken least often; then any message of them.
 * @param voted calibrated probabilities of that vote, rows × classes
 */
export function drawCheckLines(corpus: Corpus, heldOut: HeldOut, voted: Float32Array): StoredCheckLine[] {
  const guesses = corpus.messages.map((_, row) => guessOf(voted.subarray(row * CLASSES, (row + 1) * CLASSES)));
  const order = shuffle(corpus.messages.map((_, row) => row), createRandom(SEED));
  const taken = new Set<string>();
  const families = new Map<string, number>();
  const drawn: number[] = [];
  for (let at = 0; at < LINES; at++) {
    const fits = order.filter((row) => corpus.labels[row] === at % CLASSES && (guesses[row].confidence < UNSURE) === (at % 2 === 0) && !taken.has(corpus.patterns[row].text));
    const uses = (row: number): number => families.get(corpus.families[row]) ?? 0;
    const row = fits.reduce((best, one) => (uses(one) < uses(best) ? one : best));
    taken.add(corpus.patterns[row].text);
    families.set(corpus.families[row], uses(row) + 1);
    drawn.push(row);
  }
  return drawn.map((row) => lineOf(row, guesses[row], corpus, heldOut));
}

function guessOf(probabilities: Float32Array): Guess {
  const confidence = Math.max(...probabilities);
  return { label: probabilities.indexOf(confidence), confidence };
}

function lineOf(row: number, { label, confidence }: Guess, corpus: Corpus, { nearest }: HeldOut): StoredCheckLine {
  return {
    text: corpus.messages[row].message, level: corpus.patterns[row].level, label: CATEGORY_NAMES[corpus.labels[row]],
    // Rounded down, so that unsure stays unsure.
    vote: CATEGORY_NAMES[label], voteConfidence: Math.floor(confidence * 1000) / 1000,
    // Not of the other families of its fold either, which the vote had not learnt from: nobody knows more than the others.
    nearest: [...nearest[row].subarray(0, SHOWN)],
  };
}

/** How the lines turned out: right answers of vote and nearest message, among the unsure and among the others. */
export function checkFigures(lines: readonly StoredCheckLine[], labels: ArrayLike<number>): string {
  const count = (some: readonly StoredCheckLine[]): string => `${some.length} lines, vote right on ${some.filter(({ vote, label }) => vote === label).length}, `
    + `nearest message on ${some.filter(({ nearest, label }) => CATEGORY_NAMES[labels[nearest[0]]] === label).length}`;
  const unsure = lines.filter(({ voteConfidence }) => voteConfidence < UNSURE);
  return `Lines to try a language model on: ${count(lines)}; where the vote is unsure: ${count(unsure)}`;
}
