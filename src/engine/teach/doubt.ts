import { DECIDERS } from '../../contract/verdict.ts';

const PERSON = DECIDERS.indexOf('person');
const RULE = DECIDERS.indexOf('rule');
const NONE = DECIDERS.indexOf('none');

/** Chance that a rule is wrong of a pattern: none was of 327 in recorded logs and six public ones; (0 + 1) / (327 + 2), Laplace's rule. */
const RULE_DOUBT = 0.003;
/** Of patterns that a model was all but certain of, so many were not what it said (3 of 193 of a confidence above 0.99). */
const MODEL_DOUBT = 0.015;

/**
 * Chance that a pattern's verdict is wrong. Models are calibrated, but never trusted entirely: a confident answer about
 * very many rows deserves a question. An undecided pattern is wrong: hardly any line has no category.
 * @param decider index into DECIDERS
 */
export function doubtOf(decider: number, confidence: number): number {
  if (decider === PERSON) return 0;
  if (decider === RULE) return RULE_DOUBT;
  if (decider === NONE) return 1;
  return MODEL_DOUBT + (1 - MODEL_DOUBT) * (1 - Math.min(1, Math.max(0, confidence)));
}
