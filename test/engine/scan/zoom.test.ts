import { expect, test } from 'vitest';
import type { Cells } from '../../../src/contract/pattern.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { Filter } from '../../../src/contract/view.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { exportAll, readAll, verdictsOf } from './service-run.ts';

const START = Date.UTC(2025, 2, 14);
const MINUTE = 60_000;
/** A line every 7 s for a day; some without a time. */
const LINES = Array.from({ length: 12_000 }, (_, at) => (at % 10 === 9 ? 'no time here, but words' : `${new Date(START + at * 7000).toISOString()} INFO job ${at} is done`));

async function opened(): Promise<{ service: ReaderService; cells: Cells }> {
  const service = new ReaderService();
  const result = await readAll(service, [new File([LINES.join('\n')], 'day.log')], undefined, { grouping: 'line' });
  await service.setVerdicts(verdictsOf(result));
  return { service, cells: result.cells };
}

const total = (cells: Cells): number => cells.rows.reduce((sum, rows) => sum + rows, 0);
const slowly = (from: number, to: number): number[] => LINES.flatMap((_, at) => (at % 10 !== 9 && START + at * 7000 >= from && START + at * 7000 < to ? [at] : []));

test('a part of the time has finer bins, and only its rows', async () => {
  const { service, cells } = await opened();
  const { axis } = cells;
  expect(axis.width).toBe(5 * MINUTE);
  const range = [axis.start + 12 * axis.width, axis.start + 24 * axis.width] as const;
  const part = await service.zoom(range);
  expect(part.axis.width).toBeLessThanOrEqual(axis.width / 10);
  expect(part.axis.bins).toBeLessThanOrEqual(360);
  expect(part.axis.start).toBe(range[0]);
  expect(part.axis.start + part.axis.bins * part.axis.width).toBeGreaterThanOrEqual(range[1]);
  expect(part.untimed).toBe(0);
  expect(total(part)).toBe(slowly(...range).length);
  expect(await service.zoom(null)).toEqual(cells);
});

test('rows, counts and exports of a filter are those of the part; so are its bins', async () => {
  const { service, cells } = await opened();
  const { start, width } = cells.axis;
  const zoom = [start + 12 * width, start + 24 * width] as const;
  const rowsOf = async (filter: Partial<Filter>): Promise<number[]> => (await service.rows({ ...NO_FILTER, ...filter }, 0, 20_000)).map(({ row }) => row);
  expect(await rowsOf({ zoom })).toEqual(slowly(...zoom));
  expect(await service.rowCount({ ...NO_FILTER, zoom })).toBe(slowly(...zoom).length);
  const part = await service.zoom(zoom);
  for (const bins of [[0, 0], [5, 17], [part.axis.bins - 1, part.axis.bins - 1], [0, part.axis.bins - 1]] as const) {
    const inBins = part.rows.reduce((sum, rows, at) => sum + (part.bin[at] >= bins[0] && part.bin[at] <= bins[1] ? rows : 0), 0);
    expect((await rowsOf({ zoom, bins })).length).toBe(inBins);
  }
  await service.beginExport({ format: 'csv', filter: { ...NO_FILTER, zoom }, extra: [], reasons: null, redaction: null, raw: true });
  expect((await exportAll(service)).trimEnd().split('\n').length - 1).toBe(slowly(...zoom).length);
  await service.beginExport({ format: 'csv', filter: NO_FILTER, extra: [], reasons: null, redaction: null, raw: true });
  expect((await exportAll(service)).trimEnd().split('\n').length - 1).toBe(LINES.length);
});

