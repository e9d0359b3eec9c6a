import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/contract/failure.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { bytesOf } from './reading.ts';

const of = (text: string, name = 'export') => sniff(bytesOf(text), true, name, 2024);
const log = (line: (i: number) => string): string => Array.from({ length: 30 }, (_, i) => line(i)).join('\n');

describe('CSV', () => {
  test.each([
    ['the classic', 'source,log_message\nModernCRM,"a, b"\nModernHR,c d\n', ',', true, 0, 1],
    ['a space before the quote', 'source, log_message\nModernCRM, "a, b"\nModernHR, "c d"\n', ',', true, 0, 1],
    ['header only', 'source,log_message', ',', true, 0, 1],
    ['one column', 'log_message\nUser 5 logged in, from home\nbackup done\n', ',', true, -1, 0],
    ['tabs', 'time\thost\tlevel\tmsg\n2024-01-02 03:04:05\tweb\tinfo\ta, b, c\n', '\t', true, 1, 3],
    ['semicolons', 'Date;Service;Text\n17/01/2024 10:00;a;hello there, you\n18/01/2024 10:00;b;hello there\n', ';', true, 1, 2],
    ['unquoted commas in the message', log((i) => (i === 0 ? 'source,log_message' : `Billing,step ${i}${', and more'.repeat(i % 4)}`)), ',', true, 0, 1],
    ['no header', log((i) => `${i % 2 ? 'Billing' : 'CRM'},"entry number ${i}, see below"`), ',', false, 0, 1],
    ['Excel\'s separator line', 'sep=;\nsource;log_message\nA;it broke, twice\nB;fine\n', ';', true, 0, 1],
    ['a comment before the header', '# exported by a tool, at noon\nsource,log_message\nA,it broke\nB,"fine, now"\n', ',', true, 0, 1],
    ['a header that begins like a comment', '#,host,message\n1,a,it broke\n2,b,fine now\n', ',', true, 1, 2],
    ['names in German', 'Zeit;Stufe;Quelle;Meldung\n02.01.2024 03:04:05;FEHLER;Lager;Verbindung abgebrochen, schon wieder\n', ';', true, 2, 3],
    ['names that say nothing', log((i) => (i === 0 ? 'a;b;c' : `${i};x${i % 3};the quick brown fox ${i} jumps`)), ';', true, 1, 2],
  ])('%s', (_, text, delimiter, header, source, message) => {
    const dialect = of(text);
    expect([dialect.format, dialect.delimiter, dialect.header, dialect.roles.source, dialect.roles.message]).toEqual(['csv', delimiter, header, source, message]);
    expect(dialect.sure).toBeGreaterThanOrEqual(0.5);
  });

  test('an extended log is no CSV', () => {
    expect(of('#Version: 1.0\n#Fields: date time x-edge-location sc-bytes\n2019-12-04\t21:02:31\tLAX1\t392\n2019-12-04\t21:02:32\tLAX1\t393\n', 'export.tsv').format).toBe('lines');
  });

  test('decimal commas', () => {
    expect(of('Ort;Wert;Notiz\nNord;1,25;Pumpe steht\nNord;0,75;Pumpe ; Ventil\nNord;2,50;"alles gut"\n', 'export.csv').delimiter).toBe(';');
  });

  test('a last column without a name', () => {
    const dialect = of(log((i) => (i === 0 ? 'Level,Date and Time,Source,Event ID' : `Error,14.03.2025 08:00:00,Service Control Manager,7000,"The service ${i} failed to start."`)));
    expect([dialect.columns.length, dialect.roles.message, dialect.columns[4]]).toEqual([5, 4, 'Column 5']);
  });

  test('of a hundred thousand columns the message is still found', () => {
    const row = (cell: (at: number) => string, last: string): string => `${Array.from({ length: 100_000 }, (_, at) => cell(at)).join(',')},${last}`;
    const dialect = of(`${row((at) => `c${at}`, 'message')}\n${row((at) => String(at % 97), 'disk 1 is full')}\n`);
    expect([dialect.format, dialect.columns.length, dialect.roles.message]).toEqual(['csv', 100_001, 100_000]);
  });

  test('roles by name, with level and time', () => {
    const dialect = of('id,@timestamp,log.level,service.name,message\n1,2024-01-02T03:04:05Z,info,api,it works now\n');
    expect(dialect.roles).toEqual({ time: 1, level: 2, source: 3, message: 4, label: -1 });
  });

  test('a missing or ambiguous message column is not sure', () => {
    expect(of('id,count,code\n1,2,3\n4,5,6\n', 'a.csv').roles.message).toBe(-1);
    for (const text of ['id,count,code\n1,2,3\n4,5,6\n', 'id,alpha,beta\n1,the quick brown fox,jumps over a dog\n4,lorem ipsum dolor,sit amet foo bar\n', 'a,b\n']) expect(of(text, 'a.csv').sure).toBeLessThan(0.5);
  });

  test('the ending decides where the content does not', () => {
    expect([of('a,b', 'x.csv').header, of('a,b', 'x.csv').columns]).toEqual([true, ['a', 'b']]);
    expect(of('a,b').format).toBe('plain');
  });

  test('a byte-order mark is no part of the first name; days before months are noticed', () => {
    const dialect = of('\ufeffmessage,time\nit works,13/01/2024 10:00:00\nit worked,02/01/2024 10:00:00\n');
    expect([dialect.bom, dialect.columns[0], dialect.dayFirst]).toEqual([3, 'message', true]);
  });
});

