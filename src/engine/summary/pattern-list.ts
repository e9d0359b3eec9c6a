import { byChange, CHANGES } from './compare.ts';
import type { Change, Comparison } from './compare.ts';
import type { Data } from './data.ts';
import type { PatternStats } from './pattern-stats.ts';
import type { Scope } from './scope.ts';

const SORT_COLUMNS = ['default', 'category', 'entries', 'burst', 'first', 'last', 'sources', 'level', 'confidence', 'decided', 'example', 'there', 'change'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}
export const DEFAULT_SORT: Sort = { column: 'default', descending: true };

/** How patterns compare with something else, and which of them are wanted: those with this change, or all that have rows. */
export interface Compared {
  readonly comparison: Comparison;
  readonly only: Change | null;
}

/**
 * Patterns with rows in scope, in the order asked for. Ties: problems, then burst, then rows, then first row; in a comparison
 * as `byChange`. What is gone has no rows, and is on the list only where it is asked for.
 */
export function patternList(data: Data, stats: PatternStats, scope: Scope, sort: Sort, compared: Compared | null = null): Uint32Array {
  const shown = new Uint32Array(data.table.count);
  let n = 0;
  const wanted = compared === null || compared.only === null ? null : CHANGES.indexOf(compared.only);
  for (let p = 0; p < data.table.count; p++) {
    if (scope.pattern[p] === 0 || (wanted !== null && compared?.comparison.change[p] !== wanted)) continue;
    if (stats.rows[p] > 0 || compared?.only === 'gone') shown[n++] = p;
  }
  const list = shown.subarray(0, n);
  const usual = compared === null ? usualOrder(data, stats) : byChange(compared.comparison, data.verdicts.problem);
  const key = sortKey(data, stats, sort.column, compared?.comparison ?? null);
  const sign = sort.descending ? -1 : 1;
  if (key === null) return list.sort((a, b) => (sort.descending ? usual(a, b) : usual(b, a)));
  if (typeof key === 'function') return list.sort((a, b) => sign * key(a, b) || usual(a, b));
  return list.sort((a, b) => compareNumbers(key[a], key[b], sign) || usual(a, b));
}

/** How many patterns `patternList` would show of each change, parallel to CHANGES. */
export function countChanges({ change }: Comparison, stats: PatternStats, scope: Scope): Float64Array {
  const counts = new Float64Array(CHANGES.length);
  const gone = CHANGES.indexOf('gone');
  for (let p = 0; p < change.length; p++) if (scope.pattern[p] === 1 && (stats.rows[p] > 0 || change[p] === gone)) counts[change[p]]++;
  return counts;
}

/** Problems first, then burst (new or more frequent inside a range), then rows. */
function usualOrder({ table, verdicts }: Data, stats: PatternStats): (a: number, b: number) => number {
  const surge = surgeOf(stats);
  return (a, b) => verdicts.problem[b] - verdicts.problem[a] || surge[b] - surge[a]
    || stats.rows[b] - stats.rows[a] || table.firstRow[a] - table.firstRow[b] || a - b;
}

/** Burst level, or within a range the doublings of the lift (new: above all). */
function surgeOf(stats: PatternStats): Float64Array {
  return Float64Array.from(stats.burst, (burst, p) => {
    const lift = stats.lift[p];
    if (Number.isNaN(lift)) return burst;
    return lift === Infinity ? 1000 : Math.floor(Math.log2(lift));
  });
}

/** Missing values (NaN) come last whatever the direction. */
function compareNumbers(a: number, b: number, sign: number): number {
  const missing = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (missing !== 0) return missing;
  return a === b || Number.isNaN(a) ? 0 : sign * (a < b ? -1 : 1);
}

function sortKey({ table, verdicts }: Data, stats: PatternStats, column: SortColumn, comparison: Comparison | null): ArrayLike<number> | ((a: number, b: number) => number) | null {
  switch (column) {
    case 'default': return null;
    case 'category': return (a, b) => compareText(verdicts.labels[verdicts.label[a]], verdicts.labels[verdicts.label[b]]);
    case 'entries': return stats.rows;
    case 'burst': return surgeOf(stats);
    case 'first': return Number.isNaN(table.firstTime[0]) ? table.firstRow : table.firstTime;
    case 'last': return Number.isNaN(table.lastTime[0]) ? table.lastRow : table.lastTime;
    case 'sources': return stats.sources;
    case 'level': return table.level;
    case 'confidence': return verdicts.confidence;
    case 'decided': return verdicts.decider;
    case 'there': return comparison?.there ?? null;
    case 'change': return comparison?.ratio ?? null;
    case 'example': return (a, b) => compareText(table.examples[a], table.examples[b]);
  }
}

/** By code unit: the same order on every machine, and fast. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
