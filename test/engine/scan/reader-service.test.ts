import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../../src/contract/dialect.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { ReadResult } from '../../../src/contract/reader-api.ts';
import type { VerdictColumns, Filter } from '../../../src/contract/view.ts';
import { NO_FILTER, ROW_CHARS } from '../../../src/contract/view.ts';
import { decide } from '../../../src/engine/decide/decide.ts';
import { Votes } from '../../../src/engine/decide/votes.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { RULES } from './scanned.ts';

const CSV = [
  'timestamp,source,log_message',
  '2025-03-14T00:00:00Z,crm,User User1 logged in.',
  '2025-03-14T00:10:00Z,web,"""GET /x HTTP/1.1"" 500 12"',
  '2025-03-14T00:20:00Z,web,"a trace\n  at one\r\n  at two"',
  '',
  '2025-03-14T00:30:00Z,crm,User User2 logged out.',
  '2025-03-14T00:40:00Z,Größe,=1+1 überschritten',
  'no time,crm,User User3 logged in.',
].join('\n');
const MORE = 'timestamp,source,log_message\r\n2025-03-14T00:50:00Z,crm,User User4 logged in.\r\n2025-03-14T00:55:00Z,disk,it is slow\r\n';
const NDJSON = '{"time":"2025-03-14T00:00:00Z","service":"a","msg":"first one"}\n\n{"time":"2025-03-14T00:00:01Z","service":"b","msg":"second one"}\n';

const csv = (): File => new File([CSV], 'a.csv');

interface Opened {
  readonly service: ReaderService;
  readonly result: ReadResult;
  readonly verdicts: VerdictColumns;
}

/** The way the page goes: sniff, begin, step until done, finish, decide, share the verdicts. */
async function open(files: readonly File[], change: Partial<Dialect> = {}): Promise<Opened> {
  const service = new ReaderService();
  const dialects: Dialect[] = [];
  for (const file of files) dialects.push({ ...(await service.sniff(file)).dialect, ...change });
  await service.begin(files, dialects, { rules: RULES, lessons: [] });
  while (!(await service.step(5)).done);
  const result = await service.finish();
  const verdicts = decide(result.table, RULES, new Votes(result.table.count), { threshold: 0.5, ended: true });
  await service.setVerdicts(verdicts);
  return { service, result, verdicts };
}

async function rowsOf({ service }: Opened, filter: Partial<Filter>): Promise<number[]> {
  const whole = { ...NO_FILTER, ...filter };
  const count = await service.rowCount(whole);
  const rows = await service.rows(whole, 0, 1000);
  expect(rows.length).toBe(count);
  return rows.map((row) => row.row);
}

async function exported({ service }: Opened, filter: Partial<Filter> = {}, raw = true, provisional = false): Promise<{ text: string; rows: number; formulaCells: number }> {
  await service.beginExport({ format: 'csv', raw, extra: provisional ? ['provisional'] : [], reasons: null, redaction: null, filter: { ...NO_FILTER, ...filter } });
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const step = await service.exportStep();
    text += decoder.decode(step.bytes, { stream: true });
    if (step.done) return { text, rows: step.rows, formulaCells: step.formulaCells };
  }
}

