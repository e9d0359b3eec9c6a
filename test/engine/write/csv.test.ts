import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import type { RowExportOptions } from '../../../src/engine/write/row-export.ts';
import type { VerdictCells, VerdictSource } from '../../../src/engine/write/columns.ts';
import { LINES, bytesOf, csvDialect, textOf } from '../read/reading.ts';

const VERDICTS: readonly VerdictCells[] = [
  { label: 'Error', confidence: 0.87654, decidedBy: 'model', pattern: 'job <*> failed', bestGuess: 'Error', reason: 'Two of three, "nearly"', provisional: false },
  { label: '=own, label', confidence: 1, decidedBy: 'person', pattern: '', bestGuess: '', reason: '', provisional: true },
];
const alternate: VerdictSource = { idOf: (row) => row % 2, cellsOf: (id) => VERDICTS[id] };
const RAW: RowExportOptions = { raw: true, extra: [] };
const SAFE: RowExportOptions = { raw: false, extra: [] };
const FIRST = 'Error,0.8765,model';
const SECOND = '"=own, label",1,person';

function exported(text: string, dialect: Dialect, options: RowExportOptions, size = 1 << 20): { text: string; rows: number; formulaCells: number } {
  const bytes = bytesOf(text);
  const writer = new RowExport(dialect, options, alternate);
  let out = '';
  let at = 0;
  for (let to = Math.min(size, bytes.length); ; to = Math.min(to + size, bytes.length)) {
    const step = writer.push(bytes, at, to, to === bytes.length);
    at = step.consumed;
    out += textOf(step.out);
    if (to === bytes.length) return { text: out, rows: writer.rows, formulaCells: writer.formulaCells };
  }
}

const CLASSIC = csvDialect(['source', 'message']);

describe('CSV in, CSV out', () => {
  test('own bytes, our columns, own terminators; blank lines copied; no newline invented', () => {
    const { text, rows } = exported('source,message\r\nA,"x\n, y"\r\n\nB, "z" \rC,w', CLASSIC, RAW);
    expect(text).toBe(`source,message,target_label,confidence,decided_by\r\nA,"x\n, y",${FIRST}\r\n\nB, "z" ,${SECOND}\rC,w,${FIRST}`);
    expect(rows).toBe(3);
  });

  test('short rows are padded, long rows keep their extras', () => {
    expect(exported('a,b,message\n1\n1,2,3,4\n', csvDialect(['a', 'b', 'message']), RAW).text).toBe(`a,b,message,target_label,confidence,decided_by\n1,,,${FIRST}\n1,2,3,4,${SECOND}\n`);
  });

  test('names that exist get a number', () => {
    const { text } = exported('message,target_label,"confidence",confidence_2\n', csvDialect(['message', 'target_label', 'confidence', 'confidence_2']), { raw: true, extra: ['reason', 'pattern'] });
    expect(text).toBe('message,target_label,"confidence",confidence_2,target_label_2,confidence_3,decided_by,pattern,reason\n');
  });

  test('the file\'s delimiter and byte-order mark; no header where it has none', () => {
    expect(exported('\ufeffA;"b"\n', csvDialect(['source', 'message'], { delimiter: ';', header: false, bom: 3 }), { raw: true, extra: ['reason', 'provisional'] }).text)
      .toBe('\ufeffA;"b";Error;0.8765;model;"Two of three, ""nearly""";false\n');
  });

  test('lines before the header are copied; a header with too few names is padded', () => {
    expect(exported('sep=,\r\n# by a tool, "x\r\na,b\r\n1,2,it broke\r\n', csvDialect(['a', 'b', 'message']), RAW).text)
      .toBe(`sep=,\r\n# by a tool, "x\r\na,b,,target_label,confidence,decided_by\r\n1,2,it broke,${FIRST}\r\n`);
  });

  test('a header alone, with and without its newline', () => {
    for (const end of ['', '\n']) expect(exported(`source,message${end}`, CLASSIC, SAFE).text).toBe(`source,message,target_label,confidence,decided_by${end}`);
  });

  test('a quote that never closes costs no row', () => {
    expect(exported('source,message\nA,"open\nB,"x, y"\n', CLASSIC, RAW).text).toBe(`source,message,target_label,confidence,decided_by\nA,"open,${FIRST}\nB,"x, y",${SECOND}\n`);
  });
});

