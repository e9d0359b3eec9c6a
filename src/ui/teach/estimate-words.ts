import type { Estimate } from '../../engine/teach/meter.ts';

/** Whole percents, but tenths where all but little is right; all only where it is all. */
export function percent(share: number): string {
  if (share >= 1) return '100';
  const whole = Math.round(100 * share);
  return whole < 99 ? String(whole) : Math.min(99.9, Math.floor(1000 * share) / 10).toFixed(1);
}

/** "Estimated 94 % of lines right (90–97 %)" */
export function estimateWords({ share, low, high }: Estimate): string {
  return `Estimated ${percent(share)} % of lines right (${percent(low)}–${percent(high)} %)`;
}
