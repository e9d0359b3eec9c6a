import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../src/contract/reader-api.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { BLANK } from '../../src/session/teaching/snapshot.ts';
import { View } from '../../src/session/view.svelte.ts';
import { madeData } from '../engine/summary/made-data.ts';

const MINUTE = 60_000;
function viewOf(baseline: Baseline | null): View {
  const { table, cells, verdicts } = madeData([
    { label: 0, text: 'steady', cells: Array.from({ length: 6 }, (_, bin): [number, number, number] => [1, bin, 100]) },
    { label: 1, text: 'wrong', problem: true, cells: [[2, 4, 30]] },
    { label: 0, text: 'before', cells: [[1, 0, 40]] },
    { label: 0, text: 'only there', cells: [] },
  ], ['', 'web', 'db'], 6);
  const teaching = { snapshot: BLANK, said: BLANK.said, changes: null };
  return new View({ table, cells, verdicts, baseline, truth: null, teaching } as unknown as Session);
}
const THERE: Baseline = { rows: Float64Array.from([1000, 0, 40, 9]), entries: 1049, span: 10 * MINUTE, problems: 0 };

describe('comparing', () => {
  it('has nothing to compare without a range or a baseline', () => {
    const { comparing, order } = viewOf(null);
    expect([comparing.against, comparing.comparison, comparing.only]).toEqual([null, null, null]);
    expect([...order]).toEqual([1, 2, 0]);
  });

  it('compares a range with the rest: new first, the rest and what is gone on request; exports follow', () => {
    const view = viewOf(null);
    view.narrow({ bins: [4, 4] });
    expect([view.comparing.against, view.comparing.per]).toEqual(['rest', 'time']);
    expect([...view.order]).toEqual([1, 0]);
    view.comparing.show('new');
    expect([...view.order]).toEqual([1]);
    expect(view.exportFilter).toMatchObject({ bins: [4, 4], patterns: [1] });
    expect(view.exportFiltered).toBe(true);
    view.comparing.show('gone');
    expect([...view.order]).toEqual([2]);
    view.comparing.show('gone');
    expect([...view.order]).toEqual([1, 0]);
    view.narrow({ bins: null });
    expect([view.comparing.comparison, view.exportFilter.patterns]).toEqual([null, null]);
  });

  it('compares the log with a baseline, by time or by entries', () => {
    const view = viewOf(THERE);
    const { comparing } = view;
    expect([comparing.against, comparing.pers, comparing.per]).toEqual(['baseline', ['time', 'entries'], 'time']);
    expect([...view.order]).toEqual([1, 0, 2]);
    // Five minutes of log here, ten there.
    expect(comparing.comparison?.ratio[0]).toBeCloseTo(600 / 5 / (1000 / 10));
    comparing.setPer('entries');
    expect(comparing.comparison?.ratio[0]).toBeCloseTo(600 / 670 / (1000 / 1049));
    comparing.show('gone');
    expect([...view.order]).toEqual([3]);
    expect(view.exportFilter.patterns).toEqual([3]);
    view.reset();
    expect([comparing.per, comparing.only]).toEqual(['time', null]);
  });

  it('asks with what a range is to be compared where there are two answers', () => {
    const view = viewOf(THERE);
    view.narrow({ bins: [4, 5], sources: [2] });
    const { comparing } = view;
    expect([comparing.canChoose, comparing.against]).toEqual([true, 'rest']);
    expect([...(comparing.comparison?.here ?? [])]).toEqual([0, 30, 0, 0]);
    comparing.setAgainst('baseline');
    // The baseline is not told by source.
    expect([...(comparing.comparison?.here ?? [])]).toEqual([200, 30, 0, 0]);
    expect(comparing.sides?.here.size).toBe(2 * MINUTE);
    expect(comparing.whole?.counts[0]).toBe(1);
    view.filter = NO_FILTER;
    expect(comparing.against).toBe('baseline');
  });

  it('goes by entries where one side has no time', () => {
    const { comparing } = viewOf({ ...THERE, span: 0 });
    expect([comparing.pers, comparing.per]).toEqual([['entries'], 'entries']);
  });
});
