import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from './built-site.ts';
import { closeBrowser, downloadCsv, drop, dropNext, openPage, untilStage, words } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'packed');
const LOG = readFileSync(join(FOLDER, 'app.log'), 'utf8');

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function read(file: Dropped): Promise<OpenPage> {
  opened = await openPage(`${inject('site')}?save=download`);
  await untilStage(opened.page, 'empty');
  await drop(opened.page, file);
  await untilStage(opened.page, 'ready');
  return opened;
}

describe('a packed or differently encoded log comes out as the plain one does', () => {
  let plain: string | undefined;
  let one: OpenPage;
  // One page for all, as for a person who drops one file after another.
  beforeAll(async () => {
    one = await openPage(`${inject('site')}?save=download`);
    await untilStage(one.page, 'empty');
  });
  afterAll(() => one.close());

  test.each<readonly [string, Dropped]>([
    ['plain', { name: 'app.log', bytes: LOG }],
    ['gzip', join(FOLDER, 'app.log.gz')],
    ['gzip of several members', join(FOLDER, 'app.log.members.gz')],
    ['zstd', join(FOLDER, 'app.log.frames.zst')],
    ['ZIP', join(FOLDER, 'stored.zip')],
    ['UTF-16', { name: 'app.log', bytes: Buffer.from(LOG, 'utf16le') }],
    ['UTF-16 with a mark, in gzip', { name: 'app.log.gz', bytes: gzipSync(Buffer.from(`\ufeff${LOG}`, 'utf16le')) }],
    ['windows-1252', { name: 'app.log', bytes: Buffer.from(LOG, 'latin1') }],
  ])('%s', async (_, file) => {
    const { page, errors } = one;
    expect(await dropNext(page, file)).toBe('ready');
    const saved = (await downloadCsv(page)).bytes.toString('utf8');
    plain ??= saved;
    expect(saved.split('\n')).toHaveLength(42);
    expect(saved).toContain('naïve-worker');
    expect(saved).toBe(plain);
    expect(errors).toEqual([]);
    expect(await words(page, 'alert')).toBe('');
  });
});

test('each file of an archive is shown as one', async () => {
  const { page } = await read(join(FOLDER, 'two.zip'));
  expect(await words(page, 'status')).toContain('60');
  expect((await downloadCsv(page)).bytes.toString('utf8').split('\n')).toHaveLength(62);
});

test('of a download that was cut short, what came is sorted, and it is said', async () => {
  const { page } = await read({ name: 'app.log.gz', bytes: readFileSync(join(FOLDER, 'app.log.gz')).subarray(0, 400) });
  expect(await words(page, 'alert')).toMatch(/app\.log\.gz.* ends in the middle/);
  expect(await words(page, 'status')).toMatch(/^Ready: all 2\d entries have their final category/);
});
