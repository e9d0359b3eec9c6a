import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { Scan } from '../../../src/engine/scan/scan.ts';
import { MemorySource } from './memory-source.ts';
import { RULES, dialectOf, outcome, run, scanText } from './scanned.ts';

const CSV = [
  'timestamp,source,log_message',
  '2025-03-14T00:00:00Z,ModernCRM,User User123 logged in.',
  '2025-03-14T00:00:01Z,ModernCRM, "IP 10.0.0.1 blocked"',
  '',
  '2025-03-14T00:00:02Z,Größe,"""GET /x HTTP/1.1"" 500 12"',
  '2025-03-14T00:00:03Z,LegacyCRM,"first line\nsecond line\r\nthird line"',
  'short',
  '2025-03-14T00:00:04Z,LegacyCRM,one, two, three',
  '2025-03-14T00:00:05Z,LegacyCRM,"never closed',
  '2025-03-14T00:00:06Z,日本,disk sda 1 is slow\r',
  '2025-03-14T00:00:07Z,日本,disk sdb 2 is slow\r',
  '2025-03-14T00:00:08Z,,stray "quote" here',
].join('\n');

const LINES = [
  'Mar 14 00:00:01 host sshd[123]: Failed password for root from 10.0.0.1 port 22 ssh2',
  'Mar 14 00:00:02 host sshd[123]: User bob logged in',
  'a line without a header',
  '',
  '\tat example.Main.main(Main.java:12)',
  'Mar 14 00:00:03 höst kernel: Größe überschritten: 12',
  '2025-03-14 00:00:04,123 ERROR [main] example.Main - it failed 3 times',
  '---',
].join('\n');

const JSON_LINES = [
  '{"time":"2025-03-14T00:00:00Z","level":"error","service":"web","msg":"it failed 3 times"}',
  '{"time":"2025-03-14T00:00:01Z","level":"info","service":"web","msg":"User bob logged in"}',
  '',
  'no json at all',
  '{"time":"2025-03-14T00:00:02Z","level":"info","service":"日本","msg":"escaped \\u00e9 \\"quotes\\""}',
  '{"time":"2025-03-14T00:00:03Z","level":"info","service":"web","msg":"status","extra":{"a":[1,2]}}',
].join('\n');

const TEXTS = [['a.csv', CSV], ['a.csv', `${CSV}\n`], ['a.csv', CSV.replaceAll('\n', '\r\n')], ['a.log', LINES], ['a.log', `${LINES}\r\n`], ['a.ndjson', JSON_LINES], ['a.ndjson', `${JSON_LINES}\n`]] as const;

describe('the same rows, keys, problems and patterns', () => {
  test.each(TEXTS)('whatever the size of chunks: %s', async (name, text) => {
    const whole = outcome(await scanText(text, name));
    for (const chunk of [1, 2, 3, 5, 7, 16, 61, 64, 200, 1000]) expect(outcome(await scanText(text, name, { chunk })), `chunks of ${chunk}`).toEqual(whole);
    for (const piece of [1, 3, 50]) expect(outcome(await scanText(text, name, { piece })), `reads of ${piece}`).toEqual(whole);
  });

  test('whatever the text', async () => {
    const bit = fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', ' ', 'a', 'User User1 logged in', 'é', '日', '1', '2025-03-14T00:00:00Z', '{"msg":"x"}', '\\', '\u0000', 'failed', 'ok');
    const header = fc.constantFrom('timestamp,source,log_message\n', '', '{"level":"info","msg":"x","service":"a"}\n{"level":"info","msg":"y","service":"a"}\n');
    await fc.assert(fc.asyncProperty(header, fc.array(bit, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 40 }), async (first, bits, chunk) => {
      const text = `${first}${bits.join('')}x`;
      const dialect = dialectOf('timestamp,source,log_message\na,b,c\n', 'a.csv');
      const dialects = [dialect, { ...dialect, format: 'lines' as const, shape: 'syslog' }, { ...dialect, format: 'json' as const, columns: ['level', 'msg', 'service'], roles: { source: 2, message: 1, time: -1, level: 0, label: -1 } }];
      for (const one of dialects) {
        const whole = await run([{ source: new MemorySource(text), dialect: one }]);
        expect(outcome(await run([{ source: new MemorySource(text), dialect: one }], { chunk }))).toEqual(outcome(whole));
      }
    }), { numRuns: 60 });
  });

  test('when there are more keys than are kept', async () => {
    const text = `source,log_message\n${Array.from({ length: 200 }, (_, at) => `s,word${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + (at % 7))} came${at % 3 === 0 ? ' HTTP/1.1" 500' : ''}`).join('\n')}\n`;
    const whole = await scanText(text, 'a.csv', { keyCap: 20 });
    expect(whole.keys.overflowRows).toBeGreaterThan(0);
    expect(whole.keys.overflowRows + [...whole.keys.rows.subarray(0, 20)].reduce((sum, rows) => sum + rows, 0)).toBe(200);
    expect(outcome(await scanText(text, 'a.csv', { keyCap: 20, chunk: 9 }))).toEqual(outcome(whole));
  });
});

