import type { HttpClass } from '../../../src/contract/pattern.ts';
import { KeyTable } from '../../../src/engine/patterns/key-table.ts';

/** A line as the key table takes it; what is left out is 0, none or the text itself. */
export interface Line {
  readonly text: string;
  readonly rule?: number;
  readonly level?: number;
  readonly http?: HttpClass;
  readonly content?: boolean;
  readonly message?: string;
  readonly time?: number;
}

const encoder = new TextEncoder();

/** Adds lines in order, as rows `from`, `from` + 1 …; returns the key of each. */
export function addLines(table: KeyTable, lines: readonly Line[], from = 0): number[] {
  return lines.map((line, at) => {
    const text = encoder.encode(line.text);
    const message = encoder.encode(`<<${line.message ?? line.text}>>`);
    return table.add(text, text.length, line.rule ?? -1, line.level ?? 0, line.http ?? 0, line.content ?? true, message, 2, message.length - 2, from + at, line.time ?? NaN);
  });
}

export function tableOf(lines: readonly Line[], cap?: number): KeyTable {
  const table = new KeyTable(cap);
  addLines(table, lines);
  return table;
}
