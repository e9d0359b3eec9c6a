import type { Dialect, Role } from '../contract/dialect.ts';
import type { SniffedFiles } from './read-run.ts';
import { unclearFile, withRoles } from './columns.ts';
import { previewRows } from './preview.ts';

export interface Question {
  readonly kind: 'message-column';
  readonly columns: readonly string[];
  readonly preview: readonly (readonly string[])[];
}

/** The files that are open and how each is read. */
export class Inputs {
  files = $state.raw<readonly File[]>([]);
  /** Of the file that the column dialog shows: the first that is unclear, else the first. */
  dialect = $state.raw<Dialect | null>(null);
  preview = $state.raw<readonly (readonly string[])[]>([]);
  question = $state.raw<Question | null>(null);
  dialects: readonly Dialect[] = [];
  private heads: readonly string[] = [];
  private shown = 0;

  take(readable: SniffedFiles['readable']): void {
    this.files = readable.map((one) => one.file);
    this.heads = readable.map((one) => one.head);
    this.dialects = readable.map((one) => one.dialect);
  }

  /** Other columns for the file that is shown, and for those like it. */
  change(roles: Partial<Record<Role, number>>, header?: boolean): void {
    this.dialects = withRoles(this.dialects, this.shown, roles, header);
  }

  /** Shows a file's columns; returns the file whose message column must be asked for, null if all are clear. */
  ask(): File | null {
    const unclear = unclearFile(this.dialects);
    this.shown = Math.max(0, unclear);
    this.dialect = this.dialects[this.shown];
    this.preview = previewRows(this.heads[this.shown], this.dialect);
    this.question = unclear < 0 ? null : { kind: 'message-column', columns: this.dialect.columns, preview: this.preview };
    return unclear < 0 ? null : this.files[unclear];
  }

  /** Files that are looked at, or none. */
  reset(files: readonly File[]): void {
    this.files = files;
    this.dialect = null;
    this.preview = [];
    this.question = null;
    this.dialects = [];
    this.heads = [];
    this.shown = 0;
  }
}
