import { describe, expect, test } from 'vitest';
import type { ReadResult, ReadSetup } from '../../../src/contract/reader-api.ts';
import type { KeyId, Lesson } from '../../../src/contract/teach.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { splitRule, valueRule } from '../../../src/engine/rules/split-rule.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { RULES } from './scanned.ts';
import { PLAIN, exportAll, readAll, verdictsOf } from './service-run.ts';

const USERS = ['ann', 'bob', 'eve', 'joe'];
const LINES = Array.from({ length: 4000 }, (_, at) => {
  const user = USERS[at % 4];
  const kinds = [`User User${at} logged in.`, `account of ${user} was moved to rack ${at % 7}`, `job took ${at % 3} ms on ${user} today`, `disk sd${'abc'[at % 3]} of host oak answers in ${at % 9} ms`, `"GET /${user} HTTP/1.1" ${at % 2 ? 200 : 404} 12`];
  return `s${at % 3},${at % 3 === 1 ? '' : 'x'},${kinds[at % 5].includes('"') ? `"${kinds[at % 5].replaceAll('"', '""')}"` : kinds[at % 5]}`;
});
const CSV = `source,note,log_message\n${LINES.join('\n')}\n`;
const file = (): File => new File([CSV], 'a.csv');

function shape({ table, entries }: ReadResult): unknown {
  return [entries, table.texts, [...table.rows], [...table.rule], [...table.firstRow], table.examples];
}

/** Lessons on every other pattern, as a session makes them. */
async function taughtOf(service: ReaderService, result: ReadResult): Promise<Lesson[]> {
  const patterns = Array.from({ length: result.table.count }, (_, pattern) => pattern).filter((pattern) => pattern % 2 === 0);
  const keys = await service.keysOf(patterns);
  return patterns.map((pattern, at) => ({ keys: keys[at], label: pattern % 4 === 0 ? 'Error' : 'User Action', how: 'corrected', teaches: true }));
}

describe('lessons', () => {
  test('made of patterns give the same patterns on the same file, each with its lesson', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    expect([...before.taught]).toEqual(before.table.texts.map(() => -1));
    const lessons = await taughtOf(service, before);
    const after = await readAll(service, [file()], { ...PLAIN, lessons });
    expect(shape(after)).toEqual(shape(before));
    expect([...after.taught]).toEqual(before.table.texts.map((_, pattern) => (pattern % 2 === 0 ? pattern / 2 : -1)));
    expect(await service.keysOf(before.table.texts.map((_, pattern) => pattern))).toEqual(await new ReaderService().sniff(file()).then(async () => {
      const fresh = new ReaderService();
      await readAll(fresh, [file()]);
      return fresh.keysOf(before.table.texts.map((_, pattern) => pattern));
    }));
    const ids = lessons.flatMap(({ keys }) => keys);
    expect([...(await service.patternsOf(ids))]).toEqual(lessons.flatMap(({ keys }, at) => keys.map(() => at * 2)));
  });

  test('survive other columns: those of texts that are still there rule them', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    const lessons = await taughtOf(service, before);
    const other = await readAll(service, [file()], { ...PLAIN, lessons }, { roles: { source: -1, message: 0, time: -1, level: -1, label: -1 } });
    expect([...other.taught].every((lesson) => lesson === -1)).toBe(true);
    expect(shape(await readAll(service, [file()], { ...PLAIN, lessons }))).toEqual(shape(before));
  });

  test('outlive other rules: a key without a rule of its own is the same key', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    const login = before.table.texts.findIndex((text) => text.includes('logged in'));
    const [keys] = await service.keysOf([login]);
    expect(keys.map(({ rule }: KeyId) => rule)).toEqual([null]);
    const after = await readAll(service, [file()], { rules: [], lessons: [{ keys, label: 'Error', how: 'confirmed', teaches: true }] });
    expect(after.table.rule[after.taught.indexOf(0)]).toBe(-1);
    expect(after.table.texts[after.taught.indexOf(0)]).toBe(before.table.texts[login]);
  });
});

