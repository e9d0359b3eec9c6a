import type { FinishedRun } from './finished-run.ts';
import { visitTokens } from './row-tokens.ts';

/** Rows looked at: of different keys first, then evenly spaced. */
const CANDIDATES = 64;

/**
 * Rows of a pattern that differ most from one another, at most `count`: its first one, then ever the one that has fewest
 * values in common with those chosen (farthest-first; Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985).
 * @throws Failure 'file-unreadable'
 */
export async function differingRows(run: FinishedRun, pattern: number, count: number): Promise<number[]> {
  const rows: number[] = [];
  const tokens: (readonly string[])[] = [];
  await visitTokens(run, candidatesOf(run, pattern), (values, row) => {
    rows.push(row);
    tokens.push(values);
  });
  const distance = rows.map(() => Infinity);
  const chosen: number[] = [];
  for (let next = 0; chosen.length < count && next >= 0; ) {
    chosen.push(next);
    tokens.forEach((values, at) => (distance[at] = Math.min(distance[at], differing(values, tokens[next]))));
    const farthest = Math.max(...distance);
    // The same message again shows nothing.
    next = farthest > 0 ? distance.indexOf(farthest) : -1;
  }
  return rows.length === 0 ? [] : chosen.map((at) => rows[at]);
}

function candidatesOf(run: FinishedRun, pattern: number): Uint32Array {
  const { scan, merged } = run;
  const firsts: number[] = [];
  for (let key = 0; key < scan.keys.count; key++) if (merged.patternOf[key] === pattern && scan.keys.rows[key] > 0) firsts.push(scan.keys.firstRow[key]);
  const rows = new Set([...spaced(firsts), ...spaced(run.rowsOfPattern(pattern))]);
  return Uint32Array.from(rows).sort();
}

function spaced(rows: ArrayLike<number>): number[] {
  const count = Math.min(CANDIDATES, rows.length);
  return Array.from({ length: count }, (_, at) => rows[Math.floor((at * rows.length) / count)]);
}

function differing(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < Math.max(one.length, other.length); at++) if (one[at] !== other[at]) count++;
  return count;
}
