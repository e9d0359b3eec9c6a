import type { RowView } from '../../contract/view.ts';

/** Rows that can be marked by hand; whoever means more means their pattern. */
export const MARKS_MAX = 200;

/** Rows marked in the list of rows. They are kept as they were read: the list lets go of pages that are far away. */
export class RowMarks {
  #marked = $state.raw<ReadonlyMap<number, RowView>>(new Map());

  get size(): number {
    return this.#marked.size;
  }

  get rows(): readonly RowView[] {
    return [...this.#marked.values()];
  }

  has(row: RowView | null): boolean {
    return row !== null && this.#marked.has(row.row);
  }

  toggle(row: RowView | null): void {
    if (row !== null) this.#set([row], !this.has(row));
  }

  /** Marks on from one row to the next; back over what was just marked takes the mark away. */
  extend(from: RowView | null, to: RowView | null): void {
    const back = from !== null && to !== null && from.row !== to.row && this.has(from) && this.has(to);
    this.#set([from, ...(back ? [] : [to])], !back);
  }

  clear(): void {
    if (this.size > 0) this.#marked = new Map();
  }

  #set(rows: readonly (RowView | null)[], on: boolean): void {
    const marked = new Map(this.#marked);
    for (const row of rows) {
      if (row === null) continue;
      if (!on) marked.delete(row.row);
      else if (marked.size < MARKS_MAX) marked.set(row.row, row);
    }
    this.#marked = marked;
  }
}
