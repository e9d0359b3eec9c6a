import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/contract/rule.ts';
import type { RuleTrial } from '../../../src/contract/teach.ts';
import { NO_FILTER } from '../../../src/contract/view.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { oracle } from '../rules/re2-oracle.ts';
import { RULES } from './scanned.ts';
import { readAll } from './service-run.ts';

const KINDS = [
  (at: number) => `User User${at} logged in.`, (at: number) => `took ${at % 50} ms for ${at % 3 ? 'a' : 'b'}`, (at: number) => `"GET /p${at} HTTP/1.1" ${at % 2 ? 200 : 503} 12`,
  (at: number) => `tab\there ${at}`, () => 'plain words', (at: number) => `list ${at}, 2, 3, 77, ${at % 9} end`, (at: number) => `has <num> and ${at}`, (at: number) => `${'long '.repeat(400)}tail${at}`,
];
const MESSAGES = Array.from({ length: 6400 }, (_, at) => KINDS[at % KINDS.length](at));
const file = (): File => new File([MESSAGES.join('\n')], 'a.log');
const LINES = { format: 'lines' as const, shape: '' };
const encoder = new TextEncoder();

const own = (pattern: string): Rule => ({ id: 'mine', pattern, label: 'Error', about: '', origin: 'own' });

async function tried(service: ReaderService, rule: Rule, taught: readonly number[] = []): Promise<RuleTrial> {
  await service.beginTrial(rule, taught);
  for (;;) {
    const trial = await service.trialStep(20);
    if (trial.done) return trial;
  }
}

describe('a rule on trial', () => {
  test.each(['logged in', 'took 1[0-9] ms', 'took [0-9]+ ms', 'GET .* 503', '" 5[0-9]{2} ', 'tab here', String.raw`tab\shere`, 'plain', '77', '<num>', 'tail199', 'long tail', '', 'nowhere', '^has .* 6$', 'a|b'])('/%s/ counts what re2js counts', async (pattern) => {
    const service = new ReaderService();
    await readAll(service, [file()], undefined, LINES);
    const matches = oracle([own(pattern)]);
    const now = oracle(RULES);
    const hits = MESSAGES.filter((message) => matches(encoder.encode(message)) === 0);
    const trial = await tried(service, own(pattern));
    expect(trial).toMatchObject({ rows: hits.length, seen: 6400, total: 6400, taught: 0 });
    const taken = RULES.map(({ id }, at) => ({ rule: id, rows: hits.filter((message) => now(encoder.encode(message)) === at).length })).filter(({ rows }) => rows > 0);
    expect(trial.taken.toSorted((one, other) => (one.rule < other.rule ? -1 : 1))).toEqual(taken);
    expect(trial.examples.length).toBeLessThanOrEqual(8);
    expect(trial.examples.length > 0).toBe(hits.length > 0);
    expect(new Set(trial.examples).size).toBe(trial.examples.length);
    for (const example of trial.examples) expect(hits.some((message) => message.startsWith(example))).toBe(true);
  });

  test('is settled at once where masked texts tell', async () => {
    const service = new ReaderService();
    await readAll(service, [new File([MESSAGES.filter((_, at) => at % KINDS.length < 6).join('\n')], 'a.log')], undefined, LINES);
    await service.beginTrial(own('logged in'), []);
    expect(await service.trialStep(0)).toMatchObject({ done: true, rows: 800 });
  });

  test('leaves patterns that are taught and splits alone', async () => {
    const service = new ReaderService();
    const split = splitRule({ text: 'took <num> ms for a', level: 0, http: 0, where: [{ token: 1, value: '17' }] }, 'Error');
    const { table } = await readAll(service, [file()], { rules: [split, ...RULES], lessons: [] }, LINES);
    const inSplit = table.rows[table.rule.indexOf(0)];
    expect(inSplit).toBeGreaterThan(0);
    const login = table.texts.findIndex((text) => text.includes('logged in'));
    const trial = await tried(service, own('took|logged'), [login]);
    expect(trial).toMatchObject({ rows: 1600, taught: 800 + inSplit, taken: [] });
  });

  test('goes on step by step, and can be given up', async () => {
    const service = new ReaderService();
    await readAll(service, [new File([`${MESSAGES.join('\n')}\n`.repeat(20)], 'big.log')], undefined, LINES);
    await service.beginTrial(own('tail1'), []);
    const first = await service.trialStep(0);
    expect(first.done).toBe(false);
    expect(first.seen).toBeLessThan(first.total);
    const second = await service.trialStep(0);
    expect(second.seen).toBeGreaterThan(first.seen);
    await service.endTrial();
    await expect(service.trialStep(0)).rejects.toMatchObject({ name: 'internal' });
    expect(await service.rowCount(NO_FILTER)).toBe(128_000);
  });

  test('is refused with the parser’s reason, and another trial goes on', async () => {
    const service = new ReaderService();
    await readAll(service, [file()], undefined, LINES);
    await service.beginTrial(own('tail1'), []);
    await expect(service.beginTrial(own('(?=a)'), [])).rejects.toMatchObject({ name: 'rules-refused' });
    expect((await service.trialStep(1000)).rows).toBeGreaterThan(0);
  });

  test('ends where a cancelled run ended', async () => {
    const service = new ReaderService();
    const big = new File([`${MESSAGES.join('\n')}\n`.repeat(50)], 'big.log');
    const run = await service.begin([big], [{ ...(await service.sniff(big)).dialect, ...LINES }], { rules: RULES, lessons: [] });
    await service.step(0, run);
    const { entries } = await service.finish(run);
    expect(entries).toBeLessThan(320_000);
    expect(await tried(service, own('tail1'))).toMatchObject({ done: true, seen: entries, total: entries });
  });
});
