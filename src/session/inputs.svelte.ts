import type { Dialect } from '../contract/dialect.ts';
import { unclearFile } from './columns.ts';
import { OwnFormats } from './own-formats.svelte.ts';
import { inputName } from './read-choice.ts';
import type { Input } from './read-choice.ts';
import type { SniffedFiles } from './read-run.ts';

/** Which file must be asked about: no column of it is clearly the message. */
export interface Question {
  readonly kind: 'message-column';
  readonly at: number;
}

/** A file that was taken out, and where it stood. */
export interface TakenOut extends Input {
  readonly at: number;
}

/** The files that are open and how each is read. */
export class Inputs {
  files = $state.raw<readonly File[]>([]);
  /** Parallel to `files`, once they have been looked at. */
  list = $state.raw<readonly Input[]>([]);
  /** Parallel to `list`; another array whenever anything about the files changes. */
  dialects: readonly Dialect[] = [];
  question = $state.raw<Question | null>(null);
  /** Of the file that is shown: the first that is unclear, else the first. */
  shown = $state(0);
  /** Formats that the person described, for as long as the page is open. */
  readonly own = new OwnFormats();

  get dialect(): Dialect | null {
    return this.list.length === 0 ? null : this.list[this.shown].dialect;
  }

  get names(): readonly string[] {
    return this.list.length === 0 ? this.files.map(({ name }) => name) : this.list.map(({ file, dialect }) => inputName(file, dialect.member));
  }

  /** What each file is read as, in words, each once. */
  get formats(): readonly string[] {
    return [...new Set(this.list.map(({ dialect, candidates }) => dialect.custom?.name || (candidates.find(({ format }) => format === dialect.format)?.name ?? dialect.format)))];
  }

  take(readable: SniffedFiles['readable']): void {
    this.list = readable;
    this.files = readable.map((one) => one.file);
    this.dialects = readable.map((one) => one.dialect);
  }

  /** Takes one of the files out of those that are open. */
  takeOut(at: number): TakenOut {
    const input = this.list[at];
    this.take(this.list.toSpliced(at, 1));
    return { ...input, at };
  }

  /** Puts a file back to where it was. */
  putBack({ at, ...input }: TakenOut): void {
    this.take(this.list.toSpliced(at, 0, input));
  }

  /** Settles which file is shown; returns the name of the one whose message column must be asked for, null if all are clear. */
  ask(): string | null {
    const unclear = unclearFile(this.dialects);
    this.shown = Math.max(0, unclear);
    this.question = unclear < 0 ? null : { kind: 'message-column', at: unclear };
    return unclear < 0 ? null : this.names[unclear];
  }

  /** Files that are looked at, or none. */
  reset(files: readonly File[]): void {
    this.files = files;
    this.list = [];
    this.dialects = [];
    this.question = null;
    this.shown = 0;
  }
}
