import type { PatternTable } from '../../contract/pattern.ts';
import type { VerdictColumns } from '../../contract/view.ts';

/** What else changed with the last thing that was taught. */
export interface Changes {
  /** Patterns whose label is another now, beside those that were taught; those with most rows first. */
  readonly patterns: readonly number[];
  readonly rows: number;
}

/** Compares labels by name: codes may have moved. @param without patterns that a person spoke about */
export function changesBetween(table: PatternTable, before: VerdictColumns, after: VerdictColumns, without: { has(pattern: number): boolean }): Changes {
  const patterns: number[] = [];
  let rows = 0;
  for (let pattern = 0; pattern < table.count; pattern++) {
    if (before.labels[before.label[pattern]] === after.labels[after.label[pattern]] || table.rows[pattern] === 0 || without.has(pattern)) continue;
    patterns.push(pattern);
    rows += table.rows[pattern];
  }
  return { patterns: patterns.sort((a, b) => table.rows[b] - table.rows[a] || a - b), rows };
}
