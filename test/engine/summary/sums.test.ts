import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_BIN } from '../../../src/contract/pattern.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Filter } from '../../../src/contract/view.ts';
import { matrixOf } from '../../../src/engine/summary/matrix.ts';
import { scopeOf } from '../../../src/engine/summary/scope.ts';
import { timelineOf } from '../../../src/engine/summary/timeline.ts';
import { rowsPerPattern, totalsOf } from '../../../src/engine/summary/totals.ts';
import { LABELS, madeData } from './made-data.ts';

const BINS = 6;
const SOURCES = ['', 'web', 'db', 'mail'];
const cell = fc.tuple(fc.nat(3), fc.oneof(fc.nat(BINS - 1), fc.constant(NO_BIN)), fc.integer({ min: 1, max: 50 }));
const patterns = fc.array(fc.record({ label: fc.nat(3), problem: fc.boolean(), final: fc.boolean(), decider: fc.nat(4), unsure: fc.nat(4), cells: fc.array(cell, { maxLength: 6 }) }), { maxLength: 12 });
const filter: fc.Arbitrary<Filter> = fc.record({
  labels: fc.option(fc.uniqueArray(fc.nat(3), { maxLength: 3 })), sources: fc.option(fc.uniqueArray(fc.nat(3), { maxLength: 3 })),
  patterns: fc.option(fc.array(fc.nat(11), { maxLength: 4 })), bins: fc.option(fc.tuple(fc.nat(BINS - 1), fc.nat(BINS - 1)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])),
  text: fc.constantFrom('', 'pattern 1', 'EXAMPLE OF 3'), problemsOnly: fc.boolean(), truths: fc.constant(null), zoom: fc.constant(null),
});

interface Row { source: number; bin: number; pattern: number }
type Data = ReturnType<typeof madeData>;

/** The slow, obvious version: every row by itself. */
function rowsOf(data: Data, wanted: Filter): Row[] {
  const { cells, table, verdicts } = data;
  const rows: Row[] = [];
  for (let i = 0; i < cells.rows.length; i++) {
    const [p, source, bin] = [cells.pattern[i], cells.source[i], cells.bin[i]];
    const text = wanted.text.toLowerCase();
    if (wanted.labels !== null && !wanted.labels.includes(verdicts.label[p])) continue;
    if (wanted.sources !== null && !wanted.sources.includes(source)) continue;
    if (wanted.patterns !== null && !wanted.patterns.includes(p)) continue;
    if (wanted.bins !== null && (bin < wanted.bins[0] || bin > wanted.bins[1])) continue;
    if (wanted.problemsOnly && verdicts.problem[p] === 0) continue;
    if (!table.texts[p].toLowerCase().includes(text) && !table.examples[p].toLowerCase().includes(text)) continue;
    for (let k = 0; k < cells.rows[i]; k++) rows.push({ source, bin, pattern: p });
  }
  return rows;
}

describe('sums over cells', () => {
  it('are what counting every row by itself gives', () => {
    fc.assert(fc.property(patterns, filter, (made, wanted) => {
      const data = madeData(made, SOURCES, BINS);
      const scope = scopeOf(data, wanted);
      const rows = rowsOf(data, wanted);
      const { label, problem, decider, unsure, final } = data.verdicts;

      const totals = totalsOf(data, rowsPerPattern(data, scope));
      expect(totals.rows).toBe(rows.length);
      expect(totals.problems).toBe(rows.filter((row) => problem[row.pattern] === 1).length);
      expect(totals.final).toBe(rows.filter((row) => final[row.pattern] === 1).length);
      expect(totals.patterns).toBe(new Set(rows.map((row) => row.pattern)).size);
      expect([...totals.byDecider]).toEqual([0, 1, 2, 3, 4].map((d) => rows.filter((row) => decider[row.pattern] === d).length));
      expect([...totals.byUnsure]).toEqual([0, 1, 2, 3, 4].map((u) => rows.filter((row) => unsure[row.pattern] === u).length));
      LABELS.forEach((_, code) => expect(totals.byLabel[code]).toBe(rows.filter((row) => label[row.pattern] === code).length));

      const matrix = matrixOf(data, scope);
      for (const row of matrix.rows) LABELS.forEach((_, code) => expect(row.byLabel[code]).toBe(rows.filter((one) => one.source === row.source && label[one.pattern] === code).length));
      expect(matrix.rows.reduce((sum, row) => sum + row.total, 0)).toBe(rows.length);

      const timeline = timelineOf(data, scope);
      const unranged = rowsOf(data, { ...wanted, bins: null });
      for (let bin = 0; bin < BINS; bin++) {
        expect(timeline.entries[bin]).toBe(unranged.filter((row) => row.bin === bin).length);
        expect(timeline.problems[bin]).toBe(unranged.filter((row) => row.bin === bin && problem[row.pattern] === 1).length);
      }
      expect(timeline.outside).toBe(unranged.filter((row) => row.bin === NO_BIN).length);
    }));
  });

  it('select the entries without a time by the range [NO_BIN, NO_BIN]', () => {
    const data = madeData([{ label: 0, cells: [[0, 1, 7], [0, NO_BIN, 5]] }], SOURCES, BINS);
    expect(rowsPerPattern(data, scopeOf(data, { ...NO_FILTER, bins: [NO_BIN, NO_BIN] }))[0]).toBe(5);
    expect(rowsPerPattern(data, scopeOf(data, { ...NO_FILTER, bins: [0, BINS - 1] }))[0]).toBe(7);
  });

  it('take search text literally', () => {
    const data = madeData([{ label: 0, text: 'a.b (c', cells: [[0, 0, 1]] }, { label: 0, text: 'axb (c', cells: [[0, 0, 1]] }], SOURCES, BINS);
    expect([...scopeOf(data, { ...NO_FILTER, text: 'A.B (' }).pattern]).toEqual([1, 0]);
  });
});

describe('source × category', () => {
  it('shows the sources with most problems and sums the others', () => {
    const sources = ['', ...Array.from({ length: 30 }, (_, i) => `host-${i + 1}`)];
    const made = sources.slice(1).map((_, i) => ({ label: i % 2, problem: true, cells: [[i + 1, 0, i + 1]] as const }));
    const data = madeData([...made, { label: 2, cells: [[1, 0, 9999]] }], sources, BINS);
    const matrix = matrixOf(data, scopeOf(data, NO_FILTER));
    expect(matrix.rows.map((row) => row.source)).toEqual(Array.from({ length: 20 }, (_, i) => 30 - i));
    expect(matrix.otherCount).toBe(10);
    expect(matrix.others?.problems).toBe(55);
    expect(matrix.others?.total).toBe(55 + 9999);
    expect(matrix.max).toBe(30);
    expect(matrixOf(data, scopeOf(data, NO_FILTER), 'HOST-3').rows.map((row) => row.source)).toEqual([30, 3]);
  });
});
