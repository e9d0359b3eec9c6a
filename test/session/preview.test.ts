import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/contract/dialect.ts';
import { sniff } from '../../src/engine/read/sniff.ts';
import { previewEntries, previewRows, sampleLines } from '../../src/session/preview.ts';

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

  test('shows the columns of other formats as their reader finds them', () => {
    const text = 'PRIORITY=3\nMESSAGE=it broke\n\nPRIORITY=6\nMESSAGE=all is well\n\n';
    const dialect: Dialect = { ...dialectOf(text, 'a.export'), format: 'journal-export', columns: ['PRIORITY', 'MESSAGE'], roles: { source: -1, message: 1, time: -1, level: 0, label: -1 } };
    expect(previewRows(text, dialect).map((row) => row[1])).toEqual(['it broke', 'all is well']);
  });

  test('shows the fields of objects that are kept as text', () => {
    const dialect: Dialect = { ...dialectOf('{"msg":"x"}\n{"msg":"y"}\n', 'a.ndjson'), columns: ['time', 'log.msg'] };
    expect(previewRows('{"time":"now","log":"{\\"msg\\":\\"it broke\\"}\\n"}\n{"time":"then","log":"{broken"}', dialect)).toEqual([['now', 'it broke'], ['then', '']]);
  });
});

describe('the preview of entries', () => {
  test('shows times, levels, sources and messages, several lines as one entry', () => {
    const text = '2024-01-02 03:04:05 ERROR shop.Pay: it broke\n\tat a.B.c(D.java:3)\n2024-01-02 03:04:06 INFO shop.Pay: all is well\n';
    const dialect: Dialect = { ...dialectOf(text, 'a.log'), grouping: 'trace' };
    expect(previewEntries(text, dialect)).toEqual([
      { line: 1, time: Date.UTC(2024, 0, 2, 3, 4, 5), timeText: '2024-01-02 03:04:05', level: 'error', source: 'shop.Pay', message: 'it broke\n\tat a.B.c(D.java:3)' },
      { line: 3, time: Date.UTC(2024, 0, 2, 3, 4, 6), timeText: '2024-01-02 03:04:06', level: 'info', source: 'shop.Pay', message: 'all is well' },
    ]);
    expect(previewEntries(text, { ...dialect, grouping: 'line' })).toHaveLength(3);
    expect(previewEntries(text, dialect, 1)).toHaveLength(1);
  });

  test('marks in whole lines only: the last may be cut', () => {
    expect(sampleLines('one\n\ntwo\r\nthr', 9)).toEqual(['one', 'two']);
    expect(sampleLines('only', 9)).toEqual(['only']);
  });
});
