import type { Dialect } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import { MAX_RECORD, newEntry } from './entry.ts';
import type { Entry, RecordReader, Resume, Visit } from './entry.ts';
import { ProblemLog } from './problems.ts';

/** The bytes end before the record does. */
export const INCOMPLETE = -1;
/** Below this, an incomplete record is simply read again with more bytes. */
const PATIENT_FROM = 64 * 1024;

/** What all readers share: the loop over the records of a chunk, the byte-order mark, and very long records. */
export abstract class ChunkReader implements RecordReader {
  readonly problems = new ProblemLog();
  protected readonly entry: Entry = newEntry();
  line: number;
  /** Offset in the file (from where reading began) of offset 0 of the current buffer. */
  protected origin = 0;
  private consumed = 0;
  private bomDue: number;
  /** Length that the incomplete record must have before it is tried again, so that small chunks cost no more than large ones. */
  private needed = 0;

  constructor(dialect: Dialect, resume: Resume | undefined) {
    this.bomDue = resume ? 0 : dialect.bom;
    this.line = resume?.line ?? 1;
  }

  /** Reads the record at `at` < `to` into the entry and returns the offset after it, or INCOMPLETE (never when `last`). */
  protected abstract record(bytes: Uint8Array, at: number, to: number, last: boolean): number;

  push(bytes: Uint8Array, from: number, to: number, last: boolean, visit: Visit): number {
    if (!last && to - from < Math.max(this.needed, this.bomDue)) return from;
    this.needed = 0;
    this.origin = this.consumed - from;
    let at = Math.min(to, from + this.bomDue);
    this.bomDue = 0;
    const { entry } = this;
    while (at < to) {
      const next = this.record(bytes, at, to, last);
      if (next === INCOMPLETE) {
        this.wait(to - at);
        break;
      }
      visit(entry);
      at = next;
    }
    this.consumed = this.origin + at;
    return at;
  }

  private wait(length: number): void {
    if (length > MAX_RECORD) throw new Failure('record-too-long', `The record that starts at line ${this.line} is longer than ${MAX_RECORD >> 20} MiB, so this is probably not a log. Cut the file into lines first.`);
    if (length >= PATIENT_FROM) this.needed = length + (length >> 1);
  }
}
