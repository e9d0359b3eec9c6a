import type { PatternTable } from '../contract/pattern.ts';
import type { VerdictColumns } from '../contract/view.ts';

/** Rows whose verdict will not change any more, as a share of all (0…1). */
export function finalShare(table: PatternTable | null, verdicts: VerdictColumns | null): number {
  if (table === null || verdicts === null) return 0;
  let final = 0, all = 0;
  for (let pattern = 0; pattern < table.count; pattern++) {
    all += table.rows[pattern];
    if (verdicts.final[pattern]) final += table.rows[pattern];
  }
  return all === 0 ? 1 : final / all;
}
