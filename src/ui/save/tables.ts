import { LEVELS } from '../../contract/level.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { View } from '../../session/view.svelte.ts';
import { count, fullTime, share } from '../format.ts';
import { sourceName } from '../source-name.ts';
import { markdownTable } from './copy-table.ts';

/** More are no table to paste somewhere. */
const MOST_PATTERNS = 100;

/** Entries by category, as Markdown. */
export function totalsTable({ totals, data }: View): string {
  if (totals === null || data === null) return '';
  const rows = data.verdicts.labels.flatMap((label, code) => (totals.byLabel[code] === 0 ? [] : [[label, count(totals.byLabel[code]), share(totals.byLabel[code], totals.rows)]]));
  return markdownTable(['Category', 'Entries', 'Share'], rows, [1, 2]);
}

/** Sources by category, as Markdown. */
export function sourcesTable({ matrix, data }: View): string {
  if (matrix === null || data === null) return '';
  const rows = matrix.others === null ? matrix.rows : [...matrix.rows, matrix.others];
  const codes = [...data.verdicts.labels.keys()].filter((code) => rows.some(({ byLabel }) => byLabel[code] > 0));
  const body = rows.map((row) => [row.source < 0 ? `other ${count(matrix.otherCount)}` : sourceName(data.cells.sources[row.source]), count(row.total), count(row.problems), ...codes.map((code) => count(row.byLabel[code]))]);
  return markdownTable(['Source', 'Entries', 'Problems', ...codes.map((code) => data.verdicts.labels[code])], body, [1, 2, ...codes.map((_, at) => at + 3)]);
}

/** The patterns of the list, in its order, as Markdown: masked text, no examples. */
export function patternsTable({ data, stats, order }: View): string {
  if (data === null || stats === null) return '';
  const { table, verdicts } = data;
  const timed = table.firstTime.some((time) => !Number.isNaN(time));
  const rows = [...order.subarray(0, MOST_PATTERNS)].map((pattern) => [
    `${verdicts.problem[pattern] === 1 ? '▲ ' : ''}${verdicts.labels[verdicts.label[pattern]]}`, count(stats.rows[pattern]), ...(timed ? [fullTime(table.firstTime[pattern]).slice(0, 19), fullTime(table.lastTime[pattern]).slice(0, 19)] : []),
    LEVELS[table.level[pattern]], DECIDERS[verdicts.decider[pattern]], verdicts.confidence[pattern].toFixed(2), table.texts[pattern],
  ]);
  return markdownTable(['Category', 'Entries', ...(timed ? ['First', 'Last'] : []), 'Log says', 'Decided by', 'Confidence', 'Pattern'], rows, [1]);
}
