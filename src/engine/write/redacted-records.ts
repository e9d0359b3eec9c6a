import type { Dialect } from '../../contract/dialect.ts';
import { BACKSLASH, CR, LF } from '../read/ascii.ts';
import { cellContent } from '../read/csv-cells.ts';
import type { CellContent } from '../read/csv-cells.ts';
import { CELL_DOUBLED, CELL_PLAIN, ENTRY_BLANK, ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { Redactor } from '../redact/redactor.ts';
import { ByteSink } from './byte-sink.ts';
import type { RowWriter } from './row-writer.ts';
import { WrappedRows } from './wrapped-rows.ts';

/** What the file's cells are parted and quoted with. */
interface Signs {
  readonly delimiter: number;
  readonly quote: number;
  readonly backslash: boolean;
}

/**
 * Shows another writer of CSV records the record as it would have been without what is to be hidden: cells are changed by their content
 * and quoted anew, the others keep their own bytes. So whatever that writer does to cells is done to the stand-ins too.
 */
export class RedactedRecords extends WrappedRows {
  private readonly redactor: Redactor;
  private readonly signs: Signs;
  /** By column: its name says that all of it is secret. */
  private readonly secret: readonly boolean[];
  private readonly content: CellContent;

  constructor(inner: RowWriter, redactor: Redactor, dialect: Dialect) {
    super(inner);
    this.redactor = redactor;
    this.signs = { delimiter: dialect.delimiter.charCodeAt(0), quote: (dialect.quote ?? '"').charCodeAt(0), backslash: dialect.backslash === true };
    this.content = cellContent(dialect);
    this.secret = dialect.columns.map((name) => redactor.hides(name));
  }

  override row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    this.inner.row(sink, this.safe(entry, (column) => this.hidden(entry, column)), suffix);
  }

  override other(sink: ByteSink, entry: Entry): void {
    // What is taken for a header may be a record after all; a secret's name alone hides nothing of it.
    if (entry.kind === ENTRY_HEADER) return this.inner.other(sink, this.safe(entry, (column) => this.found(entry, column)));
    // What stands before the header (comments, mostly) is text of the log too.
    const text = entry.kind === ENTRY_BLANK ? this.redactor.bytes(entry.bytes, entry.start, entry.end) : null;
    this.inner.other(sink, text === null ? entry : line(entry, text));
  }

  /** The record with what `hide` gives for the content of a cell; null: it stays. */
  private safe(entry: Entry, hide: (column: number) => Uint8Array | null): Entry {
    const { fields } = entry;
    let texts: (Uint8Array | null)[] | null = null;
    for (let column = 0; column < fields; column++) {
      const text = hide(column);
      if (text !== null) (texts ??= new Array<Uint8Array | null>(fields).fill(null))[column] = text;
    }
    return texts === null ? entry : rewritten(entry, texts, this.signs);
  }

  private found(entry: Entry, column: number): Uint8Array | null {
    const { content, redactor } = this;
    content.read(entry, column);
    return redactor.bytes(content.text, content.start, content.end);
  }

  private hidden(entry: Entry, column: number): Uint8Array | null {
    const { content, redactor } = this;
    if (this.secret[column] !== true) return this.found(entry, column);
    content.read(entry, column);
    if (content.start === content.end) return null;
    return new TextEncoder().encode(redactor.whole(new TextDecoder().decode(content.text.subarray(content.start, content.end))));
  }
}

/** A record with other contents in some of its cells. */
function rewritten(entry: Entry, texts: readonly (Uint8Array | null)[], signs: Signs): Entry {
  const { bytes, cells: from, forms: before, fields } = entry;
  const sink = new ByteSink(entry.next - entry.start + 256);
  const cells = new Int32Array(2 * fields);
  const forms = before.slice(0, fields);
  let done = entry.start;
  for (let i = 0; i < fields; i++) {
    sink.copy(bytes, done, from[2 * i]);
    done = from[2 * i + 1];
    cells[2 * i] = sink.size;
    const text = texts[i];
    if (text === null) sink.copy(bytes, from[2 * i], done);
    else if (before[i] !== CELL_PLAIN || needsQuotes(text, signs)) forms[i] = quoted(sink, text, signs);
    else sink.all(text);
    cells[2 * i + 1] = sink.size;
  }
  sink.copy(bytes, done, entry.end);
  const end = sink.size;
  sink.copy(bytes, entry.end, entry.next);
  const next = sink.size;
  return { ...entry, bytes: sink.take(), start: 0, end, next, cells, forms };
}

function line(entry: Entry, text: Uint8Array): Entry {
  const sink = new ByteSink(text.length + 8);
  sink.all(text);
  sink.copy(entry.bytes, entry.end, entry.next);
  const next = sink.size;
  return { ...entry, bytes: sink.take(), start: 0, end: text.length, next, fields: 1, cells: Int32Array.of(0, text.length), forms: Uint8Array.of(CELL_PLAIN) };
}

function needsQuotes(text: Uint8Array, { delimiter, quote, backslash }: Signs): boolean {
  return text.some((byte) => byte === delimiter || byte === quote || byte === LF || byte === CR || (backslash && byte === BACKSLASH));
}

function quoted(sink: ByteSink, text: Uint8Array, { quote, backslash }: Signs): number {
  sink.byte(quote);
  for (const byte of text) {
    if (byte === quote || (backslash && byte === BACKSLASH)) sink.byte(backslash ? BACKSLASH : quote);
    sink.byte(byte);
  }
  sink.byte(quote);
  return CELL_DOUBLED;
}
