import type { Data } from './data.ts';
import { textFinder } from './scope.ts';
import type { Scope } from './scope.ts';

export interface MatrixRow {
  /** Index into Cells.sources; -1 for the row that sums the others. */
  readonly source: number;
  readonly total: number;
  readonly problems: number;
  /** Rows by label code. */
  readonly byLabel: Float64Array;
}

export interface Matrix {
  /** Most problems first, then most rows. */
  readonly rows: readonly MatrixRow[];
  /** The sources beyond the limit, summed. */
  readonly others: MatrixRow | null;
  readonly otherCount: number;
  /** Sources with any row in scope. */
  readonly sourceCount: number;
  /** The fullest single cell of `rows`. */
  readonly max: number;
}

/** Sources shown by themselves: what fits on a screen without scrolling. */
const MATRIX_LIMIT = 20;

/** Rows by source × label for the cells in scope; `search` narrows the sources by name. */
export function matrixOf({ cells, verdicts }: Data, scope: Scope, search = '', limit = MATRIX_LIMIT): Matrix {
  const labels = verdicts.labels.length;
  const counts = new Float64Array(cells.sources.length * labels);
  const total = new Float64Array(cells.sources.length);
  const problems = new Float64Array(cells.sources.length);
  for (let i = 0; i < cells.rows.length; i++) {
    const p = cells.pattern[i];
    const source = cells.source[i];
    const bin = cells.bin[i];
    if (scope.pattern[p] === 0 || scope.source[source] === 0 || bin < scope.firstBin || bin > scope.lastBin) continue;
    counts[source * labels + verdicts.label[p]] += cells.rows[i];
    total[source] += cells.rows[i];
    if (verdicts.problem[p] === 1) problems[source] += cells.rows[i];
  }
  const finds = textFinder(search);
  const present: number[] = [];
  for (let s = 0; s < total.length; s++) if (total[s] > 0 && finds(cells.sources[s])) present.push(s);
  present.sort((a, b) => problems[b] - problems[a] || total[b] - total[a] || a - b);
  const rowOf = (source: number): MatrixRow => ({
    source, total: total[source], problems: problems[source], byLabel: counts.subarray(source * labels, (source + 1) * labels),
  });
  const rows = present.slice(0, limit).map(rowOf);
  const rest = present.slice(limit);
  return {
    rows, others: rest.length === 0 ? null : sumRows(rest.map(rowOf), labels), otherCount: rest.length, sourceCount: present.length,
    max: rows.reduce((max, row) => row.byLabel.reduce((a, b) => Math.max(a, b), max), 0),
  };
}

function sumRows(rows: readonly MatrixRow[], labels: number): MatrixRow {
  const byLabel = new Float64Array(labels);
  let total = 0;
  let problems = 0;
  for (const row of rows) {
    total += row.total;
    problems += row.problems;
    for (let l = 0; l < labels; l++) byLabel[l] += row.byLabel[l];
  }
  return { source: -1, total, problems, byLabel };
}
