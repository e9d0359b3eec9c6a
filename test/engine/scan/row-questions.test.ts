import { describe, expect, test } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { readAll } from './service-run.ts';

const MESSAGES = Array.from({ length: 30_000 }, (_, at) => [
  `request ${at} of user u${at % 3} took ${at % 4 === 0 ? 'long' : 'some'} time at 10.0.0.${at % 2}`,
  '"GET /x HTTP/1.1" 404 17',
  '"GET /x HTTP/1.1" 403 17',
  'nothing varies here at all',
][at % 4 === 0 ? 0 : at % 4]);
const LOG = MESSAGES.join('\n');

async function opened(text = LOG, name = 'a.log'): Promise<{ service: ReaderService; texts: readonly string[] }> {
  const service = new ReaderService();
  const { table } = await readAll(service, [new File([text], name)], undefined, { format: 'lines', shape: '' });
  return { service, texts: table.texts };
}

describe('values of a pattern', () => {
  test('are counted for each place in which its rows differ', async () => {
    const { service, texts } = await opened();
    const pattern = texts.indexOf('request <num> of user u<num> took long time at <ip>');
    expect(pattern).toBeGreaterThanOrEqual(0);
    const slots = await service.values(pattern, 2);
    expect(slots.map(({ token, shown }) => [token, shown])).toEqual([[1, '<num>'], [4, 'u<num>'], [9, '<ip>']]);
    expect(slots.every(({ rows }) => rows === 7500)).toBe(true);
    expect(slots[0].values).toEqual([{ value: '0', rows: 1 }, { value: '4', rows: 1 }]);
    expect(slots[1].values.map(({ rows }) => rows)).toEqual([2500, 2500]);
    expect(slots[2].values).toEqual([{ value: '10.0.0.0', rows: 7500 }]);
  });

  test('tell statuses of one class apart, and are none where nothing varies', async () => {
    const { service, texts } = await opened();
    const status = texts.findIndex((text) => text.includes('4xx'));
    const slots = await service.values(status, 5);
    expect(slots.find(({ shown }) => shown.includes('4xx'))?.values).toEqual([{ value: '404', rows: 7500 }, { value: '403', rows: 7500 }]);
    expect(await service.values(texts.indexOf('nothing varies here at all'), 5)).toEqual([]);
    await expect(service.values(99, 5)).rejects.toMatchObject({ name: 'internal' });
  });

  test('of many rows come from a sample over the whole file, which says how large it is', async () => {
    const { service, texts } = await opened(Array.from({ length: 100_000 }, (_, at) => `step ${Math.floor(at / 1000)} was done for all`).join('\n'));
    const [slot] = await service.values(texts.indexOf('step <num> was done for all'), 1000);
    expect(slot.rows).toBeLessThanOrEqual(20_000);
    expect(slot.rows).toBeGreaterThan(15_000);
    expect(slot.values.reduce((sum, { rows }) => sum + rows, 0)).toBe(slot.rows);
    expect(slot.values.length).toBeGreaterThanOrEqual(60);
  });
});

describe('rows by number', () => {
  test('come in the order asked for, also twice', async () => {
    const { service } = await opened();
    const rows = await service.sampleRows([29_999, 4, 4, 0]);
    expect(rows.map(({ row, line, message }) => [row, line, message])).toEqual([29_999, 4, 4, 0].map((row) => [row, row + 1, MESSAGES[row]]));
    expect(await service.sampleRows([])).toEqual([]);
    for (const row of [-1, 30_000, 0.5, NaN]) await expect(service.sampleRows([row])).rejects.toMatchObject({ name: 'internal' });
  });

  test('are the same as a view shows', async () => {
    const { service } = await opened();
    expect(await service.sampleRows([7, 8, 9])).toEqual(await service.rows(NO_FILTER, 7, 3));
  });
});

describe('examples of a pattern', () => {
  test('differ from one another as much as they can', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `copied file f${at === 4321 ? 2 : 1} to rack ${at > 4000 ? 2 : 1} today`);
    const { service } = await opened(lines.join('\n'));
    const rows = await service.examples(0, 3);
    expect(rows[0].row).toBe(0);
    expect(new Set(rows.map(({ message }) => message)).size).toBe(rows.length);
    expect(rows.some(({ message }) => message.includes('rack 2'))).toBe(true);
  });

  test('come from different keys where keys were merged', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `account of ${at === 1500 ? 'rare' : 'usual'} person was moved to rack ${at % 9}`);
    const { service } = await opened(lines.join('\n'));
    const messages = (await service.examples(0, 2)).map(({ message }) => message);
    expect(messages.some((message) => message.includes('rare'))).toBe(true);
    expect(messages.some((message) => message.includes('usual'))).toBe(true);
  });

  test('are as many as there are different ones', async () => {
    const { service, texts } = await opened();
    expect(await service.examples(texts.indexOf('nothing varies here at all'), 5)).toHaveLength(1);
    expect(await service.examples(0, 5)).toHaveLength(5);
    expect(await service.examples(0, 1)).toHaveLength(1);
  });
});
