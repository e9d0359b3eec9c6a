import type { LlmSaid } from '../../contract/llm.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';

const MODEL = DECIDERS.indexOf('model');

/** Patterns that the vote is sure of and a reviewer has not looked at yet. */
export function surePatterns(table: PatternTable, verdicts: VerdictColumns, answers: ReadonlyMap<number, LlmSaid>): number {
  let sure = 0;
  for (let pattern = 0; pattern < table.count; pattern++) if (verdicts.decider[pattern] === MODEL && table.rows[pattern] > 0 && !answers.has(pattern)) sure++;
  return sure;
}
