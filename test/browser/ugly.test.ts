import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { manyPatterns } from './many-patterns.ts';
import { closeBrowser, downloadCsv, drop, dropNext, dropToEnd, openPage, stageOf, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function open(prepare?: Parameters<typeof openPage>[1]): Promise<OpenPage> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`, prepare);
  await untilStage(opened.page, 'empty');
  return opened;
}

describe('files that cannot be read say why, and the next file works', () => {
  test.each([
    ['an empty file', { name: 'empty.log', bytes: '' }, /empty/i],
    ['a binary file', { name: 'photo.png', bytes: Uint8Array.from({ length: 5000 }, (_, at) => (at * 37) % 256) }, /not|text|binary/i],
    ['what is compressed with bzip2', { name: 'old.log.bz2', bytes: new Uint8Array(Buffer.from('BZh91AY&SY')) }, /bzip2.*unpack it/i],
    ['a table without a message', { name: 'numbers.csv', bytes: 'id,count,price\n1,2,3\n4,5,6\n7,8,9\n' }, /column/i],
  ] as const)('%s', async (_name, file, expected) => {
    const at = await open();
    expect(await dropToEnd(at.page, file)).toBe('failed');
    const alert = await words(at.page, 'alert');
    expect(alert).toMatch(expected);
    expect(alert.length).toBeGreaterThan(40);
    if (await at.page.locator('dialog[open]').count()) await at.page.keyboard.press('Escape');
    expect(await dropToEnd(at.page, { name: 'fine.log', bytes: 'Jan  2 03:04:05 host sshd[1]: Failed password for root from 10.0.0.1 port 22 ssh2\n' })).toBe('ready');
    expect(await words(at.page, 'alert')).toBe('');
  });
});

describe('ugly but readable files come out whole', () => {
  let one: OpenPage;
  // One page for all, as for a person who drops one file after another.
  beforeAll(async () => {
    one = await openPage(`${inject('site')}?save=download&raw=1`);
    await untilStage(one.page, 'empty');
  });
  afterAll(() => one.close());

  const long = `ERROR ${'x'.repeat(10 << 20)}`;
  test.each([
    ['header only', 'header.csv', 'source,log_message\n', 0],
    ['one line without an end', 'one.log', 'disk /dev/sda1 is full', 1],
    ['CRLF', 'crlf.csv', 'source,log_message\r\na,one went wrong\r\nb,two went right\r\n', 2],
    ['lone CR', 'cr.csv', 'source,log_message\ra,one went wrong\rb,two went right\r', 2],
    ['ragged rows', 'ragged.csv', 'source,log_message\na\nb,two went right,and more\nc,three\n', 3],
    ['a stray quote', 'stray.csv', 'source,log_message\na,"never closed\nb,"this is closed"\nc,plain text here\n', 3],
    ['NUL bytes', 'nul.csv', 'source,log_message\na,one\0two three\nb,four five\n', 2],
    ['a line of 10 MB', 'long.log', `${long}\nINFO short line\n`, 2],
  ] as const)('%s', async (_name, name, text, records) => {
    const { page } = one;
    expect(await dropNext(page, { name, bytes: text })).toBe('ready');
    const out = (await downloadCsv(page)).bytes.toString('utf8');
    const csv = name.endsWith('.csv');
    const pieces = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
    let from = 0;
    for (const piece of csv ? pieces : pieces.map((line) => line.replace(/^(ERROR|INFO) /, ''))) {
      const found = out.indexOf(piece, from);
      expect(found, `in order, bytes intact: ${piece.slice(0, 60)}`).toBeGreaterThanOrEqual(0);
      from = found + piece.length;
    }
    expect(out.split(/\r\n|\n|\r/).filter((line) => /,(person|rule|model|llm|none)$/.test(line))).toHaveLength(records);
    expect(await words(page, 'alert')).toBe('');
  });
});

/** 60 MB: large enough that it is still being read when something happens to it. */
function largeLog(folder: string): string {
  const path = join(folder, 'large.log');
  const block = Array.from({ length: 1000 }, (_, at) => `2024-01-02 03:04:05 INFO worker: job ${at} finished in ${at % 977} ms for tenant t${at % 13}\n`).join('');
  writeFileSync(path, block.repeat(900));
  return path;
}

describe('what goes wrong on the way keeps what was done', () => {
  test('a file removed while it is read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'winnow-'));
    try {
      const at = await open();
      const path = largeLog(folder);
      await drop(at.page, path);
      await at.page.getByText(/entries so far/).waitFor();
      rmSync(path);
      await untilStage(at.page, 'ready');
      // An open file can be read to its end after its name is gone; what could not be read was said.
      const { page } = at;
      const complete = await page.locator('main').getAttribute('data-complete');
      expect((await words(page, 'alert')) === '').toBe(complete === 'true');
      await page.getByRole('heading', { name: /entries/ }).waitFor();
      await page.getByRole('button', { name: 'Download CSV' }).click();
      await expect.poll(() => words(page, 'alert')).toMatch(/“large\.log” can no longer be read: .*Check the file and open it again/);
      expect(await stageOf(page)).toBe('ready');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('cancel while reading', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'winnow-'));
    try {
      const at = await open();
      await drop(at.page, largeLog(folder));
      await at.page.getByRole('button', { name: 'Cancel' }).first().click({ timeout: 20_000 });
      await untilStage(at.page, 'ready');
      expect(await at.page.locator('main').first().getAttribute('data-complete')).toBe('false');
      const out = (await downloadCsv(at.page)).bytes.toString('utf8').trimEnd().split('\n');
      expect(out.length).toBeGreaterThan(1);
      expect(out[1]).toMatch(/,(rule|model|none)\r?$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const ODD = manyPatterns(800);

  /** Lets a worker die of an error that nobody catches. */
  async function kill(page: Page, name: string): Promise<void> {
    for (const worker of page.workers()) if ((await worker.evaluate(() => self.name)) === name) await worker.evaluate(() => void setTimeout(() => { throw new Error('made to die'); }));
  }

  test('the reader worker is killed: the file is read again for the export', async () => {
    const { page } = await open();
    const few = ODD.slice(0, 30);
    await drop(page, { name: 'odd.log', bytes: `${few.join('\n')}\n` });
    await untilStage(page, 'ready');
    await kill(page, 'reader');
    const out = (await downloadCsv(page)).bytes.toString('utf8').trimEnd().split('\n');
    expect(out).toHaveLength(few.length + 1);
    expect(await words(page, 'alert')).toBe('');
  });

  test('the model worker is killed at work: verdicts so far are kept, and the next file is sorted in full', async () => {
    const { page } = await open();
    await drop(page, { name: 'odd.log', bytes: `User User1 logged in.\n${ODD.join('\n')}\n` });
    await page.getByText('Reading patterns closely').waitFor();
    await kill(page, 'model');
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await words(page, 'alert')).toMatch(/classifying has stopped \(.*made to die\)\. What the page shows stays/);
    const out = (await downloadCsv(page)).bytes.toString('utf8').trimEnd().split('\n');
    expect(out).toHaveLength(ODD.length + 2);
    expect(out[1]).toMatch(/,User Action,1,rule$/);
    await drop(page, { name: 'next.log', bytes: 'the settlement process was aborted at step 7\n' });
    await page.getByText('next.log', { exact: true }).first().waitFor();
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
    expect(await words(page, 'alert')).toBe('');
  });

  test.each([
    ['missing', 404, ''],
    ['tampered', 200, 'not the model'],
  ] as const)('a model file is %s: rules still decide, and the page says so', async (_what, status, body) => {
    const at = await open({ prepare: async (context) => { await context.route('**/models/classify/lexical.onnx', (route) => route.fulfill({ status, body })); } });
    expect(await dropToEnd(at.page, { name: 'two.csv', bytes: 'source,log_message\nCRM,User User12 logged in.\nCRM,something happened here\n' })).toBe('ready');
    expect(await words(at.page, 'alert')).toMatch(/models\/classify\/lexical\.onnx/);
    expect(await at.page.locator('main').first().getAttribute('data-complete')).toBe('false');
    const out = (await downloadCsv(at.page)).bytes.toString('utf8');
    expect(out).toContain('CRM,User User12 logged in.,User Action,1,rule');
    expect(out).toMatch(/CRM,something happened here,Unclassified,0(\.0+)?,none/);
  });
});
