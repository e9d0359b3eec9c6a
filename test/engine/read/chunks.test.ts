import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { LINES, bytesOf, csvDialect, readAll } from './reading.ts';
import type { Reading, Seen } from './reading.ts';

const DIALECTS: readonly Dialect[] = [
  csvDialect(['source', 'message']), csvDialect(['source', 'message', 'time'], { header: false, delimiter: ';' }), csvDialect(['message'], { bom: 3 }),
  LINES, { ...LINES, grouping: 'trace' }, { ...LINES, grouping: 'headed' }, { ...LINES, loneCr: true }, { ...LINES, shape: '', bom: 3 },
  ...['log4j', 'python', 'syslog', 'syslog5424', 'logfmt', 'plain'].map((format) => ({ ...LINES, format })),
  { ...LINES, format: 'jul' }, { ...LINES, format: 'jul', grouping: 'trace' }, { ...LINES, format: 'jul', grouping: 'headed', loneCr: true },
  { ...LINES, format: 'cri' }, { ...LINES, format: 'cri', loneCr: true }, { ...LINES, format: 'logcat' }, { ...LINES, format: 'logcat', shape: 'logcat-long' },
  { ...LINES, format: 'custom', grouping: 'headed', custom: { name: 'odd', lead: '', parts: [{ role: 'time', until: ' ' }, { role: 'level', until: ': ' }, { role: 'message', until: '' }] } },
  { ...LINES, format: 'custom', custom: { name: 'odd', lead: '', parts: [{ role: 'source', until: ';' }, { role: null, until: '" ' }, { role: 'message', until: '' }] } },
  { ...LINES, format: 'json', columns: ['msg', 'svc.name', 'level', 'time'], roles: { message: 0, source: 1, level: 2, time: 3, label: -1 } },
  { ...LINES, format: 'json', shape: 'mixed', columns: ['msg', 'level'], roles: { message: 0, source: -1, level: 1, time: -1, label: -1 } },
  { ...LINES, format: 'json-document', path: '', columns: ['msg', 'level'], roles: { message: 0, source: -1, level: 1, time: -1, label: -1 } },
  { ...LINES, format: 'json-document', path: 'a', columns: ['msg'], roles: { message: 0, source: -1, level: -1, time: -1, label: -1 } },
  { ...LINES, format: 'docker', shape: 'docker', columns: ['log', 'stream', 'time'], roles: { message: 0, source: -1, level: -1, time: 2, label: -1 } },
  { ...LINES, format: 'journal-export', shape: '' }, { ...LINES, format: 'elb', shape: 'access' },
  csvDialect(['source', 'message'], { backslash: true }), csvDialect(['source', 'message'], { quote: "'" }),
];
const piece = fc.constantFrom('"', '"', ',', ';', '\n', '\r\n', '\r', '\r', ' ', 'abc', '""', '\0', 'é', '2024-01-02 03:04:05,678 INFO x.Y: ', '{"msg":"a\\n\\u00e9"}', '{"msg":', '{"log":"part","stream":"stdout"}\n', '{"log":"end\\n","stream":"stdout"}\n', '{"a":[', ']', '}', '\\', "'", 'MESSAGE=x\n', 'MESSAGE\n\x05\0\0\0\0\0\0\0ab\ncd\n', 'Dec 10 06:55:46 host app[1]: ', 'Jan 02, 2024 3:04:05 PM a.B c', 'SEVERE: x', '\tat a.B.c(B.java:1)', '2024-01-02T03:04:05.6Z stdout P ', '2024-01-02T03:04:05.6Z stdout F ', '[ 01-02 03:04:05.678  1702: 2395 D/Tag ]', 'D/Tag( 12): ', 'Mar  3 01:02:03 ', 'Oct  9 01:02:03 x\n');
const file = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

function bytesRead(reading: Reading): string {
  return reading.entries.map((entry) => entry.bytes + entry.terminator).join('');
}

test('records do not depend on the chunks, and together they are the file', () => {
  fc.assert(fc.property(file, fc.constantFrom(...DIALECTS), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), (text, dialect, sizes) => {
    const bytes = bytesOf((dialect.bom > 0 ? '\ufeff' : '') + text);
    const whole = readAll(bytes, dialect);
    expect(bytesRead(whole)).toBe(text);
    for (const chunks of [[1], sizes]) expect(readAll(bytes, dialect, chunks)).toEqual(whole);
  }), { numRuns: 3000 });
});

test('a record that is read again from its own place is the same', () => {
  // The year of a time that names none follows from the times before it: rows keep the one that was found first.
  const known = (entry: Seen | undefined): Partial<Seen> => ({ ...entry, time: undefined });
  fc.assert(fc.property(file, fc.constantFrom(...DIALECTS), (text, dialect) => {
    const bytes = bytesOf(text);
    let at = 0;
    for (const entry of readAll(bytes, { ...dialect, bom: 0 }).entries) {
      const end = at + bytesOf(entry.bytes + entry.terminator).length;
      const again = (to: number): Seen | undefined => readAll(bytes.slice(at, to), dialect, undefined, { line: entry.line }).entries.find(({ kind }) => kind === 'record');
      if (entry.kind === 'record') for (const to of [end, bytes.length]) expect(known(again(to))).toEqual(known(entry));
      at = end;
    }
  }), { numRuns: 1000 });
});

test('the year of a time that names none does not depend on the chunks', () => {
  const text = 'Mar  3 01:02:03 Oct  9 01:02:03 x\nSEVERE: y\nOct  9 01:02:03 z\n';
  for (const format of ['jul', 'cri', 'logcat', 'lines']) {
    for (const grouping of ['line', 'trace', 'headed'] as const) {
      const dialect: Dialect = { ...LINES, format, grouping, shape: format === 'logcat' ? 'logcat-long' : 'time' };
      expect(readAll(text, dialect, [1])).toEqual(readAll(text, dialect));
    }
  }
});

test('lines count on, whatever the terminators', () => {
  fc.assert(fc.property(file, (text) => {
    const { entries } = readAll(text, csvDialect(['source', 'message']));
    let line = 1;
    for (const entry of entries) {
      expect(entry.line).toBe(line);
      line += (entry.bytes + entry.terminator).match(/\r\n|\n|\r/g)?.length ?? 0;
    }
  }), { numRuns: 1000 });
});

test('a long record in small chunks is not read over and over', () => {
  const text = `source,message\nA,"${'x'.repeat(4_000_000)}"\nB,c\n`;
  const started = performance.now();
  const reading = readAll(text, csvDialect(['source', 'message']), [65_536]);
  expect(reading.entries.map((entry) => entry.bytes.length)).toEqual([14, 4_000_004, 3]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