describe('logs with commas are lines', () => {
  test.each([
    ['Windows', log((i) => `2024-01-02 03:04:05, Info                  CBS    Session ${i} opened${', again'.repeat(i % 3)}`), 'lines'],
    ['Python', log((i) => `2024-01-02 03:04:05,678 INFO worker: took job ${i}`), 'python'],
    ['pipes', log((i) => `2024-01-02 03:04:05.678 | INFO     | shop.cart:add:${i} - item added`), 'python'],
    ['access', log((i) => `192.0.2.1 - - [02/Jan/2024:03:04:05 +0000] "GET /a,b?c=${i} HTTP/1.1" 200 12`), 'access'],
    ['CEF', log((i) => `Mar 14 00:00:00 fw CEF:0|Maker|Wall|1.0|${i}|Blocked|5|src=192.0.2.1`), 'syslog'],
    ['LTSV', log((i) => `time:14/Mar/2025:00:00:00 +0000\thost:192.0.2.${i}\tstatus:200`), 'plain'],
    ['fields with names', log((i) => `id=${i}, state=open, size=${i * 3}`), 'plain'],
    ['regular prose', log((i) => `Well, this is line ${i}, and so on, friends.`), 'plain'],
    ['prose', 'hello world, this is a test\nanother line, with a comma\nthird, line\n', 'plain'],
  ])('%s', (_, text, format) => expect(of(text).format).toBe(format));

  test('shapes', () => {
    expect(of(log((i) => `Mar  3 04:05:06 web app[${i}]: hi`)).shape).toBe('syslog');
    expect(of(log((i) => `just words ${i}`)).shape).toBe('');
    expect(of('one\rtwo\rthree').loneCr).toBe(true);
  });
});

test('JSON lines, with nested fields', () => {
  const dialect = of('{"level":30,"time":1,"msg":"hi","svc":{"name":"x"}}\n{"level":50,"time":2,"msg":"bad","err":{"stack":"y"}}\nnot json but one line\n'.replace(/not.*\n/, ''));
  expect([dialect.format, dialect.columns, dialect.sure]).toEqual(['json', ['level', 'time', 'msg', 'svc.name', 'err.stack'], 1]);
  expect(dialect.roles).toEqual({ level: 0, time: 1, message: 2, source: 3, label: -1 });
});

describe('what cannot be read', () => {
  const codeOf = (bytes: Uint8Array): string => {
    try {
      return sniff(bytes, true, 'x.log', 2024).format;
    } catch (error) {
      return error instanceof Failure ? `${error.code}: ${error.message}` : 'other';
    }
  };
  test('empty, or nothing but blanks', () => {
    for (const text of ['', '\ufeff', ' \r\n\t\n']) expect(codeOf(bytesOf(text))).toMatch(/^file-empty: x\.log is empty/);
  });
  test('archives within what was unpacked, noise', () => {
    expect(codeOf(Uint8Array.from({ length: 200 }, (_, i) => (i % 2 ? 0 : 65)))).toMatch(/^file-binary: .*control bytes/);
    expect(codeOf(Uint8Array.of(0x1f, 0x8b, 8, 0))).toMatch(/^file-binary: .*gzip/);
    expect(codeOf(Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256))).toMatch(/^file-binary/);
  });
  test('a few NULs are no reason', () => expect(codeOf(bytesOf('source,log_message\nA,a\0b\0\n'))).toBe('csv'));
});