describe('formula protection', () => {
  test('cells of the original, headers and our label included; numbers and a lone hyphen not', () => {
    const { text, formulaCells } = exported('source,=message\n-5,"=1+1\nfoo"\n -,  +x\n+3.5e2,@a\n"-","\t=1"\n', CLASSIC, SAFE);
    expect(text).toBe(["source,'=message,target_label,confidence,decided_by", `-5,"'=1+1\nfoo",${FIRST}`, ` -,'  +x,"'=own, label",1,person`, `+3.5e2,'@a,${FIRST}`, `"-","'\t=1","'=own, label",1,person`, ''].join('\n'));
    expect(formulaCells).toBe(5);
  });

  test('pieces that only another reader of CSV takes for cells: after a space before the quote, a stray one, one never closed', () => {
    for (const [text, guarded] of [['a, "x,=1+1,y"', 'a, "x,\'=1+1,y"'], ['"a"b,=1+1,c",d', '"a"b,\'=1+1,c",d'], ['a,"open\nb,"x,=1+1"', 'a,"open\nb,"x,\'=1+1"']]) {
      const { text: out, formulaCells } = exported(`source,message\n${text}\n`, CLASSIC, SAFE);
      expect(out.split('\n').map((line) => line.replace(/,(Error|"'=own).*$/, '')).slice(1, -1).join('\n')).toBe(guarded);
      expect(formulaCells).toBe(1);
    }
    expect(exported('source,message\na,"x,=1+1,y"\n', CLASSIC, SAFE).formulaCells).toBe(0);
  });

  test('raw changes no byte', () => {
    expect(exported('source,message\n=a,"@b"\n', CLASSIC, RAW)).toEqual({ text: `source,message,target_label,confidence,decided_by\n=a,"@b",${FIRST}\n`, rows: 1, formulaCells: 0 });
  });
});

describe('any file', () => {
  const piece = fc.constantFrom('"', '"', ',', '\n', '\r\n', '\r', ' ', 'abc', '""', '=', '-', '\0', 'é');
  const file = fc.array(piece, { minLength: 1, maxLength: 40 }).map((pieces) => `source,message\n${pieces.join('')}`);

  test('raw: the original bytes are all there, in order, whatever the chunks', () => {
    const marked: VerdictSource = { idOf: () => 0, cellsOf: () => ({ ...VERDICTS[0], label: '§' }) };
    fc.assert(fc.property(file, fc.integer({ min: 1, max: 7 }), (text, size) => {
      const bytes = bytesOf(text);
      const writer = new RowExport(CLASSIC, RAW, marked);
      const out = textOf(writer.push(bytes, 0, bytes.length, true).out);
      // Padding stands directly before our columns, and only there.
      expect(out.replace(',target_label,confidence,decided_by', '').replaceAll(/,§,0\.8765,model/g, '§').replaceAll(/,?§/g, '')).toSatisfy((left: string) => text === left || text.replaceAll(',', '') === left.replaceAll(',', ''));
      expect(exported(text, CLASSIC, SAFE, size)).toEqual(exported(text, CLASSIC, SAFE));
    }), { numRuns: 2000 });
  });

  test('what is written reads back: the same cells and one verdict per row', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '=', '-', '1'), maxLength: 8 });
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (rows, newline) => {
      const text = Papa.unparse([['source', 'message'], ...rows], { newline });
      const back = Papa.parse<string[]>(exported(text, CLASSIC, RAW).text, { delimiter: ',', newline }).data;
      expect(back.slice(1)).toEqual(rows.map((row, i) => [...row, VERDICTS[i % 2].label, i % 2 ? '1' : '0.8765', VERDICTS[i % 2].decidedBy]));
    }), { numRuns: 1000 });
  });
});

describe('other logs become CSV', () => {
  const header = 'line,timestamp,source,level,log_message,target_label,confidence,decided_by\n';

  test('lines, with empty ones, quotes and formulas', () => {
    const { text, formulaCells } = exported('2024-01-02 03:04:05,678 WARN a.B: say "hi", twice\r\n\n=1+1', LINES, SAFE);
    expect(text).toBe(`${header}1,"2024-01-02 03:04:05,678",a.B,warning,"say ""hi"", twice",${FIRST}\n2,,,,,"'=own, label",1,person\n3,,,,'=1+1,${FIRST}\n`);
    expect(formulaCells).toBe(1);
  });

  test('JSON: values without their escapes, line numbers past blank lines', () => {
    const dialect: Dialect = { ...LINES, format: 'json', columns: ['msg', 'svc', 'level', 'time'], roles: { message: 0, source: 1, level: 2, time: 3, label: -1 } };
    expect(exported('{"msg":"a\\nb\\u00e9","svc":"x","level":50,"time":1704164645}\n\n{"msg":"c"}\n', dialect, RAW).text).toBe(`${header}1,1704164645,x,error,"a\nbé",${FIRST}\n3,,,,c,${SECOND}\n`);
  });

  test('any message reads back', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\r', '=', '\0', 'é'), maxLength: 12 }), { minLength: 1, maxLength: 8 }), (lines) => {
      const { text } = exported(lines.map((line) => `${line}\n`).join(''), { ...LINES, shape: '' }, RAW);
      const back = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n', header: false }).data;
      expect(back.slice(1, -1).map((row) => [row[0], row[4]])).toEqual(lines.map((line, i) => [String(i + 1), line.endsWith('\r') ? line.slice(0, -1) : line]));
    }), { numRuns: 1000 });
  });
});

test('several files of the same columns become one, also where the first lacks its last newline', () => {
  const join = (text: string, first: boolean): string => exported(text, CLASSIC, { ...RAW, join: { file: 'a,b.csv', first } }).text;
  expect(join('source,message\nA,x', true) + join('source,message\nB,y\n', false)).toBe(`file,source,message,target_label,confidence,decided_by\n"a,b.csv",A,x,${FIRST}\n"a,b.csv",B,y,${FIRST}\n`);
  expect(join('source,message', true)).toBe('file,source,message,target_label,confidence,decided_by\n');
});
