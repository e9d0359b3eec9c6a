import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { launchArgs } from './chromium.ts';
import { closeBrowser, downloadCsv, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';
import { serveFolder } from './static-server.ts';
import type { StaticServer } from './static-server.ts';

let server: StaticServer;
const opened: OpenPage[] = [];

beforeEach(async () => { server = await serveFolder(inject('dist')); });
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await server.stop();
});
afterAll(closeBrowser);

async function open(prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const one = await openPage(`${server.url}?save=download`, { prepare: async (_, page) => prepare?.(page) });
  opened.push(one);
  return one.page;
}

const controlled = (page: Page): Promise<boolean> => page.evaluate(() => navigator.serviceWorker.controller !== null);

/** Gives the browser this much room for the site. */
async function room(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: bytes });
}

/** The page does what it is for. */
async function classifies(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilStage(page, 'ready');
  await page.locator('main[data-complete=true]').waitFor({ state: 'attached' });
  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(new Set(rows.map((row) => row['decided_by']))).toContain('model');
}

async function panel(page: Page): Promise<string> {
  await page.locator('footer').getByRole('button', { name: 'Privacy' }).click();
  const dialog = page.getByRole('dialog', { name: /privacy/i });
  await dialog.locator('[data-offline]').waitFor();
  await expect.poll(() => dialog.locator('[data-offline]').getAttribute('data-offline')).not.toBe('unknown');
  const text = await dialog.innerText();
  await page.keyboard.press('Escape');
  return text;
}

test('no room for the models: says how much is missing, classifies, and goes on once there is room', async () => {
  const page = await open();
  await expect.poll(() => controlled(page)).toBe(true);
  await room(page, 8_000_000);
  const button = page.getByRole('button', { name: /^Make available offline/ }).first();
  await button.click();
  await page.getByText(/Another [\d.]+ MB would have to be kept, and this browser has no room for it/).first().waitFor();
  await classifies(page);

  // With room again it goes on, and the site may go.
  await room(page, 2_000_000_000);
  await page.reload();
  await button.click();
  await page.getByText('Works without a network on this computer.').first().waitFor({ timeout: 60_000 });
  await server.stop();
  await page.reload();
  await page.getByText('Works without a network on this computer.').first().waitFor();
  await classifies(page);
});

test('no room for the program itself: works, and says that it is not kept', async () => {
  const page = await open((before) => room(before, 100_000));
  await expect.poll(() => panel(page)).toContain('The program could not be kept for use without a network: this browser has no room for it');
  expect(await controlled(page)).toBe(false);
  await classifies(page);
});

test('site data blocked: works, says that nothing can be kept, and nothing is', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'winnow-profile-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const context = await chromium.launchPersistentContext(profile, { executablePath: inject('chromium'), args: launchArgs(), acceptDownloads: true });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${server.url}?save=download`);
    expect(await page.evaluate(() => caches.keys().then(() => 'allowed', (error: Error) => error.name))).toBe('SecurityError');
    expect(await panel(page)).toMatch(/This browser keeps no program for this address: .*site data switched off/);
    expect(await panel(page)).toContain('Nothing is stored in this browser.');
    await classifies(page);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

test('all that is stored can be deleted, one by one and at once', async () => {
  const page = await open();
  await expect.poll(() => controlled(page)).toBe(true);
  await page.getByRole('button', { name: /^Make available offline/ }).first().click();
  await page.getByText('Works without a network on this computer.').first().waitFor({ timeout: 60_000 });
  await page.locator('footer').getByRole('button', { name: 'Privacy' }).click();
  const dialog = page.getByRole('dialog', { name: /privacy/i });
  await dialog.locator('[data-stored=models]').getByRole('button', { name: /^Delete/ }).click();
  await dialog.getByRole('button', { name: 'Yes, delete' }).click();
  await expect.poll(() => dialog.locator('[data-stored=models]').innerText()).toContain('none');
  expect((await page.evaluate(() => caches.keys())).filter((name) => !name.includes(' program '))).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete everything stored here' }).click();
  await dialog.getByRole('button', { name: 'Yes, delete everything' }).click();
  await dialog.getByText('Nothing is stored in this browser.').waitFor();
  expect(await page.evaluate(async () => [await caches.keys(), (await indexedDB.databases()).length, localStorage.length, (await navigator.serviceWorker.getRegistrations()).length])).toEqual([[], 0, 0, 0]);
});

test('the count is what the server saw, with a service worker and without one', async () => {
  const counted = async (page: Page): Promise<number> => Number(/From this site: ([\d,]+) downloads?/.exec(await page.locator('footer').innerText())?.[1]?.replaceAll(',', ''));
  /** The browser looks for a newer service worker by itself; that goes past the page. */
  const seen = (): number => server.requests.filter((path) => !path.endsWith('/service-worker.js')).length;
  const page = await open();
  await expect.poll(() => controlled(page)).toBe(true);
  await classifies(page);
  await expect.poll(() => counted(page)).toBe(seen());
  expect(seen()).toBeGreaterThan(20);

  const before = seen();
  await page.reload();
  await classifies(page);
  await expect.poll(() => counted(page)).toBe(seen() - before);

  const first = seen();
  const without = await openPage(`${server.url}?save=download`, { prepare: async (_, one) => void (await one.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))) });
  opened.push(without);
  expect(await without.page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
  await classifies(without.page);
  await expect.poll(() => counted(without.page)).toBe(seen() - first);
});