describe('reading again with other rules or lessons', () => {
  const MORE: ReadSetup = { rules: [{ id: 'oak', pattern: 'host oak', label: 'Error', about: '' }, ...RULES], lessons: [], keep: true };

  test('leaves all that was read as it is until the end', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    await service.setVerdicts(verdictsOf(before));
    const rows = await service.rows(NO_FILTER, 3990, 10);
    const userAction = verdictsOf(before).labels.indexOf('User Action');
    const filter = { ...NO_FILTER, labels: [userAction] };
    const count = await service.rowCount(filter);
    expect(count).toBe(800);

    const { dialect } = await service.sniff(file());
    const run = await service.begin([file()], [dialect], MORE);
    await service.step(0, run);
    expect(await service.rows(NO_FILTER, 3990, 10)).toEqual(rows);
    expect(await service.rowCount(filter)).toBe(count);
    expect((await service.values(0, 3)).length).toBeGreaterThan(0);
    await service.beginExport({ raw: true, format: 'csv', extra: [], reasons: null, redaction: null, filter: NO_FILTER });
    const first = await service.exportStep();
    while (!(await service.step(50, run)).done);
    const after = await service.finish(run);

    const text = new TextDecoder().decode(first.bytes) + (first.done ? '' : await exportAll(service));
    expect(text.match(/,rule$/gm)).toHaveLength(1600);
    expect(text).not.toMatch(/host oak.*rule/);
    await expect(service.beginExport({ raw: true, format: 'csv', extra: [], reasons: null, redaction: null, filter: NO_FILTER })).rejects.toThrow('no verdicts');
    expect(after.table.rule).toContain(0);
    await service.setVerdicts(verdictsOf(after, MORE));
    await service.beginExport({ raw: true, format: 'csv', extra: [], reasons: null, redaction: null, filter: NO_FILTER });
    expect((await exportAll(service)).match(/host oak.*,Error,1,rule$/gm)).toHaveLength(800);
  });

  test('that is given up leaves it so for good', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    await service.setVerdicts(verdictsOf(before));
    const { dialect } = await service.sniff(file());
    const run = await service.begin([file()], [dialect], MORE);
    await service.drop(run);
    await expect(service.step(5, run)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(service.finish(run)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await service.rowCount(NO_FILTER)).toBe(4000);
    expect((await service.rows(NO_FILTER, 0, 1))[0].message).toBe('User User0 logged in.');

    const second = await service.begin([file()], [dialect], MORE);
    const third = await service.begin([file()], [dialect], MORE);
    await service.drop(second);
    while (!(await service.step(50, third)).done);
    expect((await service.finish(third)).entries).toBe(4000);
    await service.drop(third);
    expect(await service.rowCount(NO_FILTER)).toBe(4000);
  });

  test('is not begun with a rule that cannot be used, and nothing is lost', async () => {
    const service = new ReaderService();
    await readAll(service, [file()]);
    const { dialect } = await service.sniff(file());
    const rules = [{ id: 'ahead', pattern: 'a(?=b)', label: 'Error', about: '' }];
    await expect(service.begin([file()], [dialect], { rules, lessons: [] })).rejects.toMatchObject({ name: 'rules-refused' });
    expect(await service.rowCount(NO_FILTER)).toBe(4000);
  });
});

describe('splits', () => {
  test('make a pattern of their own of just their rows, and leave the rest alone', async () => {
    const service = new ReaderService();
    const before = await readAll(service, [file()]);
    const pattern = before.table.texts.indexOf('job took <num> ms on <*> today');
    const [took, on] = await service.values(pattern, 10);
    expect([took.token, on.token]).toEqual([2, 5]);
    const source = { text: before.table.texts[pattern], level: before.table.level[pattern], http: 0 as const };
    const eve = valueRule(source, null, 5, 'eve');
    const two = valueRule(source, null, 2, '2', 'Resource Usage');
    const setup = { rules: [eve, ...RULES, two], lessons: [] };
    const after = await readAll(service, [file()], setup);
    const jobs = LINES.filter((line) => line.includes('job took'));
    const either = jobs.filter((line) => line.includes('on eve') || line.includes('took 2 ms'));
    const rowsOf = (text: string): number => after.table.rows[after.table.texts.indexOf(text)];
    expect(on.values.find(({ value }) => value === 'eve')?.rows).toBe(jobs.filter((line) => line.includes('on eve')).length);
    expect(rowsOf('job took <num> ms on eve today') + rowsOf('job took 2 ms on <*> today')).toBe(either.length);
    expect(rowsOf('job took <num> ms on <*> today')).toBe(jobs.length - either.length);
    const others = (result: ReadResult): unknown => result.table.texts.flatMap((text, at) => (text.startsWith('job') ? [] : [[text, result.table.rows[at]]]));
    expect(others(after)).toEqual(others(before));
  });

  test('of one row are all rows with its very message', async () => {
    const service = new ReaderService();
    await readAll(service, [file()]);
    const at = LINES.findIndex((line) => line.includes('disk'));
    const part = await service.partOfRow(at);
    if (part === null) throw new Error('no part');
    const { message } = (await service.sampleRows([at]))[0];
    expect(part.where).toEqual([{ token: null, value: message }]);
    const rule = splitRule(part, 'Error');
    const setup = { rules: [rule, ...RULES], lessons: [] };
    const after = await readAll(service, [file()], setup);
    const same = LINES.filter((line) => line.endsWith(`,${message}`)).length;
    const pattern = after.table.rule.indexOf(0);
    expect(after.table.rows[pattern]).toBe(same);
    expect(after.table.texts[pattern]).toBe(message);
    expect(after.texts[pattern].text).toBe(part.text);
    const [keys] = await service.keysOf([pattern]);
    expect(keys).toEqual([{ text: part.text, level: 0, http: 0, rule: rule.id }]);
  });

  test('are made of messages of any length that a rule can hold', async () => {
    const service = new ReaderService();
    const long = `start ${'word '.repeat(5000)}end`;
    await readAll(service, [new File([`m\n${long}\n${'x'.repeat(70_000)}\n`], 'a.csv')], PLAIN, { roles: { source: -1, message: 0, time: -1, level: -1, label: -1 } });
    expect((await service.partOfRow(0))?.where[0].value).toBe(long);
    expect((await service.partOfRow(1)) === null).toBe(true);
    await expect(service.partOfRow(2)).rejects.toMatchObject({ name: 'internal' });
  });
});
