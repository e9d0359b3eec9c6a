import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { LINES, readAll } from './reading.ts';

const JSON_LINES: Dialect = { ...LINES, format: 'json', columns: ['msg', 'svc.name', 'level', 'time'], roles: { message: 0, source: 1, level: 2, time: 3, label: -1 } };

test('fields, nested and flat, with escapes, in any order', () => {
  const { entries, problems } = readAll([
    '{"level":50,"time":1704164645678,"msg":"caf\\u00e9 \\ud83d\\ude00 \\"q\\"\\n","svc":{"id":[1,{"msg":"no"}],"name":"api"}}',
    '{ "svc.name" : "flat" , "msg" : "plain" , "level" : "WARN", "time": "2024-01-02T03:04:05Z" }',
    '', '{"m\\u0073g":"escaped key"}', '{"msg":{"a":1}}', '{"other":1}', '{"msg":"first","msg":"last"}',
  ].join('\r\n'), JSON_LINES);
  expect(problems).toEqual([]);
  expect(entries.map((entry) => [entry.line, entry.kind, entry.message, entry.source, entry.level, entry.time])).toEqual([
    [1, 'record', 'café 😀 "q"\n', 'api', 6, 1704164645678], [2, 'record', 'plain', 'flat', 5, 1704164645000], [3, 'blank', '', '', 0, NaN],
    [4, 'record', 'escaped key', '', 0, NaN], [5, 'record', '{"a":1}', '', 0, NaN], [6, 'record', '{"other":1}', '', 0, NaN], [7, 'record', 'last', '', 0, NaN],
  ]);
});

test('lines that are no object come out whole and are listed', () => {
  const lines = ['{"msg":"cut', '[1]', '"text"', 'plain text', '{"msg":"a"} trailing', '{"msg":"a",}'];
  const { entries, problems } = readAll(lines.join('\n'), JSON_LINES);
  expect(entries.map((entry) => entry.message)).toEqual(lines);
  expect(problems).toEqual(lines.map((_, i) => `${i + 1} bad-json`));
});

test('times in seconds, milliseconds, microseconds, nanoseconds; levels by number', () => {
  const { entries } = readAll('{"time":1704164645}\n{"time":1704164645.5,"level":3}\n{"time":1704164645000001,"level":30}\n{"time":1704164645000000001,"level":60}\n{"time":"1704164645678","level":"6"}\n', JSON_LINES);
  expect(entries.map((entry) => [entry.time, entry.level])).toEqual([[1704164645000, 0], [1704164645500, 6], [1704164645000, 3], [1704164645000, 7], [1704164645678, 3]]);
});

test('finds what JSON.parse finds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (msg, name, other, spaced) => {
    const object = { other, msg, svc: { z: other, name } };
    const line = JSON.stringify(object, null, spaced ? 1 : 0).replaceAll('\n', ' ');
    const [entry] = readAll(`${line}\n`, JSON_LINES).entries;
    expect([entry.message, entry.source]).toEqual([msg, name]);
  }), { numRuns: 2000 });
});
