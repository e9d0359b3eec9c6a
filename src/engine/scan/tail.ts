import type { KeyChange, KeyTable } from '../patterns/key-table.ts';

/** More rows than this at the end of a file are no unfinished entry; such a file is read anew when it grows. */
const MOST_ROWS = 1000;

/** How much of everything there was before it. */
export interface TailBefore {
  readonly sources: number;
  readonly labels: number;
  readonly problems: number;
  readonly problemCount: number;
}

/**
 * What was read at the end of a file only because the file ended there: where it grows, the last entry may go on. Notes enough to
 * take those rows back.
 */
export class Tail {
  /** Offset in the file, and physical line, of the first record that may go on. */
  readonly offset: number;
  readonly line: number;
  readonly before: TailBefore;
  readonly changes: KeyChange[] = [];
  /** Rule of each row, -1 for none. */
  readonly rules: number[] = [];

  constructor(offset: number, line: number, before: TailBefore) {
    this.offset = offset;
    this.line = line;
    this.before = before;
  }

  /** The rows are few enough to be taken back. */
  get small(): boolean {
    return this.rules.length < MOST_ROWS;
  }

  /** Notes a row before its key is counted. */
  note(rule: number, keys: KeyTable): void {
    this.rules.push(rule);
    if (!this.small) keys.journal = null;
  }
}
