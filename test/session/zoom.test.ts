import { describe, expect, it } from 'vitest';
import type { Cells } from '../../src/contract/pattern.ts';
import { NO_FILTER } from '../../src/contract/view.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import type { Session } from '../../src/session/session.svelte.ts';
import { BLANK } from '../../src/session/teaching/snapshot.ts';
import { View } from '../../src/session/view.svelte.ts';
import { binsOf, rangeOf } from '../../src/session/zoom.svelte.ts';
import { readAll, verdictsOf } from '../engine/scan/service-run.ts';

const START = Date.UTC(2025, 2, 14);
/** A line every 20 s for a day; in the third hour half of them are others. */
const LINES = Array.from({ length: 4320 }, (_, at) => `${new Date(START + at * 20_000).toISOString()} ${at >= 360 && at < 540 && at % 2 === 0 ? 'ERROR disk is full on node' : 'INFO job is done by node'}`);

async function opened() {
  const service = new ReaderService();
  const result = await readAll(service, [new File([LINES.join('\n')], 'day.log')]);
  const verdicts = verdictsOf(result);
  await service.setVerdicts(verdicts);
  const session = {
    table: result.table, cells: result.cells, verdicts: { ...verdicts, unsure: new Uint8Array(result.table.count) }, truth: null, baseline: null, entries: result.entries,
    teaching: { snapshot: BLANK, said: BLANK.said, changes: null },
    ask: <T>(question: (api: ReaderService) => Promise<T>): Promise<T> => question(service),
  };
  return { service, session, view: new View(session as unknown as Session) };
}
const total = (cells: Cells | undefined): number => cells?.rows.reduce((sum, rows) => sum + rows, 0) ?? 0;

describe('Zoom', () => {
  it('takes every view to the part that was selected, and back with the part selected', async () => {
    const { service, session, view } = await opened();
    expect(view.zoom.next).toBeNull();
    const { axis } = session.cells;
    const hour = 3_600_000;
    const bins = [(2 * hour) / axis.width, (3 * hour) / axis.width - 1] as const;
    view.narrow({ bins });
    const [rows, order] = [view.selection?.rows, [...view.order]];
    await view.zoom.in();
    expect(view.filter).toEqual({ ...NO_FILTER, zoom: [START + 2 * hour, START + 3 * hour] });
    expect(view.data?.cells.axis.width).toBeLessThan(axis.width);
    expect(total(view.data?.cells)).toBe(180);
    expect(view.selection?.rows).toBe(rows);
    expect(view.timeline?.entries.reduce((sum, n) => sum + n, 0)).toBe(180);
    expect(view.headline?.totals.rows).toBe(LINES.length);
    // What is new here is so against all of the log, as before.
    expect([...view.order]).toEqual(order);
    expect(await service.rowCount(view.rowFilter)).toBe(180);
    expect(await service.rowCount(view.exportFilter)).toBe(180);
    expect(view.exportFiltered).toBe(true);
    view.zoom.out();
    expect(view.filter).toEqual({ ...NO_FILTER, bins });
    expect(view.data?.cells).toBe(session.cells);
  });

  it('selects and zooms again within the part', async () => {
    const { service, view } = await opened();
    view.narrow({ bins: [10, 99] });
    await view.zoom.in();
    view.narrow({ bins: [3, 7] });
    expect(await service.rowCount(view.rowFilter)).toBe(view.selection?.rows);
    const next = view.zoom.next;
    await view.zoom.in();
    expect(view.filter.zoom).toEqual(next);
    expect(await service.rowCount(view.rowFilter)).toBe(view.selection?.rows);
    view.filter = NO_FILTER;
    expect(view.selection?.rows).toBe(LINES.length);
  });

  it('does not take a person back who has gone elsewhere meanwhile', async () => {
    const { view } = await opened();
    view.narrow({ bins: [10, 20] });
    const zooming = view.zoom.in();
    view.narrow({ bins: null });
    await zooming;
    expect(view.filter).toBe(NO_FILTER);
  });

  it('knows the parts of an axis by their bins', () => {
    const axis = { kind: 'time', start: 1000, width: 100, bins: 20 } as const;
    expect(rangeOf(axis, [3, 5], null)).toEqual([1300, 1600]);
    expect(binsOf(axis, [1300, 1600])).toEqual([3, 5]);
    // The first and the last bin of a part may be cut.
    expect(rangeOf(axis, [0, 5], [1050, 2950])).toEqual([1050, 1600]);
    expect(rangeOf(axis, [15, 19], [1050, 2950])).toEqual([2500, 2950]);
    for (const nothing of [null, [0, 19] as const, [65535, 65535] as const]) expect(rangeOf(axis, nothing, null)).toBeNull();
    expect(rangeOf({ ...axis, width: 1 }, [3, 5], null)).toBeNull();
  });
});
