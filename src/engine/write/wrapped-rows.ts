import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import type { VerdictCells } from './columns.ts';
import type { RowWriter } from './row-writer.ts';

/** Another writer with something before or around what it is given; all that is not said otherwise goes to it as it is. */
export abstract class WrappedRows implements RowWriter {
  protected readonly inner: RowWriter;

  constructor(inner: RowWriter) {
    this.inner = inner;
  }

  get formulaCells(): number {
    return this.inner.formulaCells;
  }

  begin(sink: ByteSink): void {
    this.inner.begin(sink);
  }

  suffix(cells: VerdictCells): Uint8Array {
    return this.inner.suffix(cells);
  }

  abstract row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void;

  other(sink: ByteSink, entry: Entry): void {
    this.inner.other(sink, entry);
  }
}