describe('what is read', () => {
  test('of CSV: messages, sources, times, rules and statuses', async () => {
    const scan = await scanText(CSV, 'a.csv');
    const { rows, keys } = outcome(scan) as { rows: [number, number, number, string, number][]; keys: [string, string, number, number, number][] };
    const seen = rows.map(([, , key, source, time]) => [keys[key][1], source, time - Date.UTC(2025, 2, 14), keys[key][2], keys[key][4]]);
    expect(seen).toEqual([
      ['User User123 logged in.', 'ModernCRM', 0, 0, 0],
      ['IP 10.0.0.1 blocked', 'ModernCRM', 1000, -1, 0],
      ['"GET /x HTTP/1.1" 500 12', 'Größe', 2000, 1, 5],
      ['first line\nsecond line\r\nthird line', 'LegacyCRM', 3000, -1, 0],
      ['', '', NaN, -1, 0],
      ['one, two, three', 'LegacyCRM', 4000, -1, 0],
      ['"never closed', 'LegacyCRM', 5000, -1, 0],
      ['disk sda 1 is slow', '日本', 6000, -1, 0],
      ['disk sdb 2 is slow', '日本', 7000, -1, 0],
      ['stray "quote" here', '', 8000, -1, 0],
    ]);
    expect(scan.soFar()).toMatchObject({ entries: 10, byRule: { 'User Action': 1, 'HTTP Status': 1 }, firstTime: Date.UTC(2025, 2, 14), lastTime: Date.UTC(2025, 2, 14, 0, 0, 8) });
    expect(scan.problems.map((problem) => problem.reason)).toEqual(expect.arrayContaining(['short-row', 'long-row', 'open-quote']));
  });

  test('of several files: rows in the order of the files, offsets within each', async () => {
    const inputs = TEXTS.slice(3, 6).map(([name, text]) => ({ source: new MemorySource(text, {}, name), dialect: dialectOf(text, name) }));
    const scan = await run(inputs, { chunk: 32 });
    expect(scan.rows.blocks.map((block) => [block.file, block.firstRow, block.base])).toEqual([[0, 0, 0], [1, 6, 0], [2, 12, 0]]);
    expect(scan.rows.count).toBe(6 + 6 + 5);
    expect(inputs.map(({ source }) => source.open)).toEqual([0, 0, 0]);
    const total = inputs.reduce((sum, { source }) => sum + source.size, 0);
    expect(scan.soFar()).toMatchObject({ bytes: total, totalBytes: total });
  });

  test('of an empty file and a header alone: nothing', async () => {
    const dialect = dialectOf(CSV, 'a.csv');
    for (const text of ['', 'timestamp,source,log_message', 'timestamp,source,log_message\n']) {
      const scan = await run([{ source: new MemorySource(text), dialect }]);
      expect([scan.rows.count, scan.keys.count, scan.done]).toEqual([0, 0, true]);
    }
  });

  test('every row’s offset is where its record starts', async () => {
    const bytes = new TextEncoder().encode(CSV);
    const scan = await scanText(CSV, 'a.csv', { chunk: 11 });
    const block = scan.rows.blocks[0];
    const starts = Array.from({ length: block.count }, (_, at) => new TextDecoder().decode(bytes.subarray(block.base + block.offsets[at])).slice(0, 5));
    expect(starts).toEqual(['2025-', '2025-', '2025-', '2025-', 'short', '2025-', '2025-', '2025-', '2025-', '2025-']);
  });
});

