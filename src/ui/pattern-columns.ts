import type { ColumnChoices, ColumnId } from '../contract/settings.ts';
import type { SortColumn } from '../engine/summary/pattern-list.ts';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Where the table is narrow. */
  readonly short: string;
  /** The order that a click on its title asks for. */
  readonly sort: SortColumn;
  /** Pixels; the column that grows takes what is left. */
  readonly width: number;
  readonly grows: boolean;
  /** Set flush right. */
  readonly number: boolean;
  /** Lower numbers stay longer as room gets scarce. */
  readonly rank: number;
  /** Only while patterns are compared with something. */
  readonly compared?: boolean;
}

export const COLUMNS: readonly Column[] = [
  { id: 'category', title: 'Category', short: 'Cat.', sort: 'category', width: 180, grows: false, number: false, rank: 0 },
  { id: 'entries', title: 'Entries', short: 'Entries', sort: 'entries', width: 82, grows: false, number: true, rank: 0 },
  { id: 'there', title: 'There', short: 'There', sort: 'there', width: 74, grows: false, number: true, rank: 1, compared: true },
  { id: 'change', title: 'Rate', short: 'Rate', sort: 'change', width: 62, grows: false, number: true, rank: 0, compared: true },
  { id: 'share', title: 'Share', short: 'Share', sort: 'entries', width: 56, grows: false, number: true, rank: 3 },
  { id: 'burst', title: 'When', short: 'When', sort: 'burst', width: 120, grows: false, number: false, rank: 1 },
  { id: 'first', title: 'First', short: 'First', sort: 'first', width: 64, grows: false, number: true, rank: 7 },
  { id: 'last', title: 'Last', short: 'Last', sort: 'last', width: 64, grows: false, number: true, rank: 8 },
  { id: 'sources', title: 'Sources', short: 'Sources', sort: 'sources', width: 138, grows: false, number: false, rank: 4 },
  { id: 'level', title: 'Log says', short: 'Log says', sort: 'level', width: 72, grows: false, number: false, rank: 6 },
  { id: 'confidence', title: 'Confid.', short: 'Confid.', sort: 'confidence', width: 64, grows: false, number: true, rank: 2 },
  { id: 'decided', title: 'Decided by', short: 'By', sort: 'decided', width: 84, grows: false, number: false, rank: 5 },
  { id: 'example', title: 'Example', short: 'Example', sort: 'example', width: 300, grows: true, number: false, rank: 0 },
];

/** Below this width categories show their letter only. */
export const NARROW = 560;
const GAP = 12;
const NARROW_CATEGORY = 48;
const NARROW_EXAMPLE = 120;

/**
 * The columns that fit into `width` pixels, by rank; a person's own choices come before that.
 * `timeWidth` is the width of a time as this log's times are written. `compared`: patterns are compared with something.
 */
export function columnsFor(width: number, choices: ColumnChoices, timeWidth: number, compared = false): Column[] {
  const narrow = width < NARROW;
  const fitted = COLUMNS.filter((column) => compared || column.compared !== true).map((column): Column => {
    if (column.id === 'first' || column.id === 'last') return { ...column, width: Math.max(column.width, Math.round(timeWidth)) };
    if (narrow && column.id === 'category') return { ...column, width: NARROW_CATEGORY };
    if (narrow && column.id === 'example') return { ...column, width: NARROW_EXAMPLE };
    return column;
  });
  const shown = new Set<ColumnId>();
  let room = width - GAP;
  for (const column of [...fitted].sort((a, b) => a.rank - b.rank)) {
    const fits = room >= column.width + GAP || column.rank === 0;
    if (!(choices[column.id] ?? fits)) continue;
    shown.add(column.id);
    room -= column.width + GAP;
  }
  return fitted.filter((column) => shown.has(column.id));
}
