import type { Remote } from 'comlink';
import type { PatternTable } from '../../contract/pattern.ts';
import type { ReaderApi } from '../../contract/reader-api.ts';
import type { Filter, RowView, VerdictColumns } from '../../contract/view.ts';

/** What teaching asks of whatever is open: the part of a session that it needs. */
export interface OpenLog {
  readonly files: readonly File[];
  readonly table: PatternTable | null;
  readonly verdicts: VerdictColumns | null;
  readonly threshold: number;
  /** Rows whose verdict will not change any more, as a share of all. */
  readonly finalShare: number;
  /** What goes wrong becomes an alert and rejects. */
  ask<T>(question: (api: Remote<ReaderApi>) => Promise<T>): Promise<T>;
  /** As `ReaderApi.rows`, with the verdicts of now. */
  rows(filter: Filter, from: number, count: number): Promise<readonly RowView[]>;
}
