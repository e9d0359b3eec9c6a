import type { Dialect } from '../../../src/contract/dialect.ts';
import type { Rule } from '../../../src/contract/rule.ts';
import { mergeKeys } from '../../../src/engine/patterns/merge.ts';
import { timeAt } from '../../../src/engine/patterns/row-store.ts';
import { sniff } from '../../../src/engine/read/sniff.ts';
import type { ByteSource } from '../../../src/engine/scan/byte-source.ts';
import { Scan } from '../../../src/engine/scan/scan.ts';
import { MemorySource } from './memory-source.ts';

export const RULES: readonly Rule[] = [
  { id: 'login', pattern: String.raw`logged (?:in|out)\b`, label: 'User Action', about: 'somebody came or went' },
  { id: 'status', pattern: String.raw`HTTP/[0-9.]+" [1-5][0-9]{2}\b`, label: 'HTTP Status', about: 'an answer' },
];

/** How the page would read a text of this name. */
export function dialectOf(text: string, name: string): Dialect {
  const bytes = new TextEncoder().encode(text);
  return sniff(bytes, true, name, 2025);
}

/** Reads everything. */
export async function run(inputs: readonly { readonly source: ByteSource; readonly dialect: Dialect }[], options: { readonly chunk?: number; readonly keyCap?: number } = {}): Promise<Scan> {
  const scan = new Scan(inputs, RULES, options);
  while (!scan.done) await scan.advance();
  return scan;
}

export async function scanText(text: string, name: string, options: { readonly chunk?: number; readonly piece?: number; readonly keyCap?: number } = {}): Promise<Scan> {
  return run([{ source: new MemorySource(text, { piece: options.piece }, name), dialect: dialectOf(text, name) }], options);
}

/** All that a scan yields, as plain data: two scans are the same if and only if these are equal. */
export function outcome(scan: Scan): object {
  const rows: unknown[] = [];
  for (const block of scan.rows.blocks) {
    for (let at = 0; at < block.count; at++) rows.push([block.file, block.base + block.offsets[at], block.keys[at], scan.sources.names[block.sources[at]], timeAt(block, at)]);
  }
  const { keys } = scan;
  const merged = mergeKeys(keys);
  return {
    rows, lines: scan.rows.blocks.map((block) => block.lines), problems: scan.problems, problemCount: scan.problemCount, overflowRows: keys.overflowRows,
    keys: Array.from({ length: keys.count }, (_, key) => [keys.text(key), keys.example(key), keys.rule[key], keys.level[key], keys.http[key], keys.rows[key], keys.firstRow[key], keys.lastRow[key], keys.firstTime[key], keys.lastTime[key]]),
    patternOf: [...merged.patternOf], patterns: merged.texts,
  };
}
