import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { serveFolder } from '../browser/static-server.ts';
import { RECORDED, rowsOf } from '../browser/saved-csv.ts';
import type { StaticServer } from '../browser/static-server.ts';
import { NO_FIREFOX, openPage, press, textOf, untilComplete, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

const LOG = join(RECORDED, 'auth.log');
const KEPT_MS = 40_000;
/** A machine of four processors, whatever the tests run on: workers begin as blobs, which get one more line. */
const FOUR = `
  const Native = window.Blob;
  window.Blob = class extends Native {
    constructor(parts, options) {
      super(options?.type === 'text/javascript' ? ["Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 4 });", ...parts] : parts, options);
    }
  };`;

let server: StaticServer;
let opened: OpenPage | undefined;

beforeEach(async () => {
  if (!NO_FIREFOX) server = await serveFolder(inject('dist'));
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  if (!NO_FIREFOX) await server.stop();
});

/** Sorts a log and saves it. */
async function verdicts({ page, drop, save }: OpenPage): Promise<Record<string, string>[]> {
  await drop(LOG);
  await untilComplete(page);
  expect(await words(page, 'alert')).toBe('');
  return rowsOf((await save('Download CSV')).bytes);
}

describe.skipIf(NO_FIREFOX)('without a network', () => {
  test('kept at the first visit, the next one needs no server, is isolated and sorts on threads, with the same labels', async () => {
    opened = await openPage(`${server.url}?save=download`, { before: FOUR });
    const { page } = opened;
    await (await page.waitForSelector('[data-offline=program] button', { timeout: KEPT_MS }))?.click();
    await page.waitForSelector('[data-offline=all]', { timeout: KEPT_MS });
    expect(await page.evaluate('crossOriginIsolated')).toBe(false);
    const first = await verdicts(opened);
    expect(await textOf(page, 'footer')).toContain('1 thread)');

    await server.stop();
    await page.reload();
    await untilStage(page, 'empty');
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    expect(await verdicts(opened)).toEqual(first);
    expect(await textOf(page, 'footer')).toContain('2 threads)');
    expect(await textOf(page, 'footer')).toContain('From this site: 0 downloads (all of it was kept in this browser).');
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });
});

describe.skipIf(NO_FIREFOX)('where nothing can be kept', () => {
  test.each<readonly [string, string, Readonly<Record<string, unknown>>]>([
    ['plain http by a name of the network', 'logs.intranet.test', { 'network.dns.localDomains': 'logs.intranet.test' }],
    ['site data switched off', '127.0.0.1', { 'network.cookie.cookieBehavior': 2 }],
  ])('%s: sorts and saves all the same, and says what it cannot do', async (_, host, preferences) => {
    opened = await openPage(`${server.url.replace('127.0.0.1', host)}?save=download`, { preferences });
    const { page } = opened;
    const rows = await verdicts(opened);
    expect(new Set(rows.map((row) => row['decided_by']))).toContain('model');
    expect(opened.strays()).toEqual([]);
    await press(page, 'Privacy');
    expect(await textOf(page, 'dialog[open] [data-offline=unsupported]')).toMatch(/keeps no program for this address/);
    expect(await textOf(page, 'dialog[open] .count')).toMatch(/To other sites: 0\. From this site: \d+ downloads/);
  });

  test('a private window: sorts and saves', async () => {
    opened = await openPage(`${server.url}?save=download`, { preferences: { 'browser.privatebrowsing.autostart': true } });
    expect((await verdicts(opened)).length).toBeGreaterThan(200);
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });
});
