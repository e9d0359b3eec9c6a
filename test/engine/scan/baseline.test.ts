import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../src/contract/view.ts';
import type { ReadResult } from '../../../src/contract/reader-api.ts';
import { sampleLog } from '../../../src/engine/sample/sample-log.ts';
import { BaselineRows } from '../../../src/engine/scan/baseline-rows.ts';
import { Scan } from '../../../src/engine/scan/scan.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { compare } from '../../../src/engine/summary/compare.ts';
import { MemorySource } from './memory-source.ts';
import { dialectOf, RULES } from './scanned.ts';
import { exportAll, PLAIN, readAll, verdictsOf } from './service-run.ts';

const today = [
  ...Array.from({ length: 300 }, (_, i) => `2026-03-02T10:${String(i % 60).padStart(2, '0')}:00Z INFO user u${i} logged in`),
  ...Array.from({ length: 20 }, (_, i) => `2026-03-02T10:30:${String(i).padStart(2, '0')}Z ERROR disk /dev/sd${i} is full`),
].join('\n');
const yesterday = [
  ...Array.from({ length: 600 }, (_, i) => `2026-03-01T${String(i % 24).padStart(2, '0')}:00:00Z INFO user u${i} logged in`),
  ...Array.from({ length: 7 }, (_, i) => `2026-03-01T05:00:0${i}Z WARN backup ${i} took too long`),
].join('\n');
const logOf = (text: string, name: string): File => new File([text], name);
const log = logOf(today, 'today.log');
const base = logOf(yesterday, 'yesterday.log');
const WITH = { ...PLAIN, baseline: [false, true] };

async function both(setup = PLAIN): Promise<{ service: ReaderService; result: ReadResult; alone: ReadResult; only: ReaderService }> {
  const service = new ReaderService();
  const only = new ReaderService();
  return { service, only, result: await readAll(service, [log, base], { ...setup, baseline: [false, true] }), alone: await readAll(only, [log], setup) };
}
const textOf = ({ table }: ReadResult, words: string): number => table.texts.findIndex((text) => text.includes(words));

describe('a second file as baseline', () => {
  it('counts its rows by the patterns of the log, and finds what is new and gone', async () => {
    const { result } = await both();
    expect(result.baseline).toMatchObject({ entries: 607, span: 23 * 3_600_000 });
    const rows = result.baseline?.rows ?? [];
    const [login, disk, backup] = ['logged in', 'is full', 'took too long'].map((words) => textOf(result, words));
    expect([login, disk, backup].map((p) => [result.table.rows[p], rows[p]])).toEqual([[300, 600], [20, 0], [0, 7]]);
    const found = compare({ rows: result.table.rows, size: 320 }, { rows, size: 607 });
    expect([...found.counts].slice(0, 5)).toEqual([1, 0, 1, 0, 1]);
    expect(result.table.examples[backup]).toBe('backup 0 took too long');
  });

  it('leaves everything else as it is without one: totals, cells, patterns, what models are shown', async () => {
    const { result, alone } = await both();
    const { baseline, table, texts, taught, bytesPerRow, ...rest } = result;
    const { baseline: none, table: own, texts: ownTexts, taught: ownTaught, bytesPerRow: ownBytes, ...ownRest } = alone;
    expect(none).toBeNull();
    expect(rest).toEqual(ownRest);
    expect(bytesPerRow).toBe(ownBytes);
    expect(table.count).toBe(own.count + 1);
    for (const column of ['rows', 'firstRow', 'lastRow', 'firstTime', 'lastTime', 'level', 'http', 'rule', 'flags'] as const) expect([...table[column].subarray(0, own.count)]).toEqual([...own[column]]);
    expect(table.examples.slice(0, own.count)).toEqual(own.examples);
    expect(table.texts.slice(0, own.count)).toEqual(own.texts);
    expect(texts.slice(0, own.count)).toEqual(ownTexts);
    expect([...taught.subarray(0, own.count)]).toEqual([...ownTaught]);
    // What is gone is found again by a number of its own, and has no time here.
    expect(table.firstRow[own.count]).toBeGreaterThan(result.entries);
    expect(table.firstTime[own.count]).toBeNaN();
  });

  it('is in no export, count, list of rows or search', async () => {
    const { service, only, result, alone } = await both();
    const options = { format: 'csv', raw: true, extra: ['pattern'], reasons: null, filter: NO_FILTER, redaction: null } as const;
    await service.setVerdicts(verdictsOf(result));
    await only.setVerdicts(verdictsOf(alone));
    await service.beginExport(options);
    await only.beginExport(options);
    expect(await exportAll(service)).toBe(await exportAll(only));
    const backup = textOf(result, 'took too long');
    for (const filter of [NO_FILTER, { ...NO_FILTER, text: 'took too long' }, { ...NO_FILTER, patterns: [backup] }, { ...NO_FILTER, text: 'u7 ' }]) {
      expect(await service.rowCount(filter)).toBe(filter.patterns === null ? await only.rowCount(filter) : 0);
    }
    expect(await service.rowCount(NO_FILTER)).toBe(320);
    expect(await service.examples(backup, 3)).toEqual([]);
    expect((await service.values(backup, 3)).every(({ rows, values }) => rows === 0 && values.length === 0)).toBe(true);
    expect(await service.examples(textOf(result, 'logged in'), 3)).toHaveLength(3);
    const keys = await service.keysOf([backup]);
    expect([...(await service.patternsOf(keys[0]))]).toEqual([backup]);
  });

  it('tells no rule that a row of it would follow', async () => {
    const { service } = await both();
    await service.beginTrial({ id: 'mine', pattern: 'backup|disk', label: 'Resource Usage', about: '', origin: 'own' }, []);
    let trial = await service.trialStep(50);
    while (!trial.done) trial = await service.trialStep(50);
    expect([trial.rows, trial.total]).toEqual([20, 320]);
    expect(trial.examples.every((example) => example.startsWith('disk'))).toBe(true);
  });

  it('does not let what was said of its lines say anything of others', async () => {
    // The baseline's key would join the pattern of the log; a lesson on it must not.
    const here = logOf(Array.from({ length: 9 }, (_, i) => `job alpha of the nightly batch run ended with code ${i}`).join('\n'), 'here.log');
    const there = logOf('job beta of the nightly batch run ended with code 1', 'there.log');
    const service = new ReaderService();
    const joined = await readAll(service, [here, there], WITH);
    expect(joined.table.count).toBe(1);
    expect(joined.table.texts).toEqual(['job alpha of the nightly batch run ended with code <num>']);
    const [keys] = await service.keysOf([0]);
    const beta = keys.filter(({ text }) => text.includes('beta'));
    expect(beta).toHaveLength(1);
    const lessons = [{ keys: beta, label: 'Error', how: 'corrected', teaches: true }] as const;
    const result = await readAll(service, [here, there], { ...WITH, lessons });
    expect([...result.taught]).toEqual([-1, 0]);
    expect([...result.table.rows]).toEqual([9, 0]);
  });
});

