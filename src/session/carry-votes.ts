import type { PatternText } from '../contract/verdict.ts';
import { textName } from '../engine/classify/text-name.ts';
import { CLOSELY, UNREAD } from '../engine/decide/votes.ts';
import type { Votes } from '../engine/decide/votes.ts';

/** What is known of one table's patterns. */
export interface Voted {
  readonly votes: Votes;
  readonly texts: readonly PatternText[];
}

/**
 * Copies votes from one pattern table to another: a vote is a function of the text and its level, so it need not be cast again. Nothing
 * stays that a fresh reading would not come to: patterns that rules decide get no vote, those past `cap` no close one.
 * @param open patterns of the new table that models decide, those with most rows first
 */
export function carryVotes(from: Voted, to: Voted, open: readonly number[], cap: number): void {
  const sameClasses = from.votes.classes.join('\n') === to.votes.classes.join('\n');
  const known = new Map<string, number>();
  from.texts.forEach((one, pattern) => {
    const name = textName(one);
    const other = known.get(name);
    const better = other === undefined ? 1 : from.votes.read[pattern] - from.votes.read[other];
    if (other === undefined || better > 0 || (better === 0 && from.votes.vectors[other] === null)) known.set(name, pattern);
  });
  const rank = new Map(open.map((pattern, at) => [pattern, at]));
  to.texts.forEach((one, pattern) => {
    const old = known.get(textName(one));
    const at = rank.get(pattern);
    if (old === undefined) return;
    const read = from.votes.read[old];
    const close = at === undefined || at < cap;
    if (sameClasses && at !== undefined && read !== UNREAD && (close || read !== CLOSELY)) to.votes.copy(pattern, from.votes, old);
    else if (close) to.votes.vectors[pattern] = from.votes.vectors[old];
  });
}