describe('one CSV', () => {
  test('is sniffed, read and summed up', async () => {
    const { result } = await open([csv()]);
    expect(result).toMatchObject({ entries: 6, problemCount: 0, overflowRows: 0 });
    expect(result.table.examples).toEqual(['User User1 logged in.', '"GET /x HTTP/1.1" 500 12', 'a trace\n  at one\r\n  at two', 'User User2 logged out.', '=1+1 überschritten']);
    expect([...result.table.rows]).toEqual([2, 1, 1, 1, 1]);
    expect([...result.table.rule]).toEqual([0, 1, -1, 0, -1]);
    expect([...result.table.http]).toEqual([0, 5, 0, 0, 0]);
    expect(result.cells.sources).toEqual(['', 'crm', 'web', 'Größe']);
    expect(result.cells.axis.kind).toBe('time');
    expect(result.cells.untimed).toBe(1);
    expect([...result.cells.rows].reduce((sum, rows) => sum + rows, 0)).toBe(6);
    expect(result.texts.map(({ text }) => text)).toEqual(result.table.texts);
  });

  test('gives its rows again, with their lines', async () => {
    const { service } = await open([csv()]);
    const rows = await service.rows(NO_FILTER, 0, 100);
    expect(rows.map((row) => row.line)).toEqual([2, 3, 4, 8, 9, 10]);
    expect(rows.map((row) => row.message)).toEqual(['User User1 logged in.', '"GET /x HTTP/1.1" 500 12', 'a trace\n  at one\r\n  at two', 'User User2 logged out.', '=1+1 überschritten', 'User User3 logged in.']);
    expect(rows[1].raw).toBe('2025-03-14T00:10:00Z,web,"""GET /x HTTP/1.1"" 500 12"');
    expect(rows[2].raw).toBe('2025-03-14T00:20:00Z,web,"a trace\n  at one\r\n  at two"');
    expect(rows.map((row) => row.time - Date.UTC(2025, 2, 14))).toEqual([0, 600_000, 1_200_000, 1_800_000, 2_400_000, NaN]);
    expect(rows.map((row) => row.pattern)).toEqual([0, 1, 2, 3, 4, 0]);
    expect(await service.rows(NO_FILTER, 2, 2)).toEqual(rows.slice(2, 4));
    expect(await service.rows(NO_FILTER, 5, 9)).toEqual(rows.slice(5));
    expect(await service.rows(NO_FILTER, 6, 9)).toEqual([]);
  });

  test('is filtered by every part of a filter, and all at once', async () => {
    const opened = await open([csv()]);
    const { labels } = opened.verdicts;
    const { axis } = opened.result.cells;
    const binOf = (minute: number): number => Math.floor((Date.UTC(2025, 2, 14) + minute * 60_000 - axis.start) / axis.width);
    expect(await rowsOf(opened, {})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await rowsOf(opened, { labels: [labels.indexOf('User Action')] })).toEqual([0, 3, 5]);
    expect(await rowsOf(opened, { labels: [labels.indexOf('User Action'), labels.indexOf('HTTP Status')] })).toEqual([0, 1, 3, 5]);
    expect(await rowsOf(opened, { sources: [2] })).toEqual([1, 2]);
    expect(await rowsOf(opened, { patterns: [0] })).toEqual([0, 5]);
    expect(await rowsOf(opened, { problemsOnly: true })).toEqual([1]);
    expect(await rowsOf(opened, { bins: [binOf(10), binOf(30)] })).toEqual([1, 2, 3]);
    expect(await rowsOf(opened, { bins: [0, axis.bins - 1] })).toEqual([0, 1, 2, 3, 4]);
    expect(await rowsOf(opened, { text: 'USER2' })).toEqual([3]);
    expect(await rowsOf(opened, { text: 'at TWO' })).toEqual([2]);
    expect(await rowsOf(opened, { text: 'ÜBERschritten' })).toEqual([4]);
    expect(await rowsOf(opened, { text: 'logged', sources: [1], bins: [0, binOf(30)], labels: [labels.indexOf('User Action')] })).toEqual([0, 3]);
    expect(await rowsOf(opened, { text: 'nowhere' })).toEqual([]);
    expect(await rowsOf(opened, { labels: [] })).toEqual([]);
  });

  test('follows new verdicts', async () => {
    const opened = await open([csv()]);
    const label = opened.verdicts.labels.indexOf('Error');
    expect(await rowsOf(opened, { labels: [label] })).toEqual([]);
    await opened.service.setVerdicts({ ...opened.verdicts, label: opened.verdicts.label.slice().fill(label, 2, 3) });
    expect(await rowsOf(opened, { labels: [label] })).toEqual([2]);
  });

  test('comes out with every byte it had, and three columns', async () => {
    const { text, rows } = await exported(await open([csv()]));
    expect(rows).toBe(6);
    expect(text.split('\n')[0]).toBe('timestamp,source,log_message,target_label,confidence,decided_by');
    expect(text.replaceAll(/,(target_label,confidence,decided_by|(User Action|HTTP Status),1,rule|Unclassified,0,none)(?=\n|$)/g, '')).toBe(CSV);
    expect(text.match(/,User Action,1,rule/g)).toHaveLength(3);
  });

  test('is exported as filtered, protected from formulas, and with what may still change', async () => {
    const opened = await open([csv()]);
    const filtered = await exported(opened, { sources: [3] }, false, true);
    expect(filtered.text.split('\n').filter((line) => line !== '')).toEqual(['timestamp,source,log_message,target_label,confidence,decided_by,provisional', "2025-03-14T00:40:00Z,Größe,'=1+1 überschritten,Unclassified,0,none,false"]);
    expect(filtered).toMatchObject({ rows: 1, formulaCells: 1 });
    expect((await exported(opened, { text: 'user1' })).text.split('\n').filter((line) => line !== '').length).toBe(2);
  });
});

