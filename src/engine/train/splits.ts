import type { Random } from './random.ts';
import { shuffle } from './random.ts';

/** Row indices of one round of testing: learn from `train`, ask about `test`. Both in rising order. */
export interface Fold {
  readonly name: string;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

type Group = string | number;

/**
 * k rounds in which every row is tested once and no group is on both sides, so that near-copies cannot vouch for each
 * other. Groups go, largest first (equal ones in drawn order), to the fold with fewest rows. Throws a RangeError where
 * there are fewer groups than folds.
 */
export function groupedKFold(groups: ArrayLike<Group>, k: number, random: Random): Fold[] {
  const members = rowsByGroup(groups);
  if (!(k >= 2) || members.size < k) throw new RangeError(`${members.size} groups cannot make ${k} folds`);
  const drawn = shuffle(Array.from(members.values()), random).sort((a, b) => b.length - a.length);
  const folds: number[][] = Array.from({ length: k }, () => []);
  for (const rows of drawn) {
    const smallest = folds.reduce((best, fold) => (fold.length < best.length ? fold : best));
    smallest.push(...rows);
  }
  return folds.map((rows, i) => fold(String(i), rows, groups.length));
}

/** One round per group, in order of first appearance: that group is tested, all others are learnt from. */
export function leaveOneGroupOut(groups: ArrayLike<Group>): Fold[] {
  const members = rowsByGroup(groups);
  if (members.size < 2) throw new RangeError('leaving a group out needs at least two');
  return Array.from(members, ([group, rows]) => fold(String(group), rows, groups.length));
}

function rowsByGroup(groups: ArrayLike<Group>): Map<Group, number[]> {
  const members = new Map<Group, number[]>();
  for (let i = 0; i < groups.length; i += 1) {
    const rows = members.get(groups[i]);
    if (rows) rows.push(i);
    else members.set(groups[i], [i]);
  }
  return members;
}

function fold(name: string, test: readonly number[], rows: number): Fold {
  const tested = new Uint8Array(rows);
  for (const row of test) tested[row] = 1;
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  return { name, train: all.filter((row) => tested[row] === 0), test: all.filter((row) => tested[row] === 1) };
}
