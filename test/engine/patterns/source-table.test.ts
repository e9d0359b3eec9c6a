import { expect, test } from 'vitest';
import { SOURCE_CAP, SourceTable } from '../../../src/engine/patterns/source-table.ts';

const encoder = new TextEncoder();

function add(table: SourceTable, name: string): number {
  const bytes = encoder.encode(`|${name}|`);
  return table.add(bytes, 1, bytes.length - 1);
}

test('numbers names in order of appearance; none is 0', () => {
  const table = new SourceTable();
  expect(['b', 'a', '', 'b', 'a', 'Größe', '日本'].map((name) => add(table, name))).toEqual([1, 2, 0, 1, 2, 3, 4]);
  expect(table.names).toEqual(['', 'b', 'a', 'Größe', '日本']);
});

test('blanks around a name are no part of it, blanks within are', () => {
  const table = new SourceTable();
  expect([' a', 'a ', '\ta\r', 'a a', '   ', '\t'].map((name) => add(table, name))).toEqual([1, 1, 1, 2, 0, 0]);
  expect(table.names).toEqual(['', 'a', 'a a']);
});

test('one name that begins like another is another', () => {
  const table = new SourceTable();
  expect(['ab', 'a', 'abc', 'ab', 'a', 'A'].map((name) => add(table, name))).toEqual([1, 2, 3, 1, 2, 4]);
});

test('past the cap all share one name, and those before keep theirs', () => {
  const table = new SourceTable();
  for (let at = 0; at < SOURCE_CAP; at++) expect(add(table, `s${at}`)).toBe(at + 1);
  expect(add(table, 'late')).toBe(SOURCE_CAP + 1);
  expect(add(table, 'later')).toBe(SOURCE_CAP + 1);
  expect(add(table, 's0')).toBe(1);
  expect(add(table, `s${SOURCE_CAP - 1}`)).toBe(SOURCE_CAP);
  expect(table.names.length).toBe(SOURCE_CAP + 2);
  expect(table.names[SOURCE_CAP + 1]).toBe('(other sources)');
  expect(SOURCE_CAP + 2).toBeLessThan(0xffff);
});
