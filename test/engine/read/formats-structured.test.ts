import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../../src/contract/level.ts';
import { ENTRY_RECORD } from '../../../src/engine/read/entry.ts';
import { openReader } from '../../../src/engine/read/formats.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import { readAll, records, textOf } from './reading.ts';
import type { Seen } from './reading.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const YEAR = 2024;
const ENDING = '.expected.json';
const NAMES = readdirSync(FIXTURES).filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));

interface Expected {
  readonly format: string;
  readonly problems: readonly string[];
  readonly entries: readonly { readonly line: number; readonly time: string | null; readonly level: string; readonly source: string; readonly message: string }[];
}

const bytesIn = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FIXTURES, name)));
const told = ({ line, time, level, source, message }: Seen) => ({ line, time: Number.isNaN(time) ? null : new Date(time).toISOString(), level: LEVELS[level], source, message });

describe('structured logs are read without a setting as was checked by hand', () => {
  test.each(NAMES)('%s', (name) => {
    const bytes = bytesIn(name);
    const expected = JSON.parse(readFileSync(join(FIXTURES, name + ENDING), 'utf8')) as Expected;
    const dialect = sniff(bytes, true, name, YEAR);
    expect(dialect.format).toBe(expected.format);
    expect(dialect.sure).toBeGreaterThanOrEqual(0.5);
    const reading = readAll(bytes, dialect);
    expect(records(reading).map(told)).toEqual(expected.entries);
    expect(reading.problems).toEqual(expected.problems);
  });

  test('there is one of each format', () => {
    const formats = new Set(NAMES.map((name) => (JSON.parse(readFileSync(join(FIXTURES, name + ENDING), 'utf8')) as Expected).format));
    expect([...formats].sort()).toEqual(['cloudtrail', 'csv', 'docker', 'elb', 'journal-export', 'json', 'json-document']);
  });
});

describe('whatever the chunks', () => {
  test.each(NAMES)('%s', (name) => {
    const bytes = bytesIn(name);
    const dialect = sniff(bytes, true, name, YEAR);
    const whole = readAll(bytes, dialect);
    expect(whole.entries.map((entry) => entry.bytes + entry.terminator).join('')).toBe(textOf(bytes, dialect.bom));
    for (const sizes of [[1], [7, 3], [64]]) expect(readAll(bytes, dialect, sizes)).toEqual(whole);
  });
});

describe('a row read again from its own place is the same', () => {
  test.each(NAMES)('%s', (name) => {
    const bytes = bytesIn(name);
    const dialect = sniff(bytes, true, name, YEAR);
    const whole = records(readAll(bytes, dialect));
    const starts: number[] = [];
    openReader(dialect).push(bytes, 0, bytes.length, true, (entry) => {
      if (entry.kind === ENTRY_RECORD) starts.push(entry.start);
    });
    starts.forEach((start, row) => {
      const again: string[] = [];
      openReader(dialect, { line: whole[row].line }).push(bytes.subarray(start, starts[row + 1] ?? bytes.length), 0, (starts[row + 1] ?? bytes.length) - start, true, (entry) => {
        if (entry.kind === ENTRY_RECORD) again.push(`${entry.line} ${entry.time} ${entry.level} ${textOf(entry.sourceText, entry.sourceStart, entry.sourceEnd)} ${textOf(entry.text, entry.messageStart, entry.messageEnd)}`);
      });
      const { line, time, level, source, message } = whole[row];
      expect(again[0]).toBe(`${line} ${time} ${level} ${source} ${message}`);
    });
  });
});
