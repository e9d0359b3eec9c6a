import type { Data } from '../../../src/engine/summary/data.ts';

export interface MadePattern {
  readonly label: number;
  readonly problem?: boolean;
  readonly text?: string;
  /** [source, bin, rows] */
  readonly cells: readonly (readonly [number, number, number])[];
  readonly confidence?: number;
  readonly decider?: number;
  readonly unsure?: number;
  readonly final?: boolean;
}

export const LABELS = ['Alpha', 'Beta', 'Gamma', 'Unclassified'];
const WIDTH = 60_000;

/** A pattern table, cells and verdicts as a reading would leave them, from a short description. */
export function madeData(patterns: readonly MadePattern[], sources: readonly string[], bins: number): Data {
  const n = patterns.length;
  const flat = patterns.flatMap((one, p) => one.cells.map(([source, bin, rows]) => ({ p, source, bin, rows })));
  const own = patterns.map((_, p) => flat.filter((cell) => cell.p === p));
  const timesOf = (p: number): number[] => own[p].filter((cell) => cell.bin < bins).map((cell) => cell.bin * WIDTH);
  return {
    table: {
      count: n,
      texts: patterns.map((one, p) => one.text ?? `pattern ${p}`),
      examples: patterns.map((one, p) => `example of ${one.text ?? p}`),
      rows: Float64Array.from(own, (cells) => cells.reduce((sum, cell) => sum + cell.rows, 0)),
      firstRow: Float64Array.from(patterns, (_, p) => p), lastRow: Float64Array.from(patterns, (_, p) => p + n),
      firstTime: Float64Array.from(patterns, (_, p) => (timesOf(p).length === 0 ? NaN : Math.min(...timesOf(p)))),
      lastTime: Float64Array.from(patterns, (_, p) => (timesOf(p).length === 0 ? NaN : Math.max(...timesOf(p)))),
      level: new Uint8Array(n), http: new Uint8Array(n), rule: new Int16Array(n).fill(-1), flags: new Uint8Array(n),
    },
    cells: {
      pattern: Uint32Array.from(flat, (cell) => cell.p), source: Uint16Array.from(flat, (cell) => cell.source),
      bin: Uint16Array.from(flat, (cell) => cell.bin), rows: Float64Array.from(flat, (cell) => cell.rows),
      sources, axis: { kind: 'time', start: 0, width: WIDTH, bins },
      untimed: flat.filter((cell) => cell.bin >= bins).reduce((sum, cell) => sum + cell.rows, 0),
    },
    verdicts: {
      labels: LABELS,
      label: Uint8Array.from(patterns, (one) => one.label), guess: Uint8Array.from(patterns, (one) => one.label),
      confidence: Float32Array.from(patterns, (one) => one.confidence ?? 0.9), decider: Uint8Array.from(patterns, (one) => one.decider ?? 2),
      unsure: Uint8Array.from(patterns, (one) => one.unsure ?? 0), final: Uint8Array.from(patterns, (one) => (one.final === false ? 0 : 1)),
      problem: Uint8Array.from(patterns, (one) => (one.problem === true ? 1 : 0)),
    },
  };
}
