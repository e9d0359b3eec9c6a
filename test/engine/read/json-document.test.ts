import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { openReader } from '../../../src/engine/read/formats.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { LINES, bytesOf, readAll, records } from './reading.ts';

const DOCUMENT: Dialect = { ...LINES, format: 'json-document', shape: '', path: '', columns: ['msg', 'level'], roles: { message: 0, source: -1, level: 1, time: -1, label: -1 } };
const RECORDS: Dialect = { ...DOCUMENT, path: 'Records' };

const told = (text: string, dialect: Dialect): unknown[] => records(readAll(text, dialect)).map(({ line, message }) => [line, message]);
const problems = (text: string, dialect: Dialect): readonly string[] => readAll(text, dialect).problems;

describe('where the entries stand', () => {
  test.each<[string, string, Dialect, unknown[]]>([
    ['a list on one line', '[{"msg":"a"},{"msg":"b"}]', DOCUMENT, [[1, 'a'], [1, 'b']]],
    ['one after another without a break', '{"msg":"a"}{"msg":"b"} {"msg":"c"}', DOCUMENT, [[1, 'a'], [1, 'b'], [1, 'c']]],
    ['several lists', '[{"msg":"a"}]\n[\n{"msg":"b"}]\n', DOCUMENT, [[1, 'a'], [3, 'b']]],
    ['in a list by name, whatever else is there', '{"x":[{"msg":"no"}],"y":{"Records":[{"msg":"no"}]},"Records":[{"msg":"a"},\n{"msg":"b"}],"z":[{"msg":"no"}]}', RECORDS, [[1, 'a'], [2, 'b']]],
    ['in several documents', '{"Records":[{"msg":"a"}]}\n{"Records":[{"msg":"b"}]}\n', RECORDS, [[1, 'a'], [2, 'b']]],
    ['behind record separators', '\x1e{\n"msg":"a"}\n\x1e{"msg":\n"b"}\n', DOCUMENT, [[1, 'a'], [3, 'b']]],
    ['brackets and quotes within strings', '[{"msg":"}]\\"{"},{"msg":"b"}]', DOCUMENT, [[1, '}]"{'], [1, 'b']]],
  ])('%s', (_, text, dialect, expected) => {
    expect(told(text, dialect)).toEqual(expected);
    expect(problems(text, dialect)).toEqual([]);
  });
});

describe('what is broken comes out, and is listed', () => {
  test.each<[string, string, Dialect, unknown[], readonly string[]]>([
    ['cut off', '[{"msg":"a"},{"msg":"b"', DOCUMENT, [[1, 'a'], [1, '{"msg":"b"']], ['1 cut-short']],
    ['a bracket is missing: up to the next entry', '[\n {"msg":"a"\n },\n {"msg":["b",\n  "c"\n },\n {"msg":"d"}\n]', DOCUMENT, [[2, 'a'], [4, '{"msg":["b",'], [5, '"c"'], [6, '},'], [7, 'd']], ['4 bad-json']],
    ['no object', '[5,\n{"msg":"a"}]', DOCUMENT, [[1, '5,'], [2, 'a']], ['1 bad-json']],
    ['not JSON inside', '[{msg:1},{"msg":"a"}]', DOCUMENT, [[1, '{msg:1}'], [1, 'a']], ['1 bad-json']],
    ['another document without the list', '{"Records":[{"msg":"a"}]}\n{"msg":"b"}\ntext\n', RECORDS, [[1, 'a'], [2, 'b'], [3, 'text']], ['3 bad-json']],
  ])('%s', (_, text, dialect, entries, listed) => {
    expect(told(text, dialect)).toEqual(entries);
    expect(problems(text, dialect)).toEqual(listed);
  });
});

describe('hostile documents cost no more than others', () => {
  test.each([
    ['deep lists', '['.repeat(500_000)],
    ['deep objects', `[${'{"a":'.repeat(100_000)}`],
    ['deep and closed', `[{"msg":${'['.repeat(200_000)}${']'.repeat(200_000)}}]`],
    ['objects that never close', '{"a":{\n'.repeat(50_000)],
    ['quotes that never close', `[${'{"a":"x\n'.repeat(50_000)}`],
    ['nothing but commas', ',\n'.repeat(300_000)],
    ['lines that look like entries of a broken one', `[\n{"a":[\n${'{"a":1}\n'.repeat(50_000)}`],
  ])('%s', { timeout: 60_000 }, (_, text) => {
    const bytes = bytesOf(text);
    const started = performance.now();
    for (const dialect of [DOCUMENT, RECORDS]) {
      const reader = openReader(dialect);
      let at = 0;
      for (let to = 1 << 16; at < bytes.length; to += 1 << 16) at = reader.push(bytes, at, Math.min(to, bytes.length), to >= bytes.length, () => undefined);
    }
    sniff(bytesOf(text.slice(0, 1 << 18)), false, 'x.json', 2024);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

test('a broken entry in a long file costs its lines, not the rest', () => {
  const entry = (n: number): string => ` {\n  "msg": "entry ${n}"\n }`;
  const text = `[\n${Array.from({ length: 5000 }, (_, n) => (n === 100 ? ' {\n  "msg": "entry 100' : entry(n))).join(',\n')}\n]\n`;
  const reading = readAll(text, DOCUMENT, [4096]);
  expect(records(reading).filter(({ message }) => message.startsWith('entry'))).toHaveLength(4999);
  expect(reading.problems).toHaveLength(1);
});

describe('which documents are recognised', () => {
  test.each([
    ['{"Records":[{"msg":"a","level":"info"},{"msg":"b","level":"info"}]}', 'json-document', 'Records'],
    ['{"count":2,"hits":{"total":2,"hits":[{"_source":{"message":"one two"}},{"_source":{"message":"three four"}}]}}', 'json-document', 'hits.hits'],
    ['{\n "msg": "a"\n}\n{\n "msg": "b"\n}\n', 'json-document', ''],
    ['{"msg":"a"}\n{"msg":"b"}\n', 'json', undefined],
    ['{"msg":"a","spans":[{"id":1},{"id":2},{"id":3}]}\n{"msg":"b","spans":[{"id":1},{"id":2},{"id":3}]}\n', 'json', undefined],
  ])('%s', (text, format, path) => {
    const dialect = sniff(bytesOf(text), true, 'x', 2024);
    expect([dialect.format, dialect.path]).toEqual([format, path]);
  });

  test('not by a bracket alone', () => {
    expect(sniff(bytesOf('[error] it broke\n[info] it works\n'), true, 'x', 2024).format).not.toMatch('json');
  });

  test('a long one whose sample ends within an entry', () => {
    const text = `{"Records":[${Array.from({ length: 100 }, (_, n) => JSON.stringify({ msg: `entry ${n}`, level: 'info' })).join(',')}`.slice(0, 3000);
    const dialect = sniff(bytesOf(text), false, 'x.json', 2024);
    expect([dialect.format, dialect.path, dialect.columns[dialect.roles.message]]).toEqual(['json-document', 'Records', 'msg']);
  });
});
