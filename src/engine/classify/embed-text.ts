import type { PatternText } from '../../contract/verdict.ts';

/** What the encoder is shown of a pattern. The heads were trained on vectors of exactly this text. */
export function embedText(pattern: PatternText): string {
  return pattern.text;
}
