import type { Dialect } from '../../contract/dialect.ts';
import type { ExtraColumn } from '../../contract/export.ts';
import { cellContent } from '../read/csv-cells.ts';
import type { CellContent } from '../read/csv-cells.ts';
import { ENTRY_HEADER } from '../read/entry.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { freeName, ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';
import { jsonSuffix, writeJsonString } from './json-text.ts';
import type { RowWriter } from './row-writer.ts';

const OPEN = 123;
const CLOSE = 125;
const LF = 10;

/** CSV in, JSON lines out: an object of the record's own cells, as text. Short rows are filled up; what a long row has beyond the header is named by its place. */
export class JsonRecordRows implements RowWriter {
  readonly formulaCells = 0;
  private readonly extra: readonly ExtraColumn[];
  private readonly file: string | null;
  private readonly content: CellContent;
  /** Names of the columns, and as written before each value. */
  private names: string[];
  private keys: Uint8Array[] = [];
  private width: number;
  private own: readonly string[] = [];
  private head: Uint8Array = new Uint8Array(0);

  constructor(dialect: Dialect, { extra, file }: { readonly extra: readonly ExtraColumn[]; readonly file: string | null }) {
    this.extra = extra;
    this.file = file;
    this.content = cellContent(dialect);
    this.names = distinct(dialect.columns);
    this.width = this.names.length;
    this.settle();
  }

  begin(): void {
    // JSON lines have no header.
  }

  suffix(cells: VerdictCells): Uint8Array {
    return jsonSuffix(cells, this.extra, this.own);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    const { content } = this;
    sink.byte(OPEN);
    sink.all(this.head);
    for (let column = 0; column < Math.max(this.width, entry.fields); column++) {
      sink.all(this.key(column));
      content.read(entry, column);
      writeJsonString(sink, content.text, content.start, content.end);
    }
    sink.all(suffix);
    sink.byte(CLOSE);
    sink.byte(LF);
  }

  other(_sink: ByteSink, entry: Entry): void {
    if (entry.kind !== ENTRY_HEADER) return;
    const names = Array.from({ length: Math.max(entry.fields, this.width) }, (_, column) => {
      this.content.read(entry, column);
      return new TextDecoder().decode(this.content.text.subarray(this.content.start, this.content.end));
    });
    this.names = distinct(names);
    this.width = names.length;
    this.settle();
  }

  /** Works out what depends on the names. The header comes before the first verdict is asked for. */
  private settle(): void {
    this.keys = [];
    const file = freeName('file', new Set(this.names));
    this.own = ownColumnNames(this.extra, [...this.names, ...(this.file === null ? [] : [file])]);
    this.head = new TextEncoder().encode(this.file === null ? '' : `${JSON.stringify(file)}:${JSON.stringify(this.file)},`);
  }

  private key(column: number): Uint8Array {
    while (this.names.length <= column) this.names.push(freeName(`Column ${this.names.length + 1}`, new Set([...this.names, ...this.own])));
    return (this.keys[column] ??= new TextEncoder().encode(`${column === 0 ? '' : ','}${JSON.stringify(this.names[column])}:`));
  }
}

/** Names without blanks around; those that are empty or come twice are told apart. */
function distinct(columns: readonly string[]): string[] {
  const taken = new Set<string>();
  return columns.map((column, at) => {
    const name = freeName(column.trim() || `Column ${at + 1}`, taken);
    taken.add(name);
    return name;
  });
}
