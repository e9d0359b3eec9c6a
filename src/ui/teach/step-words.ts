import type { PatternTable } from '../../contract/pattern.ts';
import type { Said } from '../../engine/decide/taught.ts';
import { count, plural } from '../format.ts';

type SaidMap = ReadonlyMap<number, Said>;

/** What a step said, as far as it said something of patterns: "Error, 212,000 rows". '' where it did not. */
export function stepWords(table: PatternTable, before: SaidMap, after: SaidMap): string {
  const patterns = [...new Set([...before.keys(), ...after.keys()])].filter((pattern) => !agree(before.get(pattern), after.get(pattern)));
  if (patterns.length === 0) return '';
  const now = patterns.map((pattern) => after.get(pattern));
  const rows = plural(patterns.reduce((sum, pattern) => sum + table.rows[pattern], 0), 'row');
  const many = patterns.length > 1 ? `${count(patterns.length)} patterns, ` : '';
  const [first] = now;
  const labels = new Set(now.map((said) => said?.label));
  if (labels.size > 1) return `${now.every((said) => said?.how === 'confirmed') ? 'Confirmed' : 'Changed'}: ${many}${rows}`;
  if (first === undefined) return `As before: ${many}${rows}`;
  return `${now.every((said) => said?.how === 'confirmed') ? `${first.label} confirmed` : first.label}, ${many}${rows}`;
}

/** Whether two say the same of their pattern, whatever models may learn from it. */
function agree(one: Said | undefined, other: Said | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.label === other.label && one.how === other.how);
}

/** So many lines, short: "9,812 lines" or "2.1 M lines". */
export function aboutLines(lines: number): string {
  return lines < 1e6 ? plural(lines, 'line') : `${(lines / 1e6).toFixed(1)} M lines`;
}