describe('when a file cannot be read to its end', () => {
  const dialect = dialectOf(CSV, 'a.csv');
  const good = { source: new MemorySource('timestamp,source,log_message\n2025-03-14T00:00:00Z,x,one\n2025-03-14T00:00:00Z,x,two\n'), dialect };

  async function until(scan: Scan): Promise<unknown> {
    try {
      while (!scan.done) await scan.advance();
      return null;
    } catch (error) {
      return error;
    }
  }

  test.each([
    [{ endsAt: 200 }, 'file-changed', /became shorter.*200 of/],
    [{ failsAt: 200, piece: 50 }, 'file-unreadable', /can no longer be read/],
    [{ failsAt: 0 }, 'file-unreadable', /can no longer be read/],
  ] as const)('it says so and keeps the rows before: %j', async (mishap, code, words) => {
    const bad = new MemorySource(CSV, mishap, 'b.csv');
    const scan = new Scan([good, { source: bad, dialect }], RULES, { chunk: 64 });
    const error = await until(scan);
    expect(failureCode(error)).toBe(code);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).toContain('b.csv');
    expect(scan.rows.count).toBeGreaterThanOrEqual('failsAt' in mishap && mishap.failsAt === 0 ? 2 : 4);
    const { rows, patternOf } = outcome(scan) as { rows: unknown[]; patternOf: number[] };
    expect(rows.length).toBe(scan.rows.count);
    expect(patternOf.length).toBe(scan.keys.count);
    expect([bad.open, good.source.open]).toEqual([0, 0]);
    await scan.advance();
    expect(scan.done).toBe(true);
  });

  test('the rows before are those of the whole file', async () => {
    const whole = (outcome(await scanText(CSV, 'a.csv')) as { rows: unknown[] }).rows;
    for (const failsAt of [100, 150, 200, 250, 300]) {
      const scan = new Scan([{ source: new MemorySource(CSV, { failsAt }), dialect }], RULES, { chunk: 16 });
      await until(scan);
      const { rows } = outcome(scan) as { rows: unknown[] };
      expect(rows).toEqual(whole.slice(0, rows.length));
    }
  });

  test('stopping early keeps what was read and closes the file', async () => {
    const source = new MemorySource(CSV);
    const scan = new Scan([{ source, dialect }, good], RULES, { chunk: 128 });
    for (let step = 0; step < 3; step++) await scan.advance();
    scan.stop();
    const count = scan.rows.count;
    expect(count).toBeGreaterThan(0);
    await scan.advance();
    expect([scan.rows.count, scan.done, source.open]).toEqual([count, true, 0]);
    expect(scan.soFar().bytes).toBeGreaterThan(0);
  });
});

test('more rows than there is room for: those before are kept, and it is said', async () => {
  const source = new MemorySource('a disk is full\n'.repeat(10));
  const full = new Scan([{ source, dialect: dialectOf('a disk is full\n', 'a.log') }], RULES, { rowCap: 9 });
  await expect((async () => {
    while (!full.done) await full.advance();
  })()).rejects.toThrow(/goes on after 9 entries.* They are kept; what follows was not read/);
  expect([full.rows.count, full.done]).toEqual([9, true]);
  const all = new Scan([{ source: new MemorySource('a disk is full\n'.repeat(10)), dialect: dialectOf('a disk is full\n', 'a.log') }], RULES, { rowCap: 10 });
  while (!all.done) await all.advance();
  expect(all.rows.count).toBe(10);
  // Who wants no more rows is told nothing.
  const few = new Scan([{ source: new MemorySource('a disk is full\n'.repeat(10)), dialect: dialectOf('a disk is full\n', 'a.log') }], RULES, { rowCap: 9, maxRows: 9 });
  while (!few.done) await few.advance();
  expect(few.rows.count).toBe(9);
});
