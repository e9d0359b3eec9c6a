import type { Change } from '../../engine/summary/compare.ts';
import type { Per } from '../../engine/summary/compared-sides.ts';

/** In the order of the engine's CHANGES. */
const ORDER: readonly Change[] = ['new', 'more', 'same', 'less', 'gone', 'none'];

/** Index of a change in what is counted by change. */
export function changeOrder(change: Change): number {
  return ORDER.indexOf(change);
}

export function changeAt(index: number): Change {
  return ORDER[index] ?? 'none';
}

/** What rates are set against. */
export function perWords(per: Per): string {
  return per === 'time' ? 'per hour' : 'per 1,000 entries';
}

/** "new", "×8.1", "×0.05", "gone"; '' where there is nothing to compare. */
export function ratioWords(ratio: number): string {
  if (Number.isNaN(ratio)) return '';
  if (ratio === Infinity) return 'new';
  if (ratio === 0) return 'gone';
  if (ratio >= 9.95) return `×${Math.round(ratio).toLocaleString('en')}`;
  return `×${ratio >= 0.95 ? ratio.toFixed(1) : ratio >= 0.01 ? ratio.toFixed(2) : '<0.01'}`;
}