test('bins of a part are those of the part whatever was looked at since, and of the whole without one', async () => {
  const { service, cells } = await opened();
  const { start, width } = cells.axis;
  const near = { ...NO_FILTER, zoom: [start, start + width] as const, bins: [3, 4] as const };
  const before = await service.rows(near, 0, 1000);
  await service.zoom([start + 100 * width, start + 200 * width]);
  await service.rowCount({ ...NO_FILTER, bins: [3, 4] });
  expect(await service.rows(near, 0, 1000)).toEqual(before);
  expect((await service.rows({ ...NO_FILTER, bins: [3, 4] }, 0, 20_000)).map(({ row }) => row)).toEqual(slowly(start + 3 * width, start + 5 * width));
});

test('a log without times is looked at by the row', async () => {
  const service = new ReaderService();
  await readAll(service, [new File([Array.from({ length: 9000 }, (_, at) => `words and ${at}`).join('\n')], 'a.log')]);
  const part = await service.zoom([500, 1000]);
  expect(part.axis).toEqual({ kind: 'row', start: 500, width: 2, bins: 250 });
  expect(total(part)).toBe(500);
  expect((await service.rows({ ...NO_FILTER, zoom: [500, 1000], bins: [1, 1] }, 0, 10)).map(({ row }) => row)).toEqual([502, 503]);
});

test('two files by time', async () => {
  const service = new ReaderService();
  const line = (second: number, what: string): string => `${new Date(START + second * 1000).toISOString()} INFO ${what}`;
  const result = await readAll(service, [new File([[line(1, 'a one'), line(4, 'a two'), line(9, 'a three')].join('\n')], 'a.log'), new File([[line(2, 'b one'), line(3, 'b two'), line(8, 'b three')].join('\n')], 'b.log')]);
  expect(result.outOfOrder).toBe(true);
  const rows = await service.rowsInOrder(NO_FILTER, 'time', 0, 10);
  expect(rows.map(({ message }) => message)).toEqual(['a one', 'b one', 'b two', 'a two', 'b three', 'a three']);
  expect(rows.map(({ file }) => file)).toEqual([0, 1, 1, 0, 1, 0]);
  expect(await service.rowsInOrder(NO_FILTER, 'time', 2, 2)).toEqual(rows.slice(2, 4));
  expect(await service.rowsInOrder(NO_FILTER, 'read', 0, 10)).toEqual(await service.rows(NO_FILTER, 0, 10));
  // First and last seen are the earliest and the latest, in whatever order the entries came.
  expect([Math.min(...result.table.firstTime), Math.max(...result.table.lastTime)]).toEqual([START + 1000, START + 9000]);
});

test('a range picks the same rows whether whole stretches of rows can be skipped or not', async () => {
  // Rows of each file are kept apart; some files are in no part of the range, some in part of it.
  const hours = [3, 0, 5, 1, 3, 9];
  const at = (hour: number, row: number): number => START + hour * 3_600_000 + ((row * 37) % 60) * MINUTE;
  const service = new ReaderService();
  const files = hours.map((hour, file) => new File([Array.from({ length: 60 }, (_, row) => (row % 7 === 3 ? 'no time here' : `${new Date(at(hour, row)).toISOString()} INFO job ${row} is done`)).join('\n')], `${file}.log`));
  await readAll(service, files, undefined, { grouping: 'line' });
  const all = hours.flatMap((hour) => Array.from({ length: 60 }, (_, row) => (row % 7 === 3 ? NaN : at(hour, row))));
  for (const [from, to] of [[0, 60], [90, 200], [180, 240], [210, 211], [400, 500], [0, 601]] as const) {
    const zoom = [START + from * MINUTE, START + to * MINUTE] as const;
    const expected = all.flatMap((time, row) => (time >= zoom[0] && time < zoom[1] ? [row] : []));
    expect((await service.rows({ ...NO_FILTER, zoom }, 0, 1000)).map(({ row }) => row)).toEqual(expected);
    expect(total(await service.zoom(zoom))).toBe(expected.length);
    const byTime = (await service.rowsInOrder({ ...NO_FILTER, zoom }, 'time', 0, 1000)).map(({ row }) => row);
    expect(byTime).toEqual([...expected].sort((a, b) => all[a] - all[b] || a - b));
  }
});
