import type { PatternText } from '../../contract/verdict.ts';
import { MOSTLY_FOREIGN, foreignShare } from './foreign.ts';

/** A smaller share than this is a name, a quoted title or a file, and changes nothing. */
const LEAST_SHARE = 0.1;
/**
 * What a text that is mostly not English loses of its certainty: its probabilities are raised to 1 / TEMPERATURE and mixed with so
 * much of "any class alike". The voters never saw such words, so the mixture alone keeps them below 0.9 however sure they are; the
 * temperature is round, not fitted: on test/fixtures/languages it takes confidence to about what comes true.
 */
const TEMPERATURE = 2;
const ANY_CLASS = 0.15;

/** How much the language of a text is to be doubted: 0 = English … 1 = mostly not. */
export function languageDoubt(text: string): number {
  return Math.min(1, Math.max(0, (foreignShare(text) - LEAST_SHARE) / (MOSTLY_FOREIGN - LEAST_SHARE)));
}

/**
 * Calibrated probabilities (n × classes), less sure where a text is not English. Rows of English texts keep their bits; the label never
 * changes. @param doubts `languageDoubt` by row
 */
export function dampForeign(probabilities: Float32Array, doubts: ArrayLike<number>, classes: number): Float32Array {
  const out = probabilities.slice();
  for (let row = 0; row < doubts.length; row++) {
    if (doubts[row] > 0) dampRow(out.subarray(row * classes, (row + 1) * classes), doubts[row]);
  }
  return out;
}

function dampRow(row: Float32Array, doubt: number): void {
  const power = 1 / (1 + doubt * (TEMPERATURE - 1));
  const raised = Float64Array.from(row, (p) => Math.pow(p, power));
  const sum = raised.reduce((a, b) => a + b, 0);
  const mixed = doubt * ANY_CLASS;
  raised.forEach((p, c) => { row[c] = ((1 - mixed) * p) / sum + mixed / row.length; });
}

/** `languageDoubt` of each of a batch. */
export function languageDoubts(batch: readonly PatternText[]): Float32Array {
  return Float32Array.from(batch, ({ text }) => languageDoubt(text));
}
