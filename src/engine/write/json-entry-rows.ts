import type { ExtraColumn } from '../../contract/export.ts';
import { LEVELS } from '../../contract/level.ts';
import type { Entry } from '../read/entry.ts';
import type { ByteSink } from './byte-sink.ts';
import { ownColumnNames } from './columns.ts';
import type { VerdictCells } from './columns.ts';
import { jsonBytes, jsonSuffix, writeJsonString } from './json-text.ts';
import type { RowWriter } from './row-writer.ts';

const CLOSE = 125;
const LF = 10;
const LATEST = 8.64e15;

/** Any log in, JSON lines out: one object per entry, `timestamp` as written, `time` in UTC (null where it is not known). */
export class JsonEntryRows implements RowWriter {
  readonly formulaCells = 0;
  private readonly extra: readonly ExtraColumn[];
  private readonly names: readonly string[];
  private readonly head: Uint8Array;
  private readonly levels: readonly Uint8Array[];
  private readonly parts: Readonly<Record<'timestamp' | 'time' | 'source', Uint8Array>>;

  constructor({ extra, file }: { readonly extra: readonly ExtraColumn[]; readonly file: string | null }) {
    const encoder = new TextEncoder();
    this.extra = extra;
    this.names = ownColumnNames(extra, []);
    this.head = encoder.encode(`{${file === null ? '' : `"file":${JSON.stringify(file)},`}"line":`);
    this.levels = LEVELS.map((level) => encoder.encode(`,"level":"${level}","log_message":`));
    this.parts = { timestamp: encoder.encode(',"timestamp":'), time: encoder.encode(',"time":'), source: encoder.encode(',"source":') };
  }

  begin(): void {
    // JSON lines have no header.
  }

  suffix(cells: VerdictCells): Uint8Array {
    return jsonSuffix(cells, this.extra, this.names);
  }

  row(sink: ByteSink, entry: Entry, suffix: Uint8Array): void {
    const { parts } = this;
    sink.all(this.head);
    sink.all(jsonBytes(entry.line));
    sink.all(parts.timestamp);
    writeJsonString(sink, entry.timeText, entry.timeStart, entry.timeEnd);
    sink.all(parts.time);
    sink.all(jsonBytes(Math.abs(entry.time) <= LATEST ? new Date(entry.time).toISOString() : null));
    sink.all(parts.source);
    writeJsonString(sink, entry.sourceText, entry.sourceStart, entry.sourceEnd);
    sink.all(this.levels[entry.level]);
    writeJsonString(sink, entry.text, entry.messageStart, entry.messageEnd);
    sink.all(suffix);
    sink.byte(CLOSE);
    sink.byte(LF);
  }

  other(): void {
    // A header or a blank line is no entry.
  }
}
