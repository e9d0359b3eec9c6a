import { describe, expect, test } from 'vitest';
import { csvDialect, readAll, records } from './reading.ts';

const CLASSIC = csvDialect(['source', 'message']);
const rowsOf = (text: string): (readonly string[])[] => records(readAll(text, CLASSIC)).map((row) => row.cells);
const pairsOf = (text: string): string[][] => records(readAll(text, CLASSIC)).map((row) => [row.source, row.message]);

describe('the classic inputs', () => {
  test('quotes, commas in them, doubled quotes', () => {
    expect(pairsOf('source,log_message\nModernCRM,"IP blocked, twice"\nLegacyCRM,"he said ""no"""\nBilling,plain\n')).toEqual([
      ['ModernCRM', 'IP blocked, twice'], ['LegacyCRM', 'he said "no"'], ['Billing', 'plain'],
    ]);
  });

  test('a space before the opening quote', () => {
    expect(pairsOf('source, log_message\nModernCRM, "IP blocked, twice"\nModernHR,  "a ""b"", c"  \nX, "open, and open\n')).toEqual([
      ['ModernCRM', 'IP blocked, twice'], ['ModernHR', 'a "b", c'], ['X', ' "open, and open'],
    ]);
  });

  test('header, blank lines and records keep their bytes, lines and terminators', () => {
    const { entries } = readAll('source,message\r\n\r\nA,"x\ny"\nB,z', CLASSIC);
    expect(entries.map((entry) => [entry.kind, entry.line, entry.bytes, entry.terminator])).toEqual([
      ['header', 1, 'source,message', '\r\n'], ['blank', 2, '', '\r\n'], ['record', 3, 'A,"x\ny"', '\n'], ['record', 5, 'B,z', ''],
    ]);
  });
});

describe('ugly input', () => {
  test('LF, CRLF and lone CR, mixed', () => {
    expect(rowsOf('s,m\rA,1\r\nB,2\nC,3\rD,4')).toEqual([['A', '1'], ['B', '2'], ['C', '3'], ['D', '4']]);
  });

  test('a byte-order mark belongs to no record', () => {
    const { entries } = readAll('\ufeffsource,message\nA,b\n', { ...CLASSIC, bom: 3 });
    expect(entries.map((entry) => entry.bytes)).toEqual(['source,message', 'A,b']);
  });

  test('NUL bytes are kept', () => {
    expect(rowsOf('s,m\nA,a\0b\n')).toEqual([['A', 'a\0b']]);
  });

  test('header only, with and without its newline', () => {
    for (const text of ['source,message', 'source,message\n']) expect(readAll(text, CLASSIC).entries.map((entry) => entry.kind)).toEqual(['header']);
  });

  test('ragged rows are listed by line and come out', () => {
    const reading = readAll('s,m\nA\nB,"1\n2",x\nC,3\n', CLASSIC);
    expect(reading.problems).toEqual(['2 short-row', '3 long-row']);
    expect(records(reading).map((row) => [row.source, row.message])).toEqual([['A', ''], ['B', '1\n2'], ['C', '3']]);
  });

  test('commas of an unquoted message in the last column belong to it', () => {
    const reading = readAll('s,m\nA,User 5 logged in, from home, again\n', CLASSIC);
    expect(records(reading)[0].message).toBe('User 5 logged in, from home, again');
    expect(reading.problems).toEqual(['2 long-row']);
  });

  test('a stray quote in a plain cell is a character', () => {
    const reading = readAll('s,m\nA,5" disk\nB,say "hi"\n', CLASSIC);
    expect(records(reading).map((row) => row.message)).toEqual(['5" disk', 'say "hi"']);
    expect(reading.problemCount).toBe(0);
  });

  test('a stray quote in a quoted cell is one too, and listed', () => {
    const reading = readAll('s,m\nA,"5" disk, full"\nB,ok\n', CLASSIC);
    expect(records(reading).map((row) => row.message)).toEqual(['5" disk, full', 'ok']);
    expect(reading.problems).toEqual(['2 stray-quote']);
  });
});

describe('a quote that never closes', () => {
  test('before rows with quotes: only its line is read as it is', () => {
    const reading = readAll('s,m\nA,"open, and open\nB,"fine, really"\nC,ok\n', CLASSIC);
    expect(records(reading).map((row) => [row.line, row.source, row.message])).toEqual([[2, 'A', '"open, and open'], [3, 'B', 'fine, really'], [4, 'C', 'ok']]);
    expect(reading.problems).toEqual(['2 open-quote', '2 long-row']);
  });

  test('before rows without: up to the end of the file', () => {
    const reading = readAll('s,m\nA,"open\nB,1\nC,2', CLASSIC);
    expect(records(reading).map((row) => row.message)).toEqual(['"open', '1', '2']);
    expect(reading.problems).toEqual(['2 open-quote']);
  });

  test('cells before it that are well quoted stay so', () => {
    expect(rowsOf('s,m\n"A, B","open\nC,1\n')).toEqual([['A, B', '"open'], ['C', '1']]);
  });

  test('each with the rest of the file to search: reading stays linear', () => {
    // All further quotes look doubled, so every search goes on to the end of the file.
    const lines = 60_000;
    const text = `s,m\n${'A,""x\n'.repeat(lines)}`;
    const started = performance.now();
    const reading = readAll(text, CLASSIC);
    expect(records(reading)).toHaveLength(lines);
    expect(reading.problemCount).toBeGreaterThanOrEqual(lines);
    expect(reading.problems).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test('level and time come from their columns', () => {
  const reading = readAll('time,level,source,message\n2024-01-02T03:04:05Z,WARN,"a, b",x\n1700000000123,err,,y\nsoon,loud,,z\n', csvDialect(['time', 'level', 'source', 'message']));
  expect(records(reading).map((row) => [row.time, row.level, row.source, row.timeText])).toEqual([
    [Date.UTC(2024, 0, 2, 3, 4, 5), 5, 'a, b', '2024-01-02T03:04:05Z'], [1700000000123, 6, '', '1700000000123'], [NaN, 0, '', 'soon'],
  ]);
});

test('a cell of 10 MB and a record with thousands of cells', () => {
  const long = 'x, '.repeat(3_500_000);
  const reading = readAll(`s,m\nA,"${long}"\n${'b,'.repeat(5000)}c\n`, CLASSIC);
  expect(records(reading)[0].message).toHaveLength(long.length);
  expect(records(reading)[1].cells).toHaveLength(5001);
});
