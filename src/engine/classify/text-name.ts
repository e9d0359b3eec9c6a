import type { PatternText } from '../../contract/verdict.ts';

/** Names what models are shown of a pattern: two texts of one name are the same question, and have the same vote. */
export function textName({ text, level }: PatternText): string {
  return `${level} ${text}`;
}
