import { NO_ROLES } from '../../contract/dialect.ts';
import type { Dialect } from '../../contract/dialect.ts';
import { CellContent } from './csv-cells.ts';
import { CsvReader } from './csv.ts';
import { ENTRY_RECORD } from './entry.ts';
import { guessRoles } from './sniff-roles.ts';

const SAMPLE_ROWS = 200;

/** The first rows of a CSV sample (UTF-8, without byte-order mark) as lists of cells; with a header, those below it. */
export function csvRows(sample: Uint8Array, dialect: Dialect, most = SAMPLE_ROWS): string[][] {
  const reader = new CsvReader({ ...dialect, bom: 0, columns: dialect.columns.length > 0 ? dialect.columns : [''] });
  const decoder = new TextDecoder();
  const content = new CellContent();
  const rows: string[][] = [];
  reader.push(sample, 0, sample.length, true, (entry) => {
    if (entry.kind !== ENTRY_RECORD || rows.length >= most) return;
    rows.push(Array.from({ length: entry.fields }, (_, column) => {
      content.read(entry, column);
      return decoder.decode(content.text.subarray(content.start, content.end));
    }));
  });
  return rows;
}

/** The dialect with the columns that its delimiter and header give, and what they seem to stand for. */
export function withCsvColumns(sample: Uint8Array, dialect: Dialect): Dialect {
  const all = csvRows(sample, { ...dialect, header: false, columns: [''], roles: NO_ROLES });
  const first = all[0] ?? [];
  const rows = dialect.header ? all.slice(1) : all;
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), first.length);
  const columns = Array.from({ length: width }, (_, column) => (dialect.header ? first[column]?.trim() : '') || `Column ${column + 1}`);
  return { ...dialect, columns, ...guessRoles(columns, rows, dialect.assumedYear) };
}
