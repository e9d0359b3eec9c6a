import type { SlotValues } from '../../contract/teach.ts';
import { PLACEHOLDER, WILDCARD } from '../patterns/placeholder.ts';
import type { FinishedRun } from './finished-run.ts';
import { visitTokens } from './row-tokens.ts';
import { sampleOf } from './visit-rows.ts';

const VARIES = new RegExp(`<(?:${Object.keys(PLACEHOLDER).join('|')})>|[1-5]xx`);
/** Places told of a pattern: masked texts have more only where they are lists. */
const MOST_SLOTS = 50;
/** Values longer than this are none that a person would pick. */
const MOST_CHARS = 300;

/**
 * Values in the places in which a pattern's rows differ, most frequent first, at most `limit` a place; from all its rows, or
 * from a sample of many. A place is a token that holds a placeholder, or in which its keys differ.
 * @throws Failure 'file-unreadable'
 */
export async function slotValues(run: FinishedRun, pattern: number, limit: number): Promise<SlotValues[]> {
  const sample = sampleOf(run.inputs, run.scan.rows, run.rowsOfPattern(pattern));
  const slots = slotsOf(run, pattern).slice(0, MOST_SLOTS);
  const counts = slots.map(() => new Map<string, number>());
  let rows = 0;
  await visitTokens(run, sample, (tokens) => {
    rows++;
    slots.forEach(({ token }, at) => {
      const value = tokens[token];
      if (value !== undefined && value.length <= MOST_CHARS) counts[at].set(value, (counts[at].get(value) ?? 0) + 1);
    });
  });
  return slots.map((slot, at) => ({ ...slot, rows, values: mostFrequent(counts[at], limit) }));
}

/** Ties go to the value that was seen first. */
function mostFrequent(counts: ReadonlyMap<string, number>, limit: number): { value: string; rows: number }[] {
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, limit).map(([value, rows]) => ({ value, rows }));
}

/** Places that vary, of what all keys of the pattern have in common: a split shows its own values in its text. */
function slotsOf({ scan, merged }: FinishedRun, pattern: number): { token: number; shown: string }[] {
  const tokens = scan.keys.text(merged.firstKey[pattern]).split(' ');
  for (let key = 0; key < scan.keys.count; key++) {
    if (merged.patternOf[key] !== pattern) continue;
    const other = scan.keys.text(key).split(' ');
    for (let at = 0; at < tokens.length; at++) if (other[at] !== tokens[at]) tokens[at] = WILDCARD;
  }
  return tokens.flatMap((shown, token) => (shown === WILDCARD || VARIES.test(shown) ? [{ token, shown }] : []));
}
