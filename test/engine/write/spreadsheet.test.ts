import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import type { VerdictCells } from '../../../src/engine/write/columns.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import type { RowExportOptions } from '../../../src/engine/write/row-export.ts';
import { LINES, bytesOf, csvDialect, textOf } from '../read/reading.ts';

/** What a spreadsheet would run, told in another way than by the code under test: signs behind anything that JavaScript takes for blank, controls and quotes. */
const RUNS = /^[\s"\p{Cc}\p{Cf}]*[=+@\-＝＋－＠]/u;
const STARTS = /^[\t\r\n]/;
const NUMBER = /^[\s"\p{Cc}\p{Cf}]*([+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?\s*%?|-)["\s\p{Cc}]*$/u;
const DELIMITERS = [',', ';', '\t'] as const;

/** Cells of a saved file that a spreadsheet would run. */
function run(csv: string, delimiter: string): string[] {
  return Papa.parse<string[]>(csv, { delimiter, skipEmptyLines: true }).data.flat().filter((cell) => (RUNS.test(cell) || STARTS.test(cell)) && !NUMBER.test(cell));
}

const NASTY: VerdictCells = {
  label: "=cmd|' /C calc'!A0", confidence: 0.5, decidedBy: 'person', pattern: '@x\n=1;+cmd', bestGuess: '\u00a0＝1', reason: '-1+1\t=2', provisional: false,
};
const EXTRA: RowExportOptions['extra'] = ['pattern', 'best_guess', 'reason', 'provisional'];

function exported(text: string, dialect: Dialect, options: Partial<RowExportOptions> = {}): string {
  const bytes = bytesOf(text);
  return textOf(new RowExport(dialect, { raw: false, extra: EXTRA, ...options }, { idOf: () => 0, cellsOf: () => NASTY }).push(bytes, 0, bytes.length, true).out);
}

const unit = fc.constantFrom('=1', '+cmd', '-x', '@a', '＝1', '－2', ' ', '\t', '\n', '\r\n', '"', ';', ',', 'a', '-5', '-', '\u00a0', '\u200b', '\ufeff', '\0', '\v', 'é', "'");
const cell = fc.array(unit, { maxLength: 6 }).map((parts) => parts.join(''));

describe('no spreadsheet runs anything', () => {
  const written = (text: string, delimiter: string): string => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);

  test('CSV in, headers and cells of several lines included', () => {
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), cell, fc.constantFrom(...DELIMITERS), (rows, header, delimiter) => {
      const dialect = csvDialect(['source', header], { delimiter });
      const out = exported([`source${delimiter}${written(header, delimiter)}`, ...rows.map((cells) => cells.map((one) => written(one, delimiter)).join(delimiter))].join('\n'), dialect);
      expect(run(out, delimiter)).toEqual([]);
    }), { numRuns: 3000 });
  });

  test('CSV in, joined and normalised; any other log in', () => {
    fc.assert(fc.property(cell, cell, cell, (source, message, file) => {
      const dialect = csvDialect(['source', 'message']);
      const text = `source,message\n${written(source, ',')},${written(message, ',')}\n`;
      for (const join of [undefined, { file, first: true }]) for (const normalise of [false, true]) expect(run(exported(text, dialect, { normalise, ...(join === undefined ? {} : { join }) }), ',')).toEqual([]);
      expect(run(exported(`${message}\n${source}\n`, LINES), ',')).toEqual([]);
    }), { numRuns: 2000 });
  });

  test('raw: every byte of the original is there as it was', () => {
    const text = '=source;"=1+1\n@x;+2"\n-a;\u00a0=b\n';
    const out = exported(text, csvDialect(['source', 'message'], { delimiter: ';', header: false }), { raw: true, extra: [] });
    expect(out).toBe(text.replaceAll(/(?<=2"|b)\n|(?<=;"=1\+1)\n$/g, `;${NASTY.label};0.5;person\n`));
  });
});
