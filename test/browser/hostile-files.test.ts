import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { zip } from './made-zip.ts';
import { closeBrowser, downloadCsv, drop, dropNext, openPage, stageOf, untilStage, words } from './page.ts';
import type { Dropped, OpenOptions, OpenPage } from './page.ts';
import { cellsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function open(site: string = inject('site'), options: OpenOptions = {}): Promise<OpenPage> {
  opened = await openPage(`${site}?save=download`, options);
  await untilStage(opened.page, 'empty');
  return opened;
}

async function read(file: Dropped): Promise<OpenPage> {
  const at = await open();
  await drop(at.page, file);
  await untilStage(at.page, 'ready');
  return at;
}

const line = (what: string): string => `2024-06-01 10:00:00 INFO web: ${what}\n`;

describe('hostile archives', () => {
  test('paths that are the same, lead out of the archive or hold markup are names like any other', async () => {
    const paths = ['a.log', 'a.log', '../../a.log', '/etc/passwd', '<img src=x onerror=alert(1)>.log', 'a\u202egol.txt', 'b\x1b[31m\n.log', '__proto__', 'constructor'];
    const { page, errors } = await read({ name: 'names.zip', bytes: zip(paths.map((path, at) => [path, line(`member ${at} is here`)])) });
    expect(await words(page, 'alert')).toBe('');
    const messages = cellsOf((await downloadCsv(page)).bytes).slice(1).map((cells) => cells[5]);
    expect(messages).toEqual(paths.map((_, at) => `web: member ${at} is here`));
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('what unpacks to nothing but zeros is refused, by the name that was dropped, and the next file works', async () => {
    const { page, errors } = await open();
    await drop(page, { name: 'bomb.log.gz', bytes: gzipSync(Buffer.alloc(1 << 27)) });
    await untilStage(page, 'failed');
    expect(await words(page, 'alert')).toMatch(/bomb\.log.* does not look like a text file/);
    await drop(page, { name: 'twice.log.gz', bytes: gzipSync(gzipSync(line('it works'))) });
    await expect.poll(() => words(page, 'alert')).toMatch(/twice\.log\.gz is compressed once more within.*gunzip/);
    await drop(page, { name: 'fine.log', bytes: line('it works') });
    await untilStage(page, 'ready');
    expect(await words(page, 'alert')).toBe('');
    expect(errors).toEqual([]);
  });
});

describe('hostile texts come out whole', () => {
  let one: OpenPage;
  // One page for all: what a file leaves behind would show in the next.
  beforeAll(async () => {
    one = await openPage(`${inject('site')}?save=download`);
    await untilStage(one.page, 'empty');
  });
  afterAll(() => one.close());

  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  test.each([
    ['NUL bytes on one side of all pairs', 'nul.log', line('w\0b is up').repeat(6), 6],
    ['JSON of 100,000 levels', 'deep.ndjson', `{"message":"one went"}\n{"message":"two","d":${deep}}\n{"message":"three went"}\n`, 3],
    ['JSON of 100,000 levels in a cell', 'deep.csv', `source,log_message\na,"${deep}"\nb,disk is full\n`, 2],
    ['a JSON document that never ends', 'never.json', `{"Records":[\n${'{"message":"disk is full"},\n'.repeat(50)}`, 50],
    ['every byte', 'bytes.log', Buffer.concat(Array.from({ length: 256 }, (_, byte) => Buffer.from([...Buffer.from(`line of ${byte} `), byte === 10 || byte === 13 ? 46 : byte, ...Buffer.from(' end\n')]))), 256],
  ] as const)('%s', async (_, name, bytes, records) => {
    const { page, errors } = one;
    expect(await dropNext(page, { name, bytes })).toBe('ready');
    expect(cellsOf((await downloadCsv(page)).bytes)).toHaveLength(records + 1);
    expect(await words(page, 'alert')).toBe('');
    expect(errors).toEqual([]);
  });

  test('a table of 100,000 columns, and how it is read', async () => {
    const row = (cell: (at: number) => string, last: string): string => `${Array.from({ length: 100_000 }, (_, at) => cell(at)).join(',')},${last}\n`;
    const { page, errors } = await read({ name: 'wide.csv', bytes: row((at) => `c${at}`, 'message') + row(String, 'disk 1 is full') + row(String, 'disk 2 is full') });
    await page.getByRole('button', { name: 'change', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('301 of 100,001 columns are shown').waitFor();
    expect(await dialog.getByLabel('Message', { exact: true }).inputValue()).toBe('100000');
    expect(errors).toEqual([]);
  });
});

test('after the reader died, a file to compare with is read, and so are the rows', async () => {
  const log = Array.from({ length: 200 }, (_, at) => line(`user ${at} logged in`)).join('');
  const { page } = await read({ name: 'a.log', bytes: log });
  for (const worker of page.workers()) if ((await worker.evaluate(() => self.name)) === 'reader') await worker.evaluate(() => void setTimeout(() => { throw new Error('made to die'); }));
  await page.getByLabel('File to compare with').setInputFiles({ name: 'before.log', mimeType: 'text/plain', buffer: Buffer.from(line('user 1 logged in')) });
  await page.getByText('No pattern is new compared with before.log').waitFor();
  expect((await downloadCsv(page)).bytes.toString('utf8').trimEnd().split('\n')).toHaveLength(201);
  expect(await words(page, 'alert')).toBe('');
});

test('on a page that is not secure (http, another computer\'s address) packed files are read, and hashed for the manifest', async () => {
  const site = new URL(inject('site'));
  site.hostname = 'logs.example';
  const { page, errors } = await open(site.href, { args: ['--host-resolver-rules=MAP logs.example 127.0.0.1'] });
  expect(await page.evaluate(() => [isSecureContext, 'subtle' in crypto, 'storage' in navigator])).toEqual([false, false, false]);
  const bytes = gzipSync(line('it works').repeat(9));
  await drop(page, { name: 'a.log.gz', bytes });
  await untilStage(page, 'ready');
  expect(await stageOf(page)).toBe('ready');
  await page.getByRole('button', { name: 'More ways to save…' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Manifest (JSON)' }).click()]);
  const manifest = JSON.parse(await readFile(await download.path(), 'utf8')) as { inputs: unknown[] };
  expect(manifest.inputs).toMatchObject([{ sha256: createHash('sha256').update(bytes).digest('hex') }]);
  expect(errors).toEqual([]);
});
