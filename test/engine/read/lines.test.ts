import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINES, readAll } from './reading.ts';

test('every physical line is an entry, empty ones too; the last needs no newline', () => {
  const { entries } = readAll('a\r\n\nb\n\n', LINES);
  expect(entries.map((entry) => [entry.line, entry.message, entry.terminator])).toEqual([[1, 'a', '\r\n'], [2, '', '\n'], [3, 'b', '\n'], [4, '', '\n']]);
  expect(readAll('a\nb', LINES).entries.map((entry) => entry.message)).toEqual(['a', 'b']);
});

test('a lone CR ends a line only in files without LF', () => {
  expect(readAll('10 %\r20 %\ndone\n', LINES).entries.map((entry) => entry.message)).toEqual(['10 %\r20 %', 'done']);
  expect(readAll('a\rb\rc', { ...LINES, loneCr: true }).entries.map((entry) => entry.message)).toEqual(['a', 'b', 'c']);
});

test('a 10 MB line, NULs and bytes that are no UTF-8', () => {
  const long = new Uint8Array(10_000_000).fill(120);
  long[5] = 0;
  long[6] = 0xff;
  const { entries } = readAll(new Uint8Array([...'a\n'].map((c) => c.charCodeAt(0)).concat([...long.subarray(0, 10)])), LINES);
  expect(entries[1].bytes).toHaveLength(10);
  const big = new Uint8Array(long.length + 2);
  big.set(long);
  big[long.length] = 10;
  big[long.length + 1] = 98;
  expect(readAll(big, LINES).entries.map((entry) => entry.bytes.length)).toEqual([long.length, 1]);
});

test('the message is a suffix of its line, whatever the line', () => {
  const word = fc.constantFrom('2024-01-02', '03:04:05,678', '[', ']', '[main]', 'INFO', 'error', ':', ' ', '  ', '-', '|', 'com.foo.Bar', 'Dec 10 06:55:46', 'host', 'app[1]:', '<34>', '1', '12345', '1704164645', '\t', '"', 'I0102 03:04:05.6', '9:M', '=', 'level=warn');
  fc.assert(fc.property(fc.array(word, { maxLength: 10 }), fc.boolean(), (words, spaced) => {
    const line = words.join(spaced ? ' ' : '');
    const [entry] = readAll(`${line}\n`, LINES).entries;
    expect(line.endsWith(entry.message)).toBe(true);
    expect(entry.time).toSatisfy((time: number) => Number.isNaN(time) || (time > 0 && time < 5e12));
  }), { numRuns: 5000 });
});

test('reading from the middle of a file keeps the line numbers', async () => {
  const { openReader } = await import('../../../src/engine/read/formats.ts');
  const seen: number[] = [];
  openReader({ ...LINES, bom: 3 }, { line: 7 }).push(new TextEncoder().encode('abc\nd\n'), 0, 6, true, (entry) => seen.push(entry.line, entry.end - entry.start));
  expect(seen).toEqual([7, 3, 8, 1]);
});
