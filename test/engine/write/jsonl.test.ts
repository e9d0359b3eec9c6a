import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { REDACTIONS } from '../../../src/contract/export.ts';
import { Redactor } from '../../../src/engine/redact/redactor.ts';
import type { VerdictSource } from '../../../src/engine/write/columns.ts';
import { RowExport } from '../../../src/engine/write/row-export.ts';
import type { RowExportOptions } from '../../../src/engine/write/row-export.ts';
import { LINES, bytesOf, csvDialect, textOf } from '../read/reading.ts';

const verdicts: VerdictSource = {
  idOf: () => 0,
  cellsOf: () => ({ label: 'Error "x"', confidence: 0.87654, decidedBy: 'model', pattern: 'job <*> failed', bestGuess: 'Error', reason: 'mail a@b.example', provisional: false }),
};
const JSONL: RowExportOptions = { format: 'jsonl', raw: false, extra: [] };
const OURS = '"target_label":"Error \\"x\\"","confidence":0.8765,"decided_by":"model"';
const JSON_LINES: Dialect = { ...LINES, format: 'json', shape: '', columns: ['msg'], roles: { ...LINES.roles, message: 0 } };
const hiding = (): Redactor => new Redactor({ kinds: REDACTIONS, own: [], key: new Uint8Array(16) });

function exported(input: string | Uint8Array, dialect: Dialect, options: RowExportOptions): string {
  const bytes = typeof input === 'string' ? bytesOf(input) : input;
  return textOf(new RowExport(dialect, options, verdicts).push(bytes, 0, bytes.length, true).out);
}
const objects = (text: string): Record<string, unknown>[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
const bare = (text: string): string => text.replace(/\[(\w+) [0-9a-f]{10}\]/g, '[$1]');

describe('JSON in, JSON lines out', () => {
  test('own bytes, our fields before the last brace', () => {
    expect(exported('{ "msg" : "a\\u0041", "n": 1.50e3 }\r\n\n{}\n{"msg":"b"}', JSON_LINES, JSONL)).toBe(`{ "msg" : "a\\u0041", "n": 1.50e3 ,${OURS}}\n{${OURS}}\n{"msg":"b",${OURS}}\n`);
  });

  test('fields of our names stay; ours get a number', () => {
    const [one, two] = objects(exported('{"target_label":"x","confid\\u0065nce":2,"confidence_2":3,"in":{"decided_by":1}}\n{"msg":"y"}', JSON_LINES, { ...JSONL, join: { file: 'a.json', first: true } }));
    expect(one).toEqual({ file: 'a.json', target_label: 'x', confidence: 2, confidence_2: 3, in: { decided_by: 1 }, target_label_2: 'Error "x"', confidence_3: 0.8765, decided_by: 'model' });
    expect(two).toEqual({ file: 'a.json', msg: 'y', target_label: 'Error "x"', confidence: 0.8765, decided_by: 'model' });
    expect(objects(exported('{"file":1}', JSON_LINES, { ...JSONL, join: { file: 'b', first: true } }))[0]).toMatchObject({ file: 1, file_2: 'b' });
  });

  test.each(['[1]', 'no json', '{"a":01}', '{"a":1,}', '{"a":"\\x"}', '{"a":1} {"b":2}', '{"a":"open', '"text"', '{"a":tru}', '{"a" 1}', `${'['.repeat(600)}`])('%s is wrapped', (line) => {
    expect(objects(exported(line, JSON_LINES, JSONL))).toEqual([{ log_message: line, target_label: 'Error "x"', confidence: 0.8765, decided_by: 'model' }]);
  });

  test('bytes that are no UTF-8 become U+FFFD', () => {
    const out = exported(Uint8Array.of(...bytesOf('{"msg":"a'), 0xff, ...bytesOf('"}\nbad '), 0xc3, 10), JSON_LINES, JSONL);
    expect(objects(out).map((one) => one['msg'] ?? one['log_message'])).toEqual(['a\ufffd', 'bad \ufffd']);
  });

  test('redacted, what stands below a secret\'s name is hidden at any depth, and no more', () => {
    const [one] = objects(bare(exported('{"credentials":{"key":"abc","more":[{"x":"def"}],"n":7},"after":"ghi","l":{"token":"jkl","next":"mno"}}', JSON_LINES, { ...JSONL, redactor: hiding() })));
    expect(one).toMatchObject({ credentials: { key: '[token]', more: [{ x: '[token]' }], n: '[token]' }, after: 'ghi', l: { token: '[token]', next: 'mno' } });
  });

  test('redacted by content, whatever the escapes', () => {
    const [one] = objects(bare(exported('{"msg":"from 10.0.0.1","e":"a\\u0040b.example","password":"hunter2","n":4111111111111111,"l":["::1",true,null,12],"a@b.example":1}', JSON_LINES, { ...JSONL, extra: ['reason'], redactor: hiding() })));
    expect(one).toMatchObject({ msg: 'from [ip]', e: '[email]', password: '[token]', n: '[card]', l: ['[ip]', true, null, 12], '[email]': 1, reason: 'mail [email]' });
  });

  test('any object: what JSON.parse reads, it reads, and our fields beside it', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 })), fc.constantFrom(undefined, 1), (object, indent) => {
      const line = JSON.stringify(object, undefined, indent).replaceAll('\n', ' ');
      const [{ target_label, confidence, decided_by, ...rest }] = objects(exported(line, JSON_LINES, JSONL));
      expect([target_label, confidence, decided_by]).toEqual(['Error "x"', 0.8765, 'model']);
      expect(rest).toEqual(JSON.parse(line));
      expect(objects(exported(line, JSON_LINES, { ...JSONL, redactor: hiding() }))).toHaveLength(1);
    }), { numRuns: 1000 });
  });

  test('any line: one valid object each, as JSON.parse would have it or wrapped', () => {
    const piece = fc.constantFrom('{', '}', '"', ':', ',', '[', ']', '1', '-', '.', 'e', 'true', 'a', '\\', '\\u00', ' ', '\t', '{"a":1', '0');
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => `{${pieces.join('')}`), (line) => {
      const [out] = objects(exported(line, JSON_LINES, JSONL));
      let own: unknown = null;
      try { own = JSON.parse(line); } catch { /* Then it is wrapped. */ }
      if (own === null) expect(out['log_message']).toBe(line);
      else expect(out).toMatchObject(own as Record<string, unknown>);
    }), { numRuns: 5000 });
  });
});

