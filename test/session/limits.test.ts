import { expect, test } from 'vitest';
import { limitsOf } from '../../src/session/limits.ts';
import type { PatternTable } from '../../src/contract/pattern.ts';

function tableOf(rows: readonly number[], rule = -1, texts: readonly string[] = rows.map(String)): PatternTable {
  const n = rows.length;
  return {
    count: n, texts, examples: texts, rows: Float64Array.from(rows), firstRow: new Float64Array(n), lastRow: new Float64Array(n),
    firstTime: new Float64Array(n), lastTime: new Float64Array(n), level: new Uint8Array(n), http: new Uint8Array(n), rule: new Int16Array(n).fill(rule), flags: new Uint8Array(n),
  };
}

test('says how many patterns are read closely and what share of the rows that is', () => {
  expect(limitsOf(tableOf([1, 6, 3]), [], 2).closely).toEqual({ patterns: 2, of: 3, rows: 0.9 });
  expect(limitsOf(tableOf([1, 6, 3]), [], 3).closely).toBeNull();
  expect(limitsOf(tableOf([1, 6, 3], 0), [], 2).closely).toBeNull();
});

test('doubts the message column where most patterns occur once', () => {
  const mostly = Array.from({ length: 1200 }, (_, at) => (at < 800 ? 1 : 5));
  expect(limitsOf(tableOf(mostly), []).mostlyUnique).toBe(true);
  expect(limitsOf(tableOf(mostly.map((rows) => rows + 1)), []).mostlyUnique).toBe(false);
  expect(limitsOf(tableOf([1, 1, 1]), []).mostlyUnique).toBe(false);
});

test('says where most rows are not English', () => {
  const texts = ['Benutzer <str> konnte sich nicht anmelden', 'user <str> logged in', 'не удалось открыть файл <path>'];
  expect(limitsOf(tableOf([6, 5, 0], -1, texts), []).mostlyForeign).toBe(true);
  expect(limitsOf(tableOf([5, 6, 0], -1, texts), []).mostlyForeign).toBe(false);
  expect(limitsOf(tableOf([2, 6, 5], -1, texts), []).mostlyForeign).toBe(true);
  expect(limitsOf(tableOf([], -1, []), []).mostlyForeign).toBe(false);
});

test('looks at the patterns with most rows, wherever they stand', () => {
  const rows = [...new Array<number>(2500).fill(1), 9000];
  const texts = rows.map((many) => (many === 1 ? 'user <str> logged in' : 'ジョブ<num>が失敗しました'));
  expect(limitsOf(tableOf(rows, -1, texts), []).mostlyForeign).toBe(true);
});
