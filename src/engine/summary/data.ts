import type { Cells, PatternTable } from '../../contract/pattern.ts';
import type { Truth } from '../../contract/truth.ts';
import type { VerdictColumns } from '../../contract/view.ts';

/** What every summary is computed from: nothing here grows with the rows of a log. */
export interface Data {
  readonly table: PatternTable;
  readonly cells: Cells;
  readonly verdicts: VerdictColumns;
  /** Labels that the files carry; none if left out. */
  readonly truth?: Truth | null;
}
