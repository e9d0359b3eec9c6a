import { NO_ROLES } from '../../../src/contract/dialect.ts';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { cellContent } from '../../../src/engine/read/csv-cells.ts';
import { ENTRY_BLANK, ENTRY_HEADER } from '../../../src/engine/read/entry.ts';
import type { Entry, Resume } from '../../../src/engine/read/entry.ts';
import { openReader } from '../../../src/engine/read/formats.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const LINES: Dialect = {
  format: 'lines', packing: 'none', member: '', encoding: 'utf-8', bom: 0, delimiter: ',', header: false, columns: [], roles: NO_ROLES,
  sure: 1, shape: 'time', grouping: 'line', custom: null, zone: 'UTC', assumedYear: 2024, zoneless: false, yearless: false, dayFirst: false, loneCr: false,
};

/** A CSV dialect whose roles are the columns of those names. */
export function csvDialect(columns: readonly string[], more: Partial<Dialect> = {}): Dialect {
  const roles = { source: columns.indexOf('source'), message: columns.indexOf('message'), time: columns.indexOf('time'), level: columns.indexOf('level'), label: columns.indexOf('target_label') };
  return { ...LINES, format: 'csv', header: true, columns, roles, shape: '', ...more };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** An entry copied out of the reader's buffers. */
export interface Seen {
  readonly kind: 'record' | 'header' | 'blank';
  readonly line: number;
  readonly bytes: string;
  readonly terminator: string;
  readonly message: string;
  readonly source: string;
  readonly level: number;
  readonly time: number;
  readonly timeText: string;
  readonly label: string;
  readonly cells: readonly string[];
}

function copyOf(entry: Entry, dialect: Dialect): Seen {
  const content = cellContent(dialect);
  const cells = Array.from({ length: dialect.format === 'csv' ? entry.fields : 0 }, (_, column) => {
    content.read(entry, column);
    return textOf(content.text, content.start, content.end);
  });
  return {
    kind: entry.kind === ENTRY_HEADER ? 'header' : entry.kind === ENTRY_BLANK ? 'blank' : 'record',
    line: entry.line, bytes: textOf(entry.bytes, entry.start, entry.end), terminator: textOf(entry.bytes, entry.end, entry.next),
    message: textOf(entry.text, entry.messageStart, entry.messageEnd), source: textOf(entry.sourceText, entry.sourceStart, entry.sourceEnd),
    level: entry.level, time: entry.time, timeText: textOf(entry.timeText, entry.timeStart, entry.timeEnd), label: textOf(entry.labelText, entry.labelStart, entry.labelEnd), cells,
  };
}

export interface Reading {
  readonly entries: readonly Seen[];
  readonly problems: readonly string[];
  readonly problemCount: number;
}

/** Reads all of it through one small buffer that is filled by chunks of the given sizes, in turn. */
export function readAll(input: Uint8Array | string, dialect: Dialect, sizes: readonly number[] = [1 << 20], resume?: Resume): Reading {
  const bytes = typeof input === 'string' ? bytesOf(input) : input;
  const reader = openReader(dialect, resume);
  const entries: Seen[] = [];
  let carry = new Uint8Array(0);
  let offset = 0;
  let turn = 0;
  do {
    const chunk = bytes.subarray(offset, offset + sizes[turn++ % sizes.length]);
    offset += chunk.length;
    // Bytes on both sides that are not to be read, and a new buffer each time, as a careless caller may have it.
    const buffer = new Uint8Array(3 + carry.length + chunk.length + 2).fill(34);
    buffer.set(carry, 3);
    buffer.set(chunk, 3 + carry.length);
    const to = 3 + carry.length + chunk.length;
    const used = reader.push(buffer, 3, to, offset >= bytes.length, (entry) => entries.push(copyOf(entry, dialect)));
    carry = buffer.slice(used, to);
  } while (offset < bytes.length);
  if (carry.length > 0) throw new Error(`${carry.length} bytes were left over`);
  return { entries, problems: reader.problems.list.map((problem) => `${problem.line} ${problem.reason}`), problemCount: reader.problems.count };
}

export function records(reading: Reading): readonly Seen[] {
  return reading.entries.filter((entry) => entry.kind === 'record');
}
