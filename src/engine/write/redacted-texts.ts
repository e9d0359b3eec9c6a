import type { Entry } from '../read/entry.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { ByteSink } from './byte-sink.ts';
import type { RowWriter } from './row-writer.ts';
import { WrappedRows } from './wrapped-rows.ts';

/** Shows another writer of normalised columns message and source without what is to be hidden, and a time that is none. */
export class RedactedTexts extends WrappedRows {
  private readonly redactor: Redactor;

  constructor(inner: RowWriter, redactor: Redactor) {
    super(inner);
    this.redactor = redactor;
  }

  override row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.inner.row(sink, this.hidden(entry), suffix);
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
