import type { Axis } from '../contract/pattern.ts';
import { count } from './format.ts';

/** Left edge of every bin, in the axis's own unit. */
export function binEdges(axis: Axis): number[] {
  return Array.from({ length: axis.bins }, (_, bin) => axis.start + bin * axis.width);
}

const UNITS: readonly [number, string][] = [[86_400_000, 'day'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's'], [1, 'ms']];

/** "2 min", "500 entries", "entry" */
export function binWidth(axis: Axis): string {
  if (axis.kind === 'row') return axis.width === 1 ? 'entry' : `${count(axis.width)} entries`;
  const [size, name] = UNITS.find(([unit]) => axis.width >= unit) ?? UNITS[UNITS.length - 1];
  const n = axis.width / size;
  return n === 1 ? (name === 'day' ? 'day' : `1 ${name}`) : `${Number.isInteger(n) ? n : n.toFixed(1)} ${name}${name === 'day' ? 's' : ''}`;
}