describe('several files', () => {
  test('are one run: rows, filters and lines go on over them', async () => {
    const opened = await open([csv(), new File([MORE], 'b.csv')]);
    expect(opened.result.entries).toBe(8);
    expect([...opened.result.table.rows].reduce((sum, rows) => sum + rows, 0)).toBe(8);
    expect(await rowsOf(opened, { patterns: [0] })).toEqual([0, 5, 6]);
    expect(await rowsOf(opened, { text: 'slow' })).toEqual([7]);
    const rows = await opened.service.rows(NO_FILTER, 4, 4);
    expect(rows.map((row) => [row.row, row.line, row.message])).toEqual([[4, 9, '=1+1 überschritten'], [5, 10, 'User User3 logged in.'], [6, 2, 'User User4 logged in.'], [7, 3, 'it is slow']]);
    const { text } = await exported(opened);
    expect(text).toMatch(/^file,timestamp,source,log_message,target_label/);
    expect(text.match(/^a\.csv,/gm)).toHaveLength(6);
    expect(text.match(/^b\.csv,/gm)).toHaveLength(2);
  });
});

describe('other formats', () => {
  test('JSON lines count blank lines, and are exported as CSV', async () => {
    const opened = await open([new File([NDJSON], 'a.ndjson')]);
    const rows = await opened.service.rows(NO_FILTER, 0, 10);
    expect(rows.map((row) => [row.line, row.message])).toEqual([[1, 'first one'], [3, 'second one']]);
    const { text } = await exported(opened);
    expect(text.split('\n').slice(0, 3).map((line) => line.trim())).toEqual([
      'line,timestamp,source,level,log_message,target_label,confidence,decided_by', '1,2025-03-14T00:00:00Z,a,,first one,Unclassified,0,none', '3,2025-03-14T00:00:01Z,b,,second one,Unclassified,0,none',
    ]);
  });

  test('lines of many blocks and steps keep their line numbers', async () => {
    const many = Array.from({ length: 70_000 }, (_, at) => `2025-03-14T00:00:00Z line number ${at + 1}`);
    const { service } = await open([new File([many.join('\n')], 'many.log')]);
    for (const from of [0, 1023, 1024, 5000, 65_535, 65_536, 69_999]) {
      const [row] = await service.rows(NO_FILTER, from, 1);
      expect([row.row, row.line, row.raw]).toEqual([from, from + 1, many[from]]);
    }
    expect((await service.rows({ ...NO_FILTER, text: 'number 70000' }, 0, 10)).map((row) => row.row)).toEqual([69_999]);
  });

  test('CSV of many blocks and steps keeps its line numbers, with cells of several lines', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => (at % 10 === 3 ? `s,"two\nlines ${at}"` : `s,one line ${at}`));
    const { service } = await open([new File([`source,log_message\n${many.join('\n')}\n`], 'many.csv')]);
    const lineOf = (row: number): number => 2 + row + Math.floor((row + 6) / 10);
    const rows = [...(await service.rows(NO_FILTER, 0, 20)), ...(await service.rows(NO_FILTER, 1020, 30)), ...(await service.rows(NO_FILTER, 2990, 10))];
    expect(rows.map((row) => row.line)).toEqual(rows.map((row) => lineOf(row.row)));
  });

  test('a very long record is shown cut', async () => {
    const { service, result } = await open([new File([`source,log_message\ns,"${'word '.repeat(50_000)}"\ns,short one here\n`], 'long.csv')]);
    const [row] = await service.rows(NO_FILTER, 0, 1);
    expect(row.message).toHaveLength(ROW_CHARS + 1);
    expect(result.entries).toBe(2);
  });
});

