import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { ROOT } from './built-site.ts';

/** Logs of real programs, and one of the form `source,log_message`. */
export const RECORDED = join(ROOT, 'test', 'fixtures', 'recorded');

/** Names of the recorded logs, `classic.csv` not among them. */
export function recordedLogs(): string[] {
  return readdirSync(RECORDED).filter((name) => name.endsWith('.log')).sort();
}

/** A saved file as rows of cells, split by another program than the one that wrote it. */
export function cellsOf(bytes: Buffer): string[][] {
  return Papa.parse<string[]>(bytes.toString('utf8'), { delimiter: ',', skipEmptyLines: true }).data;
}

/** A saved file as one object per row, by the names of its header. */
export function rowsOf(bytes: Buffer): Record<string, string>[] {
  const [header, ...rows] = cellsOf(bytes);
  return rows.map((cells) => Object.fromEntries((header ?? []).map((name, at) => [name, cells[at] ?? ''])));
}

/** The labels of a saved file, in order. */
export function labelsOf(bytes: Buffer): string[] {
  return rowsOf(bytes).map((row) => row['target_label'] ?? '');
}
