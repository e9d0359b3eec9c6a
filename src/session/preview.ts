import Papa from 'papaparse';
import type { Dialect } from '../contract/dialect.ts';

const ROWS = 8;

/** First rows of a file split into columns, for the column dialog. */
export function previewRows(head: string, dialect: Dialect): string[][] {
  if (dialect.format === 'csv') {
    const rows = Papa.parse<string[]>(head, { delimiter: dialect.delimiter, preview: ROWS + 1 }).data;
    return rows.slice(dialect.header ? 1 : 0, ROWS + (dialect.header ? 1 : 0));
  }
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line !== '').slice(0, ROWS);
  if (dialect.format === 'lines') return lines.map((line) => [line]);
  return lines.map((line) => jsonCells(line, dialect.columns));
}

function jsonCells(line: string, columns: readonly string[]): string[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [line];
  }
  return columns.map((path) => {
    const direct = member(value, path);
    const found = direct === undefined ? path.split('.').reduce(member, value) : direct;
    return found === undefined ? '' : typeof found === 'string' ? found : JSON.stringify(found);
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
