import { DECIDERS } from '../../contract/verdict.ts';
import { UNSURE } from '../../contract/view.ts';
import type { Data } from './data.ts';
import type { Scope } from './scope.ts';

/** Rows in scope, cut in several ways. */
export interface Totals {
  readonly rows: number;
  readonly problems: number;
  /** By label code. */
  readonly byLabel: Float64Array;
  readonly patternsByLabel: Float64Array;
  /** Parallel to DECIDERS. */
  readonly byDecider: Float64Array;
  /** Parallel to UNSURE: why rows are Unclassified; index 0 counts the rows that are not. */
  readonly byUnsure: Float64Array;
  /** Rows whose verdict will not change any more. */
  readonly final: number;
  readonly patterns: number;
}

/** Rows per pattern for the cells in scope: every other total follows from it. With true labels and a source or range at once: at most so many. */
export function rowsPerPattern({ table, cells }: Data, scope: Scope): Float64Array {
  const rows = new Float64Array(table.count);
  for (let i = 0; i < cells.rows.length; i++) {
    const bin = cells.bin[i];
    if (bin < scope.firstBin || bin > scope.lastBin || scope.source[cells.source[i]] === 0) continue;
    rows[cells.pattern[i]] += cells.rows[i];
  }
  return passingRows(rows, scope);
}

/** As `rowsPerPattern`, where the rows of the sources and bins in scope have been summed already; those are not changed. */
export function passingRows(rows: Float64Array, { pattern, truthRows }: Scope): Float64Array {
  const passing = rows.slice();
  for (let p = 0; p < rows.length; p++) {
    if (pattern[p] === 0) passing[p] = 0;
    else if (truthRows !== null) passing[p] = Math.min(rows[p], truthRows[p]);
  }
  return passing;
}

/** Sums `rows` (per pattern) by label, decider and reason for being unclassified. */
export function totalsOf({ verdicts }: Data, rows: Float64Array): Totals {
  const byLabel = new Float64Array(verdicts.labels.length);
  const patternsByLabel = new Float64Array(verdicts.labels.length);
  const byDecider = new Float64Array(DECIDERS.length);
  const byUnsure = new Float64Array(UNSURE.length);
  let sum = 0;
  let problems = 0;
  let final = 0;
  let patterns = 0;
  for (let p = 0; p < rows.length; p++) {
    const n = rows[p];
    if (n === 0) continue;
    sum += n;
    patterns++;
    byLabel[verdicts.label[p]] += n;
    patternsByLabel[verdicts.label[p]]++;
    byDecider[verdicts.decider[p]] += n;
    byUnsure[verdicts.unsure[p]] += n;
    if (verdicts.problem[p] === 1) problems += n;
    if (verdicts.final[p] === 1) final += n;
  }
  return { rows: sum, problems, byLabel, patternsByLabel, byDecider, byUnsure, final, patterns };
}
