import { readFileSync } from 'node:fs';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import type { ModelLimits } from '../../src/contract/model-limits.ts';
import { argmax, calibrationError, confidences, coverageAt, score } from '../../src/engine/train/metrics.ts';

const CLASSES = CATEGORY_NAMES.length;
/** What counts as a sure answer. */
const SURE = 0.9;
/** More digits would say more than so many messages can. */
const DIGITS = 4;

/** How often two readers who labelled apart from each other agreed: `training/corpus/agreement.json`. */
export interface Agreement {
  readonly messages: number;
  readonly agreed: number;
  /** By category: [times both gave the same label, messages]. */
  readonly perLabel: Readonly<Record<string, readonly [number, number]>>;
}

export function readAgreement(): Agreement {
  return JSON.parse(readFileSync(new URL('../corpus/agreement.json', import.meta.url), 'utf8')) as Agreement;
}

/**
 * What the page's help says of the models.
 * @param labels index into CATEGORY_NAMES by row @param voted rows × classes: the calibrated vote about families it had not learnt from
 */
export function limitsOf(labels: ArrayLike<number>, voted: Float32Array, agreement: Agreement): ModelLimits {
  const predicted = argmax(voted, CLASSES);
  const { accuracy, macroF1, perClass, confusion } = score(labels, predicted, CLASSES);
  const confidence = confidences(voted, CLASSES);
  const right = Array.from(predicted, (label, row) => label === labels[row]);
  const sure = coverageAt(confidence, right, SURE);
  return {
    messages: labels.length, accuracy: round(accuracy), macroF1: round(macroF1), calibrationError: round(calibrationError(confidence, right)),
    sure: { confidence: SURE, messages: confidence.filter((value) => value >= SURE).length, right: shareOf(sure.accuracy) },
    agreement: round(agreement.agreed / agreement.messages),
    categories: CATEGORY_NAMES.map((name, c) => {
      const [agreed, read] = agreement.perLabel[name] ?? [0, 0];
      const answers = confusion.reduce((sum, row) => sum + row[c], 0);
      const { support, precision, recall } = perClass[c];
      return { name, messages: support, precision: answers === 0 ? null : round(precision), recall: support === 0 ? null : round(recall), agreement: shareOf(agreed / read) };
    }),
  };
}

const round = (share: number): number => Number(share.toFixed(DIGITS));
/** null for a share of nothing. */
const shareOf = (share: number): number | null => (Number.isNaN(share) ? null : round(share));
