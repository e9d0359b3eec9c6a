import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/contract/dialect.ts';
import { sniff } from '../../src/engine/read/sniff.ts';
import { previewRows } from '../../src/session/preview.ts';

const dialectOf = (text: string, name: string): Dialect => {
  const bytes = new TextEncoder().encode(text);
  return sniff(bytes, true, name, 2025);
};

describe('the preview', () => {
  test('splits CSV into its columns, without the header', () => {
    const text = 'source;log_message\r\na;"one; ""two"""\r\nb;three\r\n';
    const dialect = dialectOf(text, 'a.csv');
    expect(previewRows(text, dialect).slice(0, 2)).toEqual([['a', 'one; "two"'], ['b', 'three']]);
    expect(previewRows(text, { ...dialect, header: false })[0]).toEqual(['source', 'log_message']);
  });

  test('shows the first rows only', () => {
    const text = `source,log_message\n${Array.from({ length: 100 }, (_, at) => `s,row ${at}`).join('\n')}`;
    const rows = previewRows(text, dialectOf(text, 'a.csv'));
    expect(rows).toHaveLength(8);
    expect(rows[7]).toEqual(['s', 'row 7']);
  });

  test('shows lines whole', () => {
    const text = 'Mar 14 00:00:01 host a[1]: one, two\r\n\r\nMar 14 00:00:02 host a[1]: three';
    expect(previewRows(text, dialectOf(text, 'a.log'))).toEqual([['Mar 14 00:00:01 host a[1]: one, two'], ['Mar 14 00:00:02 host a[1]: three']]);
  });

  test('shows the fields of JSON, nested ones and odd lines too', () => {
    const dialect: Dialect = { ...dialectOf('{"msg":"x"}\n{"msg":"y"}\n', 'a.ndjson'), columns: ['msg', 'log.level', 'size', 'a.b'] };
    const text = '{"msg":"x","log":{"level":"info"},"size":3,"a.b":"direct"}\n{"msg":{"deep":1}}\nno json\n[1]';
    expect(previewRows(text, dialect)).toEqual([['x', 'info', '3', 'direct'], ['{"deep":1}', '', '', ''], ['no json'], ['', '', '', '']]);
  });
});
