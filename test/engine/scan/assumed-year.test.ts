import { expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { readAll } from './service-run.ts';

const WRITTEN = Date.UTC(2025, 0, 3);

async function sniffed(text: string, written = WRITTEN): Promise<Dialect> {
  return (await new ReaderService().sniff(new File([text], 'a.log', { lastModified: written }))).dialect;
}

const ISO = Array.from({ length: 20 }, (_, at) => `2025-01-02T03:04:${at + 10}Z INFO up ${at}`);
const LOCAL = Array.from({ length: 20 }, (_, at) => `2025-01-02 03:04:${at + 10} INFO up ${at}`);
const SYSLOG = Array.from({ length: 20 }, (_, at) => `Dec ${String(at + 10)} 03:04:05 host sshd[12]: session opened for user ${at}`);
const CSV = ['time,source,message', ...LOCAL.map((line) => `${line.slice(0, 19)},web,${line.slice(20)} and on`)];
const JSON_LINES = ISO.map((line) => JSON.stringify({ time: line.slice(0, 20), msg: line.slice(21) }));

test('says what the times of a file leave open, whatever its format', async () => {
  expect(await sniffed(ISO.join('\n'))).toMatchObject({ zoneless: false, yearless: false, assumedYear: 2025 });
  expect(await sniffed(LOCAL.join('\n'))).toMatchObject({ zoneless: true, yearless: false });
  expect(await sniffed([...ISO, ...LOCAL].join('\n'))).toMatchObject({ zoneless: true, yearless: false });
  expect(await sniffed(CSV.join('\n'))).toMatchObject({ format: 'csv', zoneless: true, yearless: false });
  expect(await sniffed(JSON_LINES.join('\n'))).toMatchObject({ zoneless: false, yearless: false });
  expect(await sniffed('plain words\nand more of them\n')).toMatchObject({ zoneless: false, yearless: false });
});

test('a file without years is of the year that puts its first times before it was last written', async () => {
  expect(await sniffed(SYSLOG.join('\n'))).toMatchObject({ yearless: true, zoneless: true, assumedYear: 2024 });
  expect(await sniffed(SYSLOG.join('\n'), Date.UTC(2025, 11, 30))).toMatchObject({ yearless: true, assumedYear: 2025 });
});

test('times without a zone are of the zone that the dialect names, others keep their own', async () => {
  const service = new ReaderService();
  await readAll(service, [new File([[...LOCAL, ...ISO].join('\n')], 'a.log')], undefined, { zone: 'America/New_York' });
  const rows = await service.rows(NO_FILTER, 0, 40);
  expect(new Date(rows[0].time).toISOString()).toBe('2025-01-02T08:04:10.000Z');
  expect(new Date(rows[20].time).toISOString()).toBe('2025-01-02T03:04:10.000Z');
});

test('over New Year and out of order, a row read again has the time that it had', async () => {
  const days = ['Dec 30', 'Dec 31', 'Jan  1', 'Dec 31', 'Jan  1', 'Jan  2', 'Dec 30', 'Jan  3'];
  const service = new ReaderService();
  const file = new File([days.map((day, at) => `${day} 03:04:05 host cron[1]: job number ${at} done`).join('\n')], 'a.log', { lastModified: WRITTEN });
  const result = await readAll(service, [file]);
  const years = (rows: readonly { readonly time: number }[]): number[] => rows.map(({ time }) => new Date(time).getUTCFullYear());
  const rows = await service.rows(NO_FILTER, 0, 10);
  expect(years(rows)).toEqual([2024, 2024, 2025, 2024, 2025, 2025, 2024, 2025]);
  expect(result.outOfOrder).toBe(true);
  for (const row of rows) expect((await service.sampleRows([row.row]))[0]).toEqual(row);
  // The late one of the old year comes first where the file begins in the new one.
  const late = new ReaderService();
  await readAll(late, [new File([['Jan  1', 'Dec 31', 'Jan  1'].map((day, at) => `${day} 00:00:05 host cron[1]: job number ${at} done`).join('\n')], 'b.log', { lastModified: WRITTEN })], undefined, { assumedYear: 2025 });
  expect(years(await late.rows(NO_FILTER, 0, 10))).toEqual([2025, 2024, 2025]);
});

test('a file that is followed over New Year goes on in the new one, also by the clock of its zone', async () => {
  const lines = (days: readonly string[]): string => days.map((day, at) => `${day} 22:04:05 host cron[1]: job number ${at} done\n`).join('');
  const old = lines([...Array.from({ length: 21 }, (_, at) => `Dec ${at + 10}`), 'Dec 31']);
  for (const zone of ['UTC', 'America/New_York', 'Asia/Tokyo']) {
    let text = old;
    const file = (): File => new File([text], 'a.log', { lastModified: Date.UTC(2024, 11, 31, 23) });
    const service = new ReaderService();
    const { dialect } = await service.sniff(file());
    const run = await service.begin([file()], [{ ...dialect, zone }], { rules: [], lessons: [], handles: [{ getFile: async () => file() } as unknown as FileSystemFileHandle] });
    while (!(await service.step(50, run)).done);
    await service.finish(run);
    for (const more of [['Jan  1', 'Jan  2'], ['Jan  3'], ['Feb  1', 'Feb 28']]) {
      text += lines(more);
      await service.grow([]);
    }
    const whole = new ReaderService();
    await readAll(whole, [new File([text], 'a.log', { lastModified: Date.UTC(2025, 2, 1) })], undefined, { zone });
    const times = async (from: ReaderService): Promise<number[]> => (await from.rows(NO_FILTER, 0, 100)).map(({ time }) => time);
    expect(await times(service)).toEqual(await times(whole));
    expect((await times(service)).map((time) => new Date(time - 12 * 3_600_000).getUTCFullYear())).toEqual([...new Array<number>(22).fill(2024), ...new Array<number>(5).fill(2025)]);
  }
});
