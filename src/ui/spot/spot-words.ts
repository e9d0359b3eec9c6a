import type { SpotResult } from '../../session/teaching/spot-check.svelte.ts';

/** "correct 48 of 50: 86–99 % (95 %)"; all is said only where it is all. */
export function spotWords({ k, n, low, high }: Pick<SpotResult, 'k' | 'n' | 'low' | 'high'>): string {
  const to = high < 1 ? Math.min(99, Math.ceil(100 * high)) : 100;
  return n === 0 ? 'nothing judged' : `correct ${k} of ${n}: ${Math.floor(100 * low)}–${to} % (95 %)`;
}
