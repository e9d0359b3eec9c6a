import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentRuns } from '../../src/ui/charts/timeline-chart.ts';
import { shadeOf } from '../../src/ui/charts/paint-matrix.ts';
import { COLUMNS, columnsFor } from '../../src/ui/pattern-columns.ts';
import { MAX_SPACER, maxTop, scale, sliceAt, spacerHeight, topShowing } from '../../src/ui/virtual-scroll.ts';

describe('virtual scrolling', () => {
  const geometry = fc.record({ total: fc.integer({ min: 1, max: 50_000_000 }), rowHeight: fc.integer({ min: 20, max: 28 }), viewport: fc.integer({ min: 100, max: 1500 }) });

  it('fills the view with rows at any place, in lists of any length', () => {
    fc.assert(fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (g, place) => {
      const top = place * maxTop(g);
      const slice = sliceAt(g, top);
      expect(slice.offset).toBeLessThanOrEqual(0);
      expect(slice.first).toBeGreaterThanOrEqual(0);
      expect(slice.first + slice.count).toBeLessThanOrEqual(g.total);
      const drawn = slice.offset + slice.count * g.rowHeight;
      expect(drawn).toBeGreaterThanOrEqual(Math.min(g.viewport, g.total * g.rowHeight) - 0.01);
    }));
  });
  it('stays below the greatest height that browsers know, and still reaches the last row', () => {
    const g = { total: 50_000_000, rowHeight: 24, viewport: 600 };
    expect(spacerHeight(g)).toBe(MAX_SPACER);
    const bottom = (spacerHeight(g) - g.viewport) * scale(g);
    const slice = sliceAt(g, bottom);
    expect(slice.first + slice.count).toBe(g.total);
  });
  it('scales nothing in lists that fit', () => {
    expect(scale({ total: 1000, rowHeight: 24, viewport: 600 })).toBe(1);
    expect(scale({ total: 3, rowHeight: 24, viewport: 600 })).toBe(1);
  });
  it('moves no further than needed to show a row whole', () => {
    const g = { total: 1000, rowHeight: 20, viewport: 200 };
    expect(topShowing(g, 100, 7)).toBe(100);
    expect(topShowing(g, 100, 2)).toBe(40);
    expect(topShowing(g, 100, 50)).toBe(50 * 20 + 20 - 200);
    expect(topShowing(g, 0, 999)).toBe(maxTop(g));
  });
});

describe('columns', () => {
  const ids = (width: number, choices = {}): string[] => columnsFor(width, choices, 60).map((column) => column.id);
  it('leave by rank as room gets scarce, and never the essential ones', () => {
    expect(columnsFor(2000, {}, 60, true)).toEqual(COLUMNS);
    expect(ids(2000)).toEqual(COLUMNS.filter((column) => column.compared !== true).map((column) => column.id));
    expect(ids(380)).toContain('example');
    for (let width = 300; width < 1600; width += 50) expect(ids(width)).toEqual(expect.arrayContaining(['category', 'entries', 'example']));
  });
  it('fit: their widths and gaps do not exceed the table', () => {
    for (let width = 380; width < 1800; width += 10) {
      const columns = columnsFor(width, {}, 60);
      expect(columns.reduce((sum, column) => sum + column.width + 12, 12), String(width)).toBeLessThanOrEqual(Math.max(width, width < 560 ? 0 : 610));
    }
  });
  it('follow what a person chose', () => {
    expect(ids(2000, { level: false })).not.toContain('level');
    expect(ids(600, { sources: true })).toContain('sources');
  });
});

describe('charts', () => {
  it('know silence from absence of problems', () => {
    expect(silentRuns(Float64Array.from([0, 0, 5, 0, 1, 0]))).toEqual([[0, 1], [3, 3], [5, 5]]);
    expect(silentRuns(Float64Array.from([1, 2]))).toEqual([]);
  });
  it('shade counts on a log scale, so that one is visible beside a million', () => {
    expect(shadeOf(0, 1e6)).toBe(0);
    expect(shadeOf(1, 1e6)).toBeGreaterThan(0.1);
    expect(shadeOf(1e6, 1e6)).toBe(1);
    expect(shadeOf(1000, 1e6)).toBeGreaterThan(0.5);
  });
});
