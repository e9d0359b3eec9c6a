import { NO_ROLES } from '../contract/dialect.ts';
import type { Dialect } from '../contract/dialect.ts';
import { LEVELS } from '../contract/level.ts';
import type { Level } from '../contract/level.ts';
import { csvRows } from '../engine/read/csv-columns.ts';
import { ENTRY_RECORD } from '../engine/read/entry.ts';
import type { Entry } from '../engine/read/entry.ts';
import { openReader } from '../engine/read/formats.ts';

const ROWS = 8;
/** Further columns are not shown: of such formats each costs a reading of the sample. */
const MOST_COLUMNS = 40;
/** Enough for the entries shown, unless each is very long. */
const HEAD_CHARS = 1 << 15;

/** An entry as it would be read. */
export interface PreviewEntry {
  /** First physical line in the sample, from 1. */
  readonly line: number;
  /** Epoch ms, NaN if none. */
  readonly time: number;
  /** The time as written. */
  readonly timeText: string;
  readonly level: Level;
  readonly source: string;
  readonly message: string;
}

/** The first entries of a file as the dialect would read them. `head`: its first part, decoded. */
export function previewEntries(head: string, dialect: Dialect, most = ROWS): PreviewEntry[] {
  return entriesOf(head, dialect, most, (entry) => ({
    line: entry.line, time: entry.time, level: LEVELS[entry.level] ?? '', timeText: text(entry.timeText, entry.timeStart, entry.timeEnd),
    source: text(entry.sourceText, entry.sourceStart, entry.sourceEnd), message: text(entry.text, entry.messageStart, entry.messageEnd),
  }));
}

/** First entries of a file split into columns; of lines, each whole. */
export function previewRows(head: string, dialect: Dialect): string[][] {
  if (dialect.format === 'csv') return csvRows(bytesOf(head), dialect, ROWS);
  const whole = entriesOf(head, dialect, ROWS, (entry) => text(entry.bytes, entry.start, entry.end));
  if (dialect.columns.length === 0) return whole.map((record) => [record]);
  if (dialect.format !== 'json' && !whole.some((record) => record.startsWith('{'))) return rowsByReader(head, dialect);
  return whole.map((record) => jsonCells(record, dialect.columns));
}

/** Each column in turn as the message: of formats that only their reader knows. */
function rowsByReader(head: string, dialect: Dialect): string[][] {
  const rows: string[][] = [];
  for (let message = 0; message < Math.min(MOST_COLUMNS, dialect.columns.length); message++) {
    const cells = entriesOf(head, { ...dialect, roles: { ...NO_ROLES, message } }, ROWS, (entry) => text(entry.text, entry.messageStart, entry.messageEnd));
    cells.forEach((cell, at) => (rows[at] ??= []).push(cell));
  }
  return rows;
}

/** The first lines that are not empty, as a person marks a format of their own in them. */
export function sampleLines(head: string, most: number): string[] {
  const cut = head.slice(0, HEAD_CHARS);
  const lines = cut.split(/\r\n|\n|\r/);
  // The head of a longer file ends anywhere.
  if (cut.length < head.length || lines.length > 1) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, most);
}

function entriesOf<T>(head: string, dialect: Dialect, most: number, copy: (entry: Entry) => T): T[] {
  const bytes = bytesOf(head);
  const found: T[] = [];
  openReader({ ...dialect, bom: 0 }).push(bytes, 0, bytes.length, true, (entry) => {
    if (entry.kind === ENTRY_RECORD && entry.end > entry.start && found.length < most) found.push(copy(entry));
  });
  return found;
}

function bytesOf(head: string): Uint8Array {
  return new TextEncoder().encode(head.slice(0, HEAD_CHARS));
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to));
}

function jsonCells(record: string, columns: readonly string[]): string[] {
  let value: unknown;
  try {
    value = JSON.parse(record);
  } catch {
    return [record];
  }
  return columns.map((path) => {
    const direct = member(value, path);
    const found = direct === undefined ? path.split('.').reduce(member, value) : direct;
    return found === undefined ? '' : typeof found === 'string' ? found : JSON.stringify(found);
  });
}

function member(within: unknown, name: string): unknown {
  const value = typeof within === 'string' && within.startsWith('{') ? objectIn(within) : within;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** An object that is kept as text, as Docker keeps the lines of programs; undefined where it is none. */
function objectIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