describe('other logs become JSON lines', () => {
  test('lines', () => {
    const [one, two] = objects(exported('2024-01-02T03:04:05Z ERROR "a"\u0001\tb\nplain', LINES, { ...JSONL, extra: ['provisional', 'best_guess'], join: { file: 'x.log', first: false } }));
    expect(one).toMatchObject({ file: 'x.log', line: 1, timestamp: '2024-01-02T03:04:05Z', time: '2024-01-02T03:04:05.000Z', source: '', level: 'error', target_label: 'Error "x"', best_guess: 'Error', provisional: false });
    expect(String(one['log_message'])).toContain('"a"\u0001\tb');
    expect(two).toMatchObject({ line: 2, time: null, log_message: 'plain' });
  });

  test('CSV: its own columns as text; short and long rows, names that come twice or are missing', () => {
    const out = objects(exported('a,a,,target_label\n1,"x ""y""\n",3,4\n1\n1,2,3,4,5\n', csvDialect(['a', 'a', '', 'target_label']), { ...JSONL, extra: ['pattern'] }));
    expect(out[0]).toEqual({ a: '1', a_2: 'x "y"\n', 'Column 3': '3', target_label: '4', target_label_2: 'Error "x"', confidence: 0.8765, decided_by: 'model', pattern: 'job <*> failed' });
    expect(out[1]).toMatchObject({ a: '1', a_2: '', 'Column 3': '', target_label: '' });
    expect(out[2]).toMatchObject({ 'Column 5': '5' });
    expect(objects(exported('1,2\n', csvDialect(['Column 1', 'message'], { header: false }), JSONL))[0]).toMatchObject({ 'Column 1': '1', message: '2' });
  });
});

describe('redacted CSV', () => {
  test('cells by content; the others keep their bytes; secret columns whole', () => {
    const out = bare(exported('# by 10.0.0.1\na@b.example,password,message\n"x ""10.0.0.1""",s, "k"\n"a@b.example",,"=1,c@d.example"\n', csvDialect(['a@b.example', 'password', 'message']), { raw: false, extra: ['reason'], redactor: hiding() }));
    expect(out.split('\n').slice(-4)).toEqual([
      '[email],password,message,target_label,confidence,decided_by,reason', '"x ""[ip]""",[token], "k","Error ""x""",0.8765,model,mail [email]', '"[email]",,"\'=1,[email]","Error ""x""",0.8765,model,mail [email]', '',
    ]);
  });

  test('lines: message and source', () => {
    expect(bare(exported('2024-01-02T03:04:05Z from 10.0.0.1, "x"\n', LINES, { raw: false, extra: [], redactor: hiding() })).split('\n')[1]).toMatch(/^1,2024-01-02T03:04:05Z,.*from \[ip\], ""x""".*$/);
  });

  test('any file keeps its shape for another reader, and no value survives', () => {
    const values = ['10.0.0.1', 'a@b.example', '4111111111111111', 'password=hunter2'];
    const cell = fc.array(fc.constantFrom(...values, ' ', ',', '"', '\n', '=', 'x', ';'), { maxLength: 6 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = Papa.unparse([['source', 'message'], ...rows], { newline: '\n' });
      const out = exported(text, csvDialect(['source', 'message']), { raw: true, extra: [], redactor: hiding() });
      const back = Papa.parse<string[]>(out, { delimiter: ',', newline: '\n' }).data;
      const redactor = hiding();
      expect(back.slice(1).map((row) => row.slice(0, 2))).toEqual(rows.map((row) => row.map((one) => redactor.text(one))));
      expect(back.every((row) => row.length === 5)).toBe(true);
    }), { numRuns: 1000 });
  });
});
