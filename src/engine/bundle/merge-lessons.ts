import type { Lesson } from '../../contract/teach.ts';
import { keyName } from './decode-taught.ts';
import type { Conflict, Side } from './conflict.ts';
import { canonicalLessons } from './write-bundle.ts';

interface Pair {
  readonly mine: number;
  readonly theirs: number;
  /** Names of the keys that both claim. */
  readonly keys: Set<string>;
}

/**
 * Lessons of both. Where they agree about a key, theirs becomes part of mine; where they do not, the side that is chosen keeps
 * the keys that both claim, and the other keeps the rest.
 */
export function mergeLessons(mine: readonly Lesson[], theirs: readonly Lesson[], choose: (conflict: Conflict) => Side): Lesson[] {
  const ours = canonicalLessons(mine).map((lesson) => ({ ...lesson, keys: [...lesson.keys] }));
  const others = canonicalLessons(theirs).map((lesson) => ({ ...lesson, keys: [...lesson.keys] }));
  const owner = new Map(ours.flatMap(({ keys }, index) => keys.map((key) => [keyName(key), index] as const)));
  for (const { mine: index, theirs: other, keys } of quarrels(ours, others, owner)) {
    const kept = choose(conflictOf(ours[index], others[other], keys));
    const loser = kept === 'mine' ? others[other] : ours[index];
    loser.keys = loser.keys.filter((key) => !keys.has(keyName(key)));
    if (kept === 'theirs') for (const name of keys) owner.delete(name);
  }
  for (const lesson of others) {
    const home = lesson.keys.map((key) => owner.get(keyName(key))).find((index) => index !== undefined && agrees(ours[index], lesson));
    if (home === undefined) continue;
    // What mine says the same of, in whichever lesson, is there already.
    ours[home].keys.push(...lesson.keys.filter((key) => !owner.has(keyName(key))));
    lesson.keys = [];
  }
  return canonicalLessons([...others, ...ours]);
}

/** Pairs of lessons that claim the same keys and say different things of them. */
function quarrels(ours: readonly Lesson[], others: readonly Lesson[], owner: ReadonlyMap<string, number>): Pair[] {
  const pairs: Pair[] = [];
  others.forEach((lesson, theirs) => {
    const met = new Map<number, Set<string>>();
    for (const name of lesson.keys.map(keyName)) {
      const mine = owner.get(name);
      if (mine === undefined || agrees(ours[mine], lesson)) continue;
      const keys = met.get(mine) ?? new Set<string>();
      met.set(mine, keys.add(name));
    }
    for (const [mine, keys] of met) pairs.push({ mine, theirs, keys });
  });
  return pairs;
}

/** That one of them does not teach is no quarrel: what is in use stays as it is. */
function agrees(one: Lesson, other: Lesson): boolean {
  return one.label === other.label;
}

function conflictOf(mine: Lesson, theirs: Lesson, keys: ReadonlySet<string>): Conflict {
  const shared = mine.keys.find((key) => keys.has(keyName(key))) ?? mine.keys[0];
  return { id: `lesson ${keyName(shared)}`, kind: 'pattern', what: shared.text, mine: mine.label, theirs: theirs.label };
}
