import { ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { csvCell } from './columns.ts';
import type { Quoting, VerdictCells } from './columns.ts';
import type { JoinPart } from './join-files.ts';
import type { RowWriter } from './row-writer.ts';

const LF = 10;

/** Puts a leading `file` column before another writer's rows; only the first file's header is written. */
export class JoinedRows implements RowWriter {
  private readonly inner: RowWriter;
  private readonly part: JoinPart;
  private readonly cell: Uint8Array;
  private readonly name: Uint8Array;
  private readonly normalised: boolean;

  /** @param normalised the inner writer makes a header of its own, whatever the file has */
  constructor(inner: RowWriter, part: JoinPart, { delimiter, raw, normalised, quoting }: { readonly delimiter: string; readonly raw: boolean; readonly normalised: boolean; readonly quoting: Quoting }) {
    const encoder = new TextEncoder();
    this.inner = inner;
    this.part = part;
    this.cell = encoder.encode(csvCell(part.file, delimiter, raw, quoting) + delimiter);
    this.name = encoder.encode(`file${delimiter}`);
    this.normalised = normalised;
  }

  get formulaCells(): number {
    return this.inner.formulaCells;
  }

  begin(sink: ByteSink): void {
    if (!this.part.first) return;
    if (this.normalised) sink.all(this.name);
    this.inner.begin(sink);
  }

  suffix(cells: VerdictCells): Uint8Array {
    return this.inner.suffix(cells);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    sink.all(this.cell);
    this.inner.row(sink, entry, suffix);
    // The last record of a file may have no terminator; the next file's first must not run into it.
    if (!this.normalised && entry.next === entry.end) sink.byte(LF);
  }

  other(sink: ByteSink, entry: Entry): void {
    // Blank lines between the records of several files would say nothing.
    if (entry.kind !== ENTRY_HEADER || !this.part.first || this.normalised) return;
    sink.all(this.name);
    this.inner.other(sink, entry);
    if (entry.next === entry.end) sink.byte(LF);
  }
}
