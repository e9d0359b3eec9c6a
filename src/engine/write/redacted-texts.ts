import type { Entry } from '../read/entry.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { ByteSink } from './byte-sink.ts';
import type { VerdictCells } from './columns.ts';
import type { RowWriter } from './row-writer.ts';

/** Shows another writer of normalised columns message and source without what is to be hidden, and a time that is none. */
export class RedactedTexts implements RowWriter {
  private readonly inner: RowWriter;
  private readonly redactor: Redactor;

  constructor(inner: RowWriter, redactor: Redactor) {
    this.inner = inner;
    this.redactor = redactor;
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

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.inner.row(sink, this.hidden(entry), suffix);
  }

  other(sink: ByteSink, entry: Entry): void {
    this.inner.other(sink, entry);
  }

  private hidden(entry: Entry): Entry {
    const { redactor } = this;
    const text = redactor.bytes(entry.text, entry.messageStart, entry.messageEnd);
    const source = redactor.bytes(entry.sourceText, entry.sourceStart, entry.sourceEnd);
    const time = Number.isNaN(entry.time) ? redactor.bytes(entry.timeText, entry.timeStart, entry.timeEnd) : null;
    if (text === null && source === null && time === null) return entry;
    return {
      ...entry,
      ...(text === null ? {} : { text, messageStart: 0, messageEnd: text.length }),
      ...(source === null ? {} : { sourceText: source, sourceStart: 0, sourceEnd: source.length }),
      ...(time === null ? {} : { timeText: time, timeStart: 0, timeEnd: time.length }),
    };
  }
}
