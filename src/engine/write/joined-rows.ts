import { LF } from '../read/ascii.ts';
import { ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { csvCell } from './columns.ts';
import type { Quoting } from './columns.ts';
import { fileColumn } from './join-files.ts';
import type { JoinPart } from './join-files.ts';
import type { RowWriter } from './row-writer.ts';
import { WrappedRows } from './wrapped-rows.ts';

interface Options {
  readonly delimiter: string;
  readonly raw: boolean;
  /** The inner writer makes a header of its own, whatever the file has. */
  readonly normalised: boolean;
  readonly quoting: Quoting;
  /** Columns of the files, one of which may have our column's name. */
  readonly columns: readonly string[];
}

/** Puts a leading `file` column before another writer's rows; only what the first file has up to its header is written. */
export class JoinedRows extends WrappedRows {
  private readonly part: JoinPart;
  private readonly cell: Uint8Array;
  private readonly name: Uint8Array;
  private readonly normalised: boolean;
  /** No record has been written yet. */
  private ahead = true;
  /** What the file's records end with, so far. */
  private terminator: Uint8Array = Uint8Array.of(LF);

  constructor(inner: RowWriter, part: JoinPart, { delimiter, raw, normalised, quoting, columns }: Options) {
    super(inner);
    const encoder = new TextEncoder();
    this.part = part;
    this.cell = encoder.encode(csvCell(part.file, delimiter, raw, quoting) + delimiter);
    this.name = encoder.encode(csvCell(fileColumn(columns), delimiter, true, quoting) + delimiter);
    this.normalised = normalised;
  }

  override begin(sink: ByteSink): void {
    if (!this.part.first) return;
    if (this.normalised) sink.all(this.name);
    this.inner.begin(sink);
  }

  override row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.ahead = false;
    sink.all(this.cell);
    this.inner.row(sink, entry, suffix);
    if (this.normalised) return;
    this.note(entry);
    // The last record of a file may have no terminator; the next file's first must not run into it.
    if (entry.next === entry.end) sink.all(this.terminator);
  }

  override other(sink: ByteSink, entry: Entry): void {
    this.note(entry);
    if (!this.part.first || this.normalised) return;
    const header = entry.kind === ENTRY_HEADER;
    // Blank lines between the records of several files would say nothing; "sep=;" before the header does.
    if (!header && (!this.ahead || entry.end === entry.start)) return;
    if (header) {
      this.ahead = false;
      sink.all(this.name);
    }
    this.inner.other(sink, entry);
    if (entry.next === entry.end) sink.all(this.terminator);
  }

  private note({ bytes, end, next }: Entry): void {
    if (next > end && (next - end !== this.terminator.length || bytes[end] !== this.terminator[0])) this.terminator = bytes.slice(end, next);
  }
}