describe('the pass over the files', () => {
  const inputs = [[today, 'today.log'], [yesterday, 'yesterday.log']].map(([text, name]) => ({ source: new MemorySource(text, {}, name), dialect: dialectOf(text, name) }));
  const readWith = async (options: ConstructorParameters<typeof Scan>[2]): Promise<Scan> => {
    const scan = new Scan(inputs, RULES, options);
    while (!scan.done) await scan.advance();
    return scan;
  };

  it('reads the baseline whole where only some rows of the log are wanted', async () => {
    const scan = await readWith({ maxRows: 50, baseline: [false, true], chunk: 512 });
    expect([scan.rows.count, scan.baseline?.entries]).toEqual([50, 607]);
  });
  it('yields the same whatever the chunks', async () => {
    const [one, other] = [await readWith({ baseline: [false, true], chunk: 100 }), await readWith({ baseline: [false, true] })];
    expect([one.baseline?.entries, one.baseline?.span, [...one.keys.baseline.subarray(0, one.keys.count)]]).toEqual([other.baseline?.entries, other.baseline?.span, [...other.keys.baseline.subarray(0, other.keys.count)]]);
    expect(one.lines).toBe(320);
    expect(one.soFar().entries).toBe(320);
    expect(one.soFar().bytes).toBe(one.soFar().totalBytes);
  });
  it('tells the time that it covers: no stray clocks, no nights between days', () => {
    const rows = new BaselineRows();
    const hour = 3_600_000;
    for (let i = 0; i < 5000; i++) rows.add(1e12 + (i / 5000) * 8 * hour);
    for (let i = 0; i < 5000; i++) rows.add(1e12 + 24 * hour + (i / 5000) * 8 * hour);
    rows.add(0);
    rows.add(NaN);
    expect(rows.entries).toBe(10_002);
    expect(rows.span / hour).toBeCloseTo(16, 1);
    // Two lines an hour apart tell of that hour.
    const two = new BaselineRows();
    expect(two.span).toBe(0);
    two.add(1e12);
    two.add(1e12 + hour);
    expect(two.span).toBe(hour);
  });
  it('keeps a bounded sample of times, which tells the same', () => {
    const rows = new BaselineRows();
    for (let i = 0; i < 300_000; i++) rows.add(1e12 + i * 1000);
    expect(rows.span / 300_000_000).toBeCloseTo(1, 1);
  });
  it('wants the baseline last', () => {
    expect(() => new Scan(inputs, RULES, { baseline: [true, false] })).toThrow('must come last');
  });
});

it('keeps totals and labels of the sample whatever it is compared with', async () => {
  const text = sampleLog();
  const lines = text.split('\n');
  const sample = logOf(text, 'sample.csv');
  const part = logOf(`${lines[0]}\n${lines.slice(1, 4000).join('\n')}`, 'part.csv');
  const [with_, alone] = [await readAll(new ReaderService(), [sample, part], WITH), await readAll(new ReaderService(), [sample])];
  expect(with_.cells).toEqual(alone.cells);
  expect(with_.table.count).toBe(alone.table.count);
  expect([...verdictsOf(with_).label]).toEqual([...verdictsOf(alone).label]);
  expect(with_.baseline?.rows.reduce((sum, rows) => sum + rows, 0)).toBe(with_.baseline?.entries);
});
