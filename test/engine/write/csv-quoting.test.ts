import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import type { VerdictSource } from '../../../src/engine/write/columns.ts';
import { isFormula } from '../../../src/engine/write/formula.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import type { RowExportOptions } from '../../../src/engine/write/row-export.ts';
import { bytesOf, csvDialect, readAll, records, textOf } from '../read/reading.ts';

const COLUMNS = ['source', 'message'];
const DIALECTS: readonly Dialect[] = (['"', "'"] as const).flatMap((quote) => [false, true].flatMap((backslash) => [',', ';'].map((delimiter) => csvDialect(COLUMNS, { quote, backslash, delimiter }))));
const verdicts: VerdictSource = { idOf: () => 0, cellsOf: () => ({ label: 'Error', confidence: 1, decidedBy: 'rule', pattern: '', bestGuess: '', reason: '', provisional: false }) };
const HEADER = 'source,message,target_label,confidence,decided_by';

function exported(text: string, dialect: Dialect, options: Partial<RowExportOptions> = {}): { text: string; formulaCells: number } {
  const bytes = bytesOf(text);
  const writer = new RowExport(dialect, { raw: false, extra: [], ...options }, verdicts);
  return { text: textOf(writer.push(bytes, 0, bytes.length, true).out), formulaCells: writer.formulaCells };
}

/** A cell as a program would write it that quotes so. */
function written(text: string, { quote = '"', backslash, delimiter }: Dialect, always: boolean): string {
  if (!always && !text.includes(quote) && !text.includes(delimiter) && !/[\n ]/.test(text)) return backslash === true ? text.replaceAll('\\', '\\\\') : text;
  const content = backslash === true ? text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) : text.replaceAll(quote, quote + quote);
  return quote + content + quote;
}

const formula = (cell: string): boolean => isFormula(bytesOf(cell), 0, bytesOf(cell).length);

describe('CSV of any quoting', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', "'", '=', '\\', '-1', '\n'), maxLength: 6 });
  const table = fc.array(fc.tuple(cell, cell, fc.boolean()), { minLength: 1, maxLength: 6 });

  test('comes out with the same cells, a verdict in each row, and no formula for a reader of the same quotes', () => {
    fc.assert(fc.property(table, fc.constantFrom(...DIALECTS), fc.boolean(), (rows, dialect, raw) => {
      const line = (cells: readonly string[], always: boolean): string => cells.map((one) => written(one, dialect, always)).join(dialect.delimiter);
      const text = [COLUMNS.join(dialect.delimiter), ...rows.map(([source, message, always]) => line([source, message], always))].join('\n');
      // What is read differently even before it is written is no matter of writing.
      const before = records(readAll(text, dialect)).map(({ cells }) => cells);
      fc.pre(before.length === rows.length && before.every((cells) => cells.length === 2));
      const after = records(readAll(exported(text, dialect, { raw }).text, dialect)).map(({ cells }) => cells);
      expect(after.map((cells) => cells.slice(2))).toEqual(before.map(() => ['Error', '1', 'rule']));
      const plain = (one: string): string => (raw ? one : one.replaceAll("'", ''));
      expect(after.map((cells) => cells.slice(0, 2).map(plain))).toEqual(before.map((cells) => cells.map(plain)));
      if (!raw) for (const cells of after) for (const one of cells) expect(formula(one)).toBe(false);
    }), { numRuns: 3000 });
  });

  test('a spreadsheet, which knows neither apostrophes nor backslashes for quotes, runs nothing of it either', () => {
    const other = DIALECTS.filter(({ quote, backslash }) => quote === "'" || backslash === true);
    const pieces = fc.array(fc.constantFrom('a', ',', "'", '=1', '\\,', '-x', ' '), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.array(pieces, { minLength: 1, maxLength: 5 }), fc.constantFrom(...other.filter(({ delimiter }) => delimiter === ',')), (lines, dialect) => {
      const { text } = exported(`source,message\n${lines.map((line) => `x,${line}`).join('\n')}\n`, dialect);
      for (const row of Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data) for (const one of row) expect(formula(one)).toBe(false);
    }), { numRuns: 3000 });
  });

  test('apostrophes: a formula is guarded within its quotes, and gets quotes where it has none', () => {
    const quoted = csvDialect(COLUMNS, { quote: "'" });
    expect(exported("source,message\n'=1+1','it''s'\n=2,'x,=3'\n", quoted)).toEqual({ text: `${HEADER}\n'''=1+1','it''s',Error,1,rule\n'''=2','x,''=3',Error,1,rule\n`, formulaCells: 3 });
    expect(exported("source,message\n=it\\'s,a\n", { ...quoted, backslash: true }).text).toBe(`${HEADER}\n'\\'=it\\\\'s',a,Error,1,rule\n`);
  });

  test('a record that ends in a backslash does not swallow our columns', () => {
    const { text } = exported('source,message\n"a \\" b",C:\\dir\\\nx,C:\\dir\\\\\n', csvDialect(COLUMNS, { backslash: true }));
    expect(text).toBe(`${HEADER}\n"a \\" b",C:\\dir\\\\,Error,1,rule\nx,C:\\dir\\\\,Error,1,rule\n`);
  });
});

describe('what stands before a header', () => {
  test('goes with any part of the rows', () => {
    expect(exported('sep=;\r\nsource;message\r\n\r\na;b\r\n', csvDialect(COLUMNS, { delimiter: ';' }), { partial: true }).text).toBe('sep=;\r\nsource;message;target_label;confidence;decided_by\r\na;b;Error;1;rule\r\n');
  });

  test('opens what several files become, and that of the others is left out', () => {
    const dialect = csvDialect(COLUMNS, { delimiter: ';' });
    const join = (first: boolean): string => exported('sep=;\r\nsource;message\r\n\r\na;b', dialect, { join: { file: 'a.csv', first } }).text;
    expect(join(true) + join(false)).toBe('sep=;\r\nfile;source;message;target_label;confidence;decided_by\r\na.csv;a;b;Error;1;rule\r\na.csv;a;b;Error;1;rule\r\n');
  });
});

test('several files with a column "file" keep it', () => {
  const dialect = csvDialect(['file', 'message']);
  const join = (first: boolean): string => exported('file,message\nx.c,broke\n', dialect, { join: { file: 'a.csv', first } }).text;
  expect(join(true) + join(false)).toBe('file_2,file,message,target_label,confidence,decided_by\na.csv,x.c,broke,Error,1,rule\na.csv,x.c,broke,Error,1,rule\n');
});

test('the Event Viewer\'s column without a name: every row is as wide as the header', () => {
  const events = `Level,Date and Time,Source,Event ID,Task Category\r\n${'Information,1/2/2024 3:04:00 AM,Disk,7,None,"The disk\r\nis, full."\r\n'.repeat(3)}`;
  const { text } = exported(events, csvDialect(['Level', 'Date and Time', 'source', 'Event ID', 'Task Category', 'message']));
  const rows = Papa.parse<string[]>(text.trimEnd()).data;
  expect(rows.map((row) => row.length)).toEqual([9, 9, 9, 9]);
  expect(rows[0].indexOf('target_label')).toBe(rows[1].indexOf('Error'));
});