describe('what goes wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a file that is removed or changed while it is open is unreadable; what was read is kept', async () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, `${CSV}\n`.repeat(40_000));
    const file = Object.assign(await openAsBlob(path), { name: 'a.csv', lastModified: 0 }) as unknown as File;
    const service = new ReaderService();
    const { dialect } = await service.sniff(file);
    await service.begin([file], [dialect], { rules: RULES, lessons: [] });
    await service.step(0);
    writeFileSync(path, 'something else');
    let error: unknown = null;
    try {
      while (!(await service.step(5)).done);
    } catch (caught) {
      error = caught;
    }
    expect(failureCode(error)).toBe('file-unreadable');
    expect((error as Error).message).toContain('a.csv');
    const result = await service.finish();
    expect(result.entries).toBeGreaterThan(1000);
    expect(await service.rowCount(NO_FILTER)).toBe(result.entries);
    expect(failureCode(await service.rows(NO_FILTER, 0, 1).catch((caught: unknown) => caught))).toBe('file-unreadable');
  });

  test('an empty file and a binary one are refused', async () => {
    const service = new ReaderService();
    const code = async (file: File): Promise<string> => failureCode(await service.sniff(file).catch((error: unknown) => error));
    expect(await code(new File([], 'a.log'))).toBe('file-empty');
    expect(await code(new File([Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) & 0xff)], 'a.bin'))).toBe('file-binary');
  });

  test('stopping early: what was read can be viewed and exported', async () => {
    const service = new ReaderService();
    const file = new File([`${CSV}\n`.repeat(30_000)], 'big.csv');
    await service.begin([file], [(await service.sniff(file)).dialect], { rules: RULES, lessons: [] });
    const { soFar, done } = await service.step(0);
    expect(done).toBe(false);
    const result = await service.finish();
    expect(result.entries).toBe(soFar.entries);
    const verdicts = decide(result.table, RULES, new Votes(result.table.count), { threshold: 0.5, ended: true });
    await service.setVerdicts(verdicts);
    const opened = { service, result, verdicts };
    const { rows, text } = await exported(opened);
    expect(rows).toBe(result.entries);
    expect(text.match(/,User Action,1,rule/g)?.length).toBe(await service.rowCount({ ...NO_FILTER, labels: [verdicts.labels.indexOf('User Action')] }));
  });

  test('a run that another has replaced neither reads on nor ends the other', async () => {
    const service = new ReaderService();
    const [one, two] = ['one', 'two'].map((name) => new File([`${CSV}\n`.repeat(30_000)], `${name}.csv`));
    const { dialect } = await service.sniff(one);
    const first = await service.begin([one], [dialect], { rules: RULES, lessons: [] });
    const pending = service.step(1000, first).catch((error: unknown) => error);
    const second = await service.begin([two], [dialect], { rules: RULES, lessons: [] });
    expect(await pending).toMatchObject({ name: 'AbortError' });
    await expect(service.finish(first)).rejects.toMatchObject({ name: 'AbortError' });
    while (!(await service.step(50, second)).done);
    expect((await service.finish(second)).entries).toBe((await open([two])).result.entries);
  });

  test('calls out of order are refused, not answered wrongly', async () => {
    const service = new ReaderService();
    await expect(service.step(1)).rejects.toThrow('No file is open');
    await expect(service.rows(NO_FILTER, 0, 1)).rejects.toThrow('not been read');
    await expect(service.exportStep()).rejects.toThrow('No export');
    await service.begin([csv()], [(await service.sniff(csv())).dialect], { rules: RULES, lessons: [] });
    await expect(service.rowCount(NO_FILTER)).rejects.toThrow('not been read');
  });
});
