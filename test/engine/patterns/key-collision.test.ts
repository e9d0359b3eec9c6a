import { expect, test, vi } from 'vitest';
import { KeyTable } from '../../../src/engine/patterns/key-table.ts';
import { SourceTable } from '../../../src/engine/patterns/source-table.ts';
import { addLines } from './keys.ts';

// Every text has the same hash here: what keeps keys apart is the text alone.
vi.mock('../../../src/engine/patterns/hash.ts', () => ({ hashPair: { low: 7, high: 7 }, hashBytes: () => undefined }));

test('keys of one hash are told apart by text, level, rule and class', () => {
  const lines = Array.from({ length: 1200 }, (_, at) => ({ text: `k${at >> 1}`, level: at & 1 }));
  const table = new KeyTable();
  const keys = addLines(table, lines);
  expect(new Set(keys).size).toBe(lines.length);
  expect(addLines(table, lines, lines.length)).toEqual(keys);
});

test('sources of one hash are told apart by name', () => {
  const table = new SourceTable();
  const names = Array.from({ length: 300 }, (_, at) => `source ${at}`);
  const add = (name: string): number => {
    const bytes = new TextEncoder().encode(name);
    return table.add(bytes, 0, bytes.length);
  };
  expect(names.map(add)).toEqual(names.map((_, at) => at + 1));
  expect(names.map(add)).toEqual(names.map((_, at) => at + 1));
});
