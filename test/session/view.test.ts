import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../src/contract/view.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { View } from '../../src/session/view.svelte.ts';
import { madeData } from '../engine/summary/made-data.ts';

function viewOf(): View {
  const data = madeData([
    { label: 0, text: 'fine', cells: [[1, 0, 10], [1, 5, 10]] },
    { label: 1, text: 'wrong', problem: true, cells: [[2, 4, 30]] },
  ], ['', 'web', 'db'], 6);
  // A view reads these three and nothing else of a session.
  return new View({ table: data.table, cells: data.cells, verdicts: data.verdicts } as unknown as Session);
}

describe('View', () => {
  it('has everything in view at first', () => {
    const view = viewOf();
    expect(view.filtered).toBe(false);
    expect([...view.order]).toEqual([1, 0]);
    expect(view.selection?.rows).toBe(50);
    expect(view.exportFiltered).toBe(false);
  });
  it('narrows every summary but the headline; each chart keeps its own dimension', () => {
    const view = viewOf();
    view.toggleSource(1);
    expect([...view.order]).toEqual([0]);
    expect(view.selection?.rows).toBe(20);
    expect(view.matrix?.rows.length).toBe(2);
    expect(view.headline?.totals.rows).toBe(50);
    view.toggleSource(1);
    expect(view.filter).toBe(NO_FILTER);
    view.toggleLabel(1);
    expect([...(view.totals?.byLabel ?? [])].slice(0, 2)).toEqual([20, 30]);
    expect(view.timeline?.entries[0]).toBe(0);
    view.narrow({ labels: null, bins: [4, 4] });
    expect(view.timeline?.entries[0]).toBe(10);
    expect([...view.order]).toEqual([1]);
  });
  it('toggles one cell of source × category', () => {
    const view = viewOf();
    view.toggleCell(2, 1);
    expect(view.filter).toMatchObject({ sources: [2], labels: [1] });
    view.toggleCell(2, 1);
    expect(view.filtered).toBe(false);
  });
  it('searches patterns and rows apart, and exports what the list on screen shows', () => {
    const view = viewOf();
    view.patternText = 'WRONG';
    expect([...view.order]).toEqual([1]);
    // The patterns on screen, not rows with that text in them.
    expect(view.exportFilter).toMatchObject({ patterns: [1], text: '' });
    view.showRows(0);
    expect(view.rowFilter).toMatchObject({ patterns: [0], text: '' });
    expect(view.exportFilter).toEqual(view.rowFilter);
    view.reset();
    expect(view.exportFiltered).toBe(false);
  });
  it('sorts by a column, and the other way at the second click', () => {
    const view = viewOf();
    view.sortBy('entries');
    expect([...view.order]).toEqual([1, 0]);
    view.sortBy('entries');
    expect([...view.order]).toEqual([0, 1]);
  });
});
