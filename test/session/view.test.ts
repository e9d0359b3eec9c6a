import { describe, expect, it } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import type { ModelApi } from '../../src/contract/model-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { Board } from '../../src/session/board.svelte.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { BLANK } from '../../src/session/teaching/snapshot.ts';
import type { Snapshot } from '../../src/session/teaching/snapshot.ts';
import { View } from '../../src/session/view.svelte.ts';
import { madeData } from '../engine/summary/made-data.ts';

function sessionOf() {
  const data = madeData([
    { label: 0, text: 'fine', cells: [[1, 0, 10], [1, 5, 10]] },
    { label: 1, text: 'wrong', problem: true, cells: [[2, 4, 30]] },
  ], ['', 'web', 'db'], 6);
  const teaching: { snapshot: Snapshot; said: Snapshot['said']; changes: { patterns: number[]; rows: number } | null } = { snapshot: BLANK, said: BLANK.said, changes: null };
  return { table: data.table, cells: data.cells, verdicts: data.verdicts, baseline: null, teaching };
}
// A view reads these and nothing else of a session.
const viewOf = (session = sessionOf()): View => new View(session as unknown as Session);

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
  it('keeps to the labels that were chosen, whatever their codes are now', () => {
    const made = sessionOf();
    const board = new Board(new Lane<ModelApi>('classifying', () => { throw new Error('not asked'); }));
    const name = (...own: readonly string[]): void => { board.verdicts = { ...made.verdicts, labels: [...CATEGORY_NAMES, UNCLASSIFIED, ...own] }; };
    const named = (): (string | undefined)[] | undefined => view.filter.labels?.map((code) => board.verdicts?.labels[code]);
    name('Fraud', 'Lunch');
    const view = new View({ ...made, get verdicts() { return board.verdicts; } } as unknown as Session);
    view.toggleLabel((board.verdicts?.labels ?? []).indexOf('Lunch'));
    const { filter } = view;
    name('Fraud', 'Lunch');
    expect(view.filter).toBe(filter);
    name('Lunch');
    expect(named()).toEqual(['Lunch']);
    name('Fraud');
    expect(view.filter).toBe(NO_FILTER);
    name('Tea', 'Fraud', 'Lunch');
    expect(named()).toEqual(['Lunch']);
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
  it('keeps the order of its list while patterns are corrected, until something else is asked for', () => {
    const session = sessionOf();
    const view = viewOf(session);
    view.narrow({ problemsOnly: true });
    expect([...view.order]).toEqual([1]);
    const { verdicts } = session;
    session.verdicts = { ...verdicts, label: Uint8Array.from([1, 0]), problem: Uint8Array.from([1, 0]) };
    session.teaching.snapshot = { ...BLANK, said: new Map([[1, { label: 'User Action', how: 'corrected', teaches: true }]]) };
    expect([...view.order]).toEqual([1]);
    expect(view.held).toBe(true);
    // What is saved is what is so now.
    view.patternText = '';
    view.sortAgain();
    expect([...view.order]).toEqual([0]);
    expect(view.held).toBe(false);
    // A bundle that is loaded is no correction: the list follows.
    session.verdicts = verdicts;
    session.teaching.snapshot = { ...BLANK, said: new Map(), elsewhere: [] };
    expect([...view.order]).toEqual([1]);
  });
  it('shows patterns that were picked, in every summary, and forgets them with the table', () => {
    const session = sessionOf();
    const view = viewOf(session);
    view.follow();
    view.pick([0], 'changed with the last correction');
    expect([...view.order]).toEqual([0]);
    expect(view.selection?.rows).toBe(20);
    expect(view.rowFilter.patterns).toEqual([0]);
    expect(view.exportFilter.patterns).toEqual([0]);
    view.narrow({ patterns: null });
    expect(view.filtered).toBe(false);
  });
  it('knows patterns again by their first row when the same files are read with other rules', () => {
    const session = sessionOf();
    const view = viewOf(session);
    view.follow();
    view.narrow({ sources: [2] });
    view.selected = 1;
    view.showRows(1);
    // Pattern 1 becomes two: the part is first now.
    const { table } = session;
    const at = table.firstRow[1];
    session.table = { ...table, count: 3, firstRow: Float64Array.from([at, table.firstRow[0], at + 1]) };
    view.follow();
    expect([view.selected, view.rowsOf]).toEqual([0, 0]);
    expect(view.rowFilter).toMatchObject({ patterns: [0, 2], sources: [2] });
    expect(view.list).toBe('rows');
  });
});
