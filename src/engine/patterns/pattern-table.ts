import type { PatternTable } from '../../contract/pattern.ts';
import { EXAMPLE_CHARS, PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { PatternText } from '../../contract/verdict.ts';
import type { KeyTable } from './key-table.ts';
import type { Merged } from './merge.ts';

/** Sums keys into patterns. */
export function buildPatternTable(keys: KeyTable, merged: Merged): PatternTable {
  const count = merged.firstKey.length;
  const table = emptyTable(count, merged.texts);
  for (let pattern = 0; pattern < count; pattern++) {
    const key = merged.firstKey[pattern];
    table.examples.push(cut(keys.example(key)));
    table.level[pattern] = keys.level[key];
    table.http[pattern] = keys.http[key];
    table.rule[pattern] = keys.rule[key];
    table.flags[pattern] = (keys.content[key] ? 0 : PATTERN_NO_CONTENT) | (keys.overflow[key] ? PATTERN_OVERFLOW : 0);
  }
  for (let key = 0; key < keys.count; key++) addKey(table, merged.patternOf[key], keys, key);
  return table;
}

/** What the models are shown of each pattern: the masked text of its first key, so that a merge changes no vote but its own. */
export function patternTexts(keys: KeyTable, merged: Merged): PatternText[] {
  return Array.from(merged.firstKey, (key) => ({ text: keys.text(key), level: keys.level[key] }));
}

interface OpenTable extends PatternTable {
  readonly examples: string[];
}

function emptyTable(count: number, texts: readonly string[]): OpenTable {
  return {
    count, texts, examples: [],
    rows: new Float64Array(count), firstRow: new Float64Array(count).fill(Infinity), lastRow: new Float64Array(count),
    firstTime: new Float64Array(count).fill(NaN), lastTime: new Float64Array(count).fill(NaN),
    level: new Uint8Array(count), http: new Uint8Array(count), rule: new Int16Array(count), flags: new Uint8Array(count),
  };
}

function addKey(table: OpenTable, pattern: number, keys: KeyTable, key: number): void {
  table.rows[pattern] += keys.rows[key];
  table.firstRow[pattern] = Math.min(table.firstRow[pattern], keys.firstRow[key]);
  table.lastRow[pattern] = Math.max(table.lastRow[pattern], keys.lastRow[key]);
  if (!(keys.firstTime[key] >= table.firstTime[pattern])) table.firstTime[pattern] = numberOr(keys.firstTime[key], table.firstTime[pattern]);
  if (!(keys.lastTime[key] <= table.lastTime[pattern])) table.lastTime[pattern] = numberOr(keys.lastTime[key], table.lastTime[pattern]);
}

function numberOr(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}

function cut(example: string): string {
  return example.length > EXAMPLE_CHARS ? `${example.slice(0, EXAMPLE_CHARS - 1)}…` : example;
}
