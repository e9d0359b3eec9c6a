import type { PatternText } from '../contract/verdict.ts';
import { UNREAD } from '../engine/decide/votes.ts';
import type { Votes } from '../engine/decide/votes.ts';

/** Copies votes from one pattern table to another: a vote is a function of the text and its level, so it need not be cast again. */
export function carryVotes(from: Votes, fromTexts: readonly PatternText[], to: Votes, toTexts: readonly PatternText[]): void {
  if (from.classes.join('\n') !== to.classes.join('\n')) return;
  const known = new Map<string, number>();
  fromTexts.forEach((one, pattern) => {
    if (from.read[pattern] !== UNREAD) known.set(identity(one), pattern);
  });
  toTexts.forEach((one, pattern) => {
    const old = known.get(identity(one));
    if (old !== undefined) to.copy(pattern, from, old);
  });
}

/** Two texts with the same identity are the same question. */
export function identity({ text, level }: PatternText): string {
  return `${level} ${text}`;
}
