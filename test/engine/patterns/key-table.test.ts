import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HttpClass } from '../../../src/contract/pattern.ts';
import { KeyTable } from '../../../src/engine/patterns/key-table.ts';
import { addLines, tableOf } from './keys.ts';
import type { Line } from './keys.ts';

describe('identity', () => {
  test('is text, level, rule and HTTP class together', () => {
    const lines: Line[] = [
      { text: 'a' }, { text: 'b' }, { text: '' }, { text: 'a', level: 3 }, { text: 'a', rule: 0 }, { text: 'a', rule: 1 }, { text: 'a', http: 2 }, { text: 'a', http: 5 }, { text: 'a', level: 3, http: 2 },
    ];
    const table = new KeyTable();
    const first = addLines(table, lines);
    expect(first).toEqual(lines.map((_, at) => at));
    expect(addLines(table, lines, 100)).toEqual(first);
    expect(table.count).toBe(lines.length);
  });

  test('never joins two levels, classes or rules', () => {
    const seen = new Map<number, string>();
    const table = new KeyTable();
    for (let rule = -1; rule < 70; rule++) {
      for (let level = 0; level < 10; level++) {
        for (let http = 0; http < 6; http++) {
          const [key] = addLines(table, [{ text: 'same', rule, level, http: http as HttpClass }]);
          expect(seen.has(key)).toBe(false);
          seen.set(key, `${rule} ${level} ${http}`);
          expect(`${table.rule[key]} ${table.level[key]} ${table.http[key]}`).toBe(seen.get(key));
        }
      }
    }
  });

  test('of many keys stays exact while the table grows', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => ({ text: `key ${at.toString(36)}`, message: `message ${at}`, level: at % 10 }));
    const table = new KeyTable();
    const keys = addLines(table, lines);
    expect(new Set(keys).size).toBe(lines.length);
    expect(addLines(table, lines, lines.length)).toEqual(keys);
    for (const at of [0, 1, 511, 1022, 1023, 1024, 1536, 19_999]) {
      expect(table.text(keys[at])).toBe(lines[at].text);
      expect(table.example(keys[at])).toBe(lines[at].message);
      expect([table.rows[keys[at]], table.firstRow[keys[at]], table.lastRow[keys[at]]]).toEqual([2, at, at + lines.length]);
    }
  });

  test('numbers keys in order of their first row, as a slow and simple table does', () => {
    const line = fc.record({ text: fc.string({ maxLength: 3 }), rule: fc.integer({ min: -1, max: 2 }), level: fc.nat(9), http: fc.constantFrom<HttpClass>(0, 2, 5) });
    fc.assert(fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
      const known = new Map<string, number>();
      const expected = lines.map((one) => {
        const name = JSON.stringify([one.text, one.rule, one.level, one.http]);
        if (!known.has(name)) known.set(name, known.size);
        return known.get(name);
      });
      expect(addLines(new KeyTable(), lines)).toEqual(expected);
    }));
  });
});

describe('what is kept of a key', () => {
  test('counts, first and last row, first and last time', () => {
    const table = tableOf([{ text: 'a', time: 50 }, { text: 'b' }, { text: 'a', time: 20 }, { text: 'a' }, { text: 'a', time: 70 }, { text: 'b' }]);
    expect([...table.rows.subarray(0, 2)]).toEqual([4, 2]);
    expect([...table.firstRow.subarray(0, 2)]).toEqual([0, 1]);
    expect([...table.lastRow.subarray(0, 2)]).toEqual([4, 5]);
    expect([...table.firstTime.subarray(0, 2)]).toEqual([20, NaN]);
    expect([...table.lastTime.subarray(0, 2)]).toEqual([70, NaN]);
  });

  test('the first row’s message, cut', () => {
    const table = tableOf([{ text: 'a', message: 'first' }, { text: 'a', message: 'second' }, { text: 'b', message: 'x'.repeat(5000) }]);
    expect(table.example(0)).toBe('first');
    expect(table.example(1)).toBe('x'.repeat(1200));
  });
});

describe('the cap', () => {
  const lines: Line[] = ['a', 'b', 'c', 'd', 'c', 'a', 'e'].map((text) => ({ text }));

  test('keeps the first keys in file order and counts the rest', () => {
    const table = new KeyTable(2);
    expect(addLines(table, lines)).toEqual([0, 1, 2, 2, 2, 0, 2]);
    expect(table.overflowRows).toBe(4);
    expect([...table.overflow.subarray(0, 3)]).toEqual([0, 0, 1]);
    expect([table.text(2), table.example(2)]).toEqual(['', '']);
    expect([table.rows[2], table.firstRow[2], table.lastRow[2]]).toEqual([4, 2, 6]);
  });

  test('gives one overflow key per rule, level and HTTP class', () => {
    const table = new KeyTable(1);
    const keys = addLines(table, [{ text: 'a' }, { text: 'b', level: 6 }, { text: 'c', rule: 3 }, { text: 'd', http: 5 }, { text: 'e', level: 6 }, { text: 'f', rule: 3 }, { text: 'g' }]);
    expect(keys).toEqual([0, 1, 2, 3, 1, 2, 4]);
    expect([table.level[1], table.rule[2], table.http[3]]).toEqual([6, 3, 5]);
  });

  test('makes the key of a line past it depend on nothing but the line', () => {
    const base = [{ text: 'kept 1' }, { text: 'kept 2' }];
    const line = fc.record({ text: fc.string({ minLength: 1, maxLength: 4 }), level: fc.nat(9), rule: fc.integer({ min: -1, max: 3 }) });
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), line, (between, last) => {
      const verdict = (lines: readonly Line[]): string => {
        const table = new KeyTable(2);
        const key = addLines(table, lines)[lines.length - 1];
        return `${table.overflow[key]} ${table.rule[key]} ${table.level[key]} ${table.http[key]}`;
      };
      expect(verdict([...base, ...between, last])).toBe(verdict([...base, last]));
    }));
  });

  test('does not count overflow keys against itself', () => {
    const table = new KeyTable(3);
    const keys = addLines(table, [{ text: 'a' }, { text: 'b' }, { text: 'c' }, { text: 'd' }, { text: 'e', level: 1 }, { text: 'a' }, { text: 'c' }]);
    expect(keys).toEqual([0, 1, 2, 3, 4, 0, 2]);
  });

  test('still finds keys after many that did not fit', () => {
    const table = new KeyTable(1500);
    const many = Array.from({ length: 6000 }, (_, at) => ({ text: `t${at}`, level: at % 3 }));
    const keys = addLines(table, many);
    expect(new Set(keys).size).toBe(1503);
    expect(addLines(table, many.slice(0, 1500))).toEqual(keys.slice(0, 1500));
  });
});
