import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../../src/contract/level.ts';
import { FORMATS } from '../../../src/engine/read/formats.ts';
import { sniff, sniffFormat } from '../../../src/engine/read/sniff.ts';
import { bytesOf, readAll } from './reading.ts';
import type { Seen } from './reading.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const YEAR = 2026;
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith('.expected.tsv')).map((name) => name.replace('.expected.tsv', ''));

function expectationOf(name: string): { format: string; rows: string[] } {
  const [head, ...rows] = readFileSync(join(FIXTURES, `${name}.expected.tsv`), 'utf8').trimEnd().split('\n');
  return { format: head.slice(2), rows };
}

function rowOf({ line, time, level, source, message }: Seen): string {
  const escaped = message.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\r', '').replaceAll('\n', '\\n');
  return [line, Number.isNaN(time) ? '' : new Date(time).toISOString(), LEVELS[level], source, escaped].join('\t').trimEnd();
}

function rowsOf(bytes: Uint8Array, name: string): string[] {
  return readAll(bytes, sniff(bytes, true, name, YEAR)).entries.map(rowOf);
}

describe('logs of real programs are read without a setting as was checked by hand', () => {
  test.each(NAMES)('%s', (name) => {
    const bytes = new Uint8Array(readFileSync(join(FIXTURES, `${name}.log`)));
    const { format, rows } = expectationOf(name);
    expect(sniff(bytes, true, `${name}.log`, YEAR).format).toBe(format);
    expect(rowsOf(bytes, `${name}.log`)).toEqual(rows.map((row) => row.trimEnd()));
  });

  test.each(NAMES)('%s with CRLF', (name) => {
    const text = readFileSync(join(FIXTURES, `${name}.log`), 'utf8');
    expect(rowsOf(bytesOf(text.replaceAll('\n', '\r\n')), `${name}.log`)).toEqual(expectationOf(name).rows.map((row) => row.trimEnd()));
  });

  test.each(NAMES)('%s: an entry read again from its own place is the same', (name) => {
    const bytes = new Uint8Array(readFileSync(join(FIXTURES, `${name}.log`)));
    const dialect = sniff(bytes, true, `${name}.log`, YEAR);
    const reading = readAll(bytes, dialect);
    let at = 0;
    for (const entry of reading.entries) {
      const again = readAll(bytes.subarray(at), dialect, undefined, { line: entry.line });
      expect(again.entries[0]).toEqual(entry);
      at += bytesOf(entry.bytes + entry.terminator).length;
    }
    expect(at).toBe(bytes.length);
  });

  test('every format of lines has a fixture', () => {
    const covered = new Set(NAMES.map((name) => expectationOf(name).format));
    for (const id of ['syslog', 'syslog5424', 'journalctl', 'access', 'nginx-error', 'apache-error', 'jul', 'log4j', 'python', 'logfmt', 'klog', 'cri', 'logcat', 'jvm', 'plain']) expect(covered).toContain(id);
  });
});

describe('choosing', () => {
  const text = readFileSync(join(FIXTURES, 'log4j1.log'), 'utf8');

  test('what else a file could be is listed by name, the likeliest first', () => {
    const { candidates } = sniffFormat(bytesOf(text), true, 'x.log', YEAR, {});
    expect(candidates[0]).toMatchObject({ format: 'log4j', name: FORMATS['log4j'].name });
    expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
    for (const id of ['lines', 'plain', 'syslog', 'python']) expect(candidates.map(({ format }) => format)).toContain(id);
  });

  test('a format that a person chose is taken, and reads headers even where the sample has none', () => {
    expect(sniffFormat(bytesOf(text), true, 'x.log', YEAR, { format: 'python' }).dialect.format).toBe('python');
    const { dialect } = sniffFormat(bytesOf('no header here\n'), true, 'x.log', YEAR, { format: 'log4j' });
    expect(readAll('2024-01-02 03:04:05,678 INFO  [main] a.b.C - hello\n', dialect).entries[0].message).toBe('hello');
    expect(readAll(text, sniffFormat(bytesOf(text), true, 'x.log', YEAR, { format: 'plain' }).dialect).entries[0].message).toBe(text.split('\n')[0]);
  });

  test('files of several kinds of lines are "Lines"; headers that few lines have decide nothing', () => {
    const mixed = [...text.split('\n').slice(0, 4), ...readFileSync(join(FIXTURES, 'nginx-error.log'), 'utf8').split('\n').slice(0, 4)].join('\n');
    expect(sniff(bytesOf(mixed), true, 'x.log', YEAR).format).toBe('lines');
    expect(sniff(bytesOf(`${'just words\n'.repeat(200)}Nov 21 12:35:49 web1 postfix[54]: hi\n`), true, 'x.log', YEAR).format).toBe('plain');
  });

  test('a named format of lines reads as "Lines" does, but for those with records of their own', () => {
    for (const name of NAMES.filter((name) => !['jul', 'jul-one-line', 'cri', 'logcat-long', 'plain', 'jvm', 'jvm-time'].includes(name))) {
      const bytes = new Uint8Array(readFileSync(join(FIXTURES, `${name}.log`)));
      const dialect = sniff(bytes, true, `${name}.log`, YEAR);
      expect(readAll(bytes, { ...dialect, format: 'lines' })).toEqual(readAll(bytes, dialect));
    }
  });
});
