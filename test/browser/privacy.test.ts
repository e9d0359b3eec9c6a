import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { Keyboard } from './by-keyboard.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';
import { serveFolder } from './static-server.ts';
import type { StaticServer } from './static-server.ts';

const LOG = { name: 'log.csv', mimeType: 'text/csv', bytes: 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n' };
/** What browsers ask for themselves, some without telling the page: its picture, and whether there is another service worker. */
const OWN = /\/(favicon\.svg|service-worker\.js|manifest\.webmanifest)$/;
const SOON = { timeout: 15_000 };

let server: StaticServer;
let opened: OpenPage;

beforeEach(async () => {
  server = await serveFolder(inject('dist'));
});
afterEach(async () => {
  await opened.close();
  await server.stop();
});
afterAll(closeBrowser);

async function firstVisit(): Promise<Page> {
  opened = await openPage(`${server.url}?save=download`);
  await opened.page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, SOON);
  return opened.page;
}

async function panel(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Privacy', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Privacy and offline' });
  await dialog.getByText('Since you opened this page').waitFor(SOON);
  return dialog;
}

/** "49 downloads, 41 MB" as numbers; 0 where all was kept. */
async function counted(place: Locator): Promise<{ downloads: number; megabytes: number }> {
  const found = /To other sites: 0\..*From this site: (\d+) downloads?(?:, ([\d.]+) (MB|kB) \(program(?: and model)?\))?.*Sent: 0 bytes\./.exec(await place.innerText());
  if (found === null) throw new Error(`No count in “${await place.innerText()}”`);
  return { downloads: Number(found[1]), megabytes: found[2] === undefined ? 0 : Number(found[2]) / (found[3] === 'kB' ? 1000 : 1) };
}

const stored = (dialog: Locator, what: string): Locator => dialog.locator(`tr[data-stored=${what}]`);
const sizeOf = (dialog: Locator, what: string): Promise<string> => stored(dialog, what).locator('td.number').innerText();

test('the count on the page is what the server saw, from the first visit on', async () => {
  const page = await firstVisit();
  const foot = page.locator('footer');
  await drop(page, LOG);
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  const asked = (): readonly string[] => server.requests;
  const least = (): number => asked().filter((path) => !OWN.test(path)).length;
  // The service worker's own messages come after the answers.
  await expect.poll(async () => (await counted(foot)).downloads, SOON).toBeGreaterThanOrEqual(least());
  const { downloads, megabytes } = await counted(foot);
  expect(downloads).toBeGreaterThanOrEqual(least());
  expect(downloads).toBeLessThanOrEqual(asked().length);
  const served = asked().reduce((sum, path) => sum + statSync(join(inject('dist'), path === '/' ? 'index.html' : path)).size, 0) / 1e6;
  expect(Math.abs(megabytes - served)).toBeLessThan(1);
  expect(opened.strays()).toEqual([]);

  const dialog = await panel(page);
  expect(await counted(dialog.locator('.count'))).toEqual(await counted(foot));
  await dialog.getByText(/Counted by the service worker/).waitFor();
  expect(opened.errors).toEqual([]);
});

test('the panel asks the browser itself which policy is in force', async () => {
  const page = await firstVisit();
  let dialog = await panel(page);
  const says = (which: string): Locator => dialog.locator(`tr[data-policy=${which}] td`);
  await expect.poll(() => says('page').innerText()).toBe('yes');
  expect(await says('header').innerText()).toMatch(/not in this tab yet/);
  // The question itself is no request, so nobody counts it as one that was stopped.
  expect(await dialog.locator('.count').innerText()).not.toMatch(/stopped/);

  await page.reload();
  dialog = await panel(page);
  await expect.poll(() => says('header').innerText()).toBe('yes');
  expect([await says('page').innerText(), await says('isolated').innerText()]).toEqual(['yes', 'yes']);
  await dialog.getByText('The policy’s text').click();
  await dialog.getByText(/frame-ancestors 'none'/).waitFor();
  await dialog.getByText(/In this tab it is gone/).waitFor();
  expect(opened.errors).toEqual([]);
});

test('an attempt to reach another site is counted as stopped, in words', async () => {
  const page = await firstVisit();
  await page.evaluate(() => fetch('https://example.invalid/?a-line-of-a-log').catch(() => undefined));
  await page.locator('footer').getByText(/To other sites: 0\..*1 attempt was stopped\./).waitFor(SOON);
});

test('made available offline by keyboard alone, it opens, classifies, saves and learns with the server gone', async () => {
  const page = await firstVisit();
  const keyboard = new Keyboard(page);
  const offer = page.getByRole('button', { name: /^Make available offline \(\d+ MB\)$/ });
  await keyboard.reach(offer.first());
  await keyboard.press('Enter');
  await page.locator('.first').getByText('✓ Works without a network on this computer.').waitFor({ timeout: 60_000 });
  await server.stop();

  await page.reload();
  await untilStage(page, 'empty');
  const dialog = await panel(page);
  expect(await dialog.locator('.count').innerText()).toMatch(/From this site: 0 downloads \(all of it was kept in this browser\)/);
  await keyboard.press('Escape');
  await drop(page, LOG);
  await untilStage(page, 'ready');
  expect(await words(page, 'alert')).toBe('');
  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(rows.map((row) => row['target_label'])).toEqual(['User Action', expect.stringMatching(/Error$/)]);
  expect(rows.map((row) => row['decided_by'])).not.toContain('none');

  await page.getByRole('tab', { name: /Patterns/ }).press('Enter');
  const grid = page.getByRole('grid', { name: 'Patterns' });
  await grid.getByText('payment gateway').first().click();
  await grid.focus();
  await keyboard.press('s');
  await expect.poll(() => page.locator('.toast p').innerText()).toContain('Security Alert');
  await untilStage(page, 'ready');
  const taught = rowsOf((await downloadCsv(page)).bytes);
  expect(taught.map((row) => [row['target_label'], row['decided_by']])).toEqual([['User Action', 'rule'], ['Security Alert', 'person']]);
  expect(opened.strays()).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test('shows what is stored, and deletes one thing or all of it, by keyboard', async () => {
  const page = await firstVisit();
  const keyboard = new Keyboard(page);
  await page.getByRole('button', { name: /Make available offline/ }).click();
  await page.locator('.first').getByText('✓ Works without').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Colours/ }).click();
  await keyboard.reach(page.getByRole('button', { name: 'More on privacy' }));
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Privacy and offline' });
  await expect.poll(() => sizeOf(dialog, 'models'), SOON).toMatch(/^\d\d\.\d MB$/);
  expect([await sizeOf(dialog, 'program'), await sizeOf(dialog, 'settings'), await sizeOf(dialog, 'taught')]).toEqual([expect.stringMatching(/MB$/), expect.stringMatching(/bytes$/), 'none']);

  const models = dialog.getByRole('button', { name: 'Delete: Models' });
  await keyboard.reach(models);
  await keyboard.press('Enter', 'Tab', 'Enter');
  await expect.poll(() => models.evaluate((element) => element === document.activeElement)).toBe(true);
  await keyboard.press('Enter', 'Enter');
  await expect.poll(() => sizeOf(dialog, 'models'), SOON).toBe('none');
  await dialog.getByRole('button', { name: /Make available offline/ }).waitFor(SOON);
  expect(await page.evaluate(async () => (await Promise.all((await caches.keys()).filter((name) => name.endsWith(' models')).map(async (name) => (await (await caches.open(name)).keys()).length))).reduce((a, b) => a + b, 0))).toBe(0);

  await keyboard.reach(dialog.getByRole('button', { name: 'Delete everything stored here' }));
  await keyboard.press('Enter');
  await dialog.getByText(/Delete everything\? That is the program/).waitFor();
  await keyboard.press('Enter');
  await dialog.getByText('Nothing is stored in this browser.').waitFor(SOON);
  expect(await page.evaluate(async () => [(await caches.keys()).length, localStorage.length, (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length])).toEqual([0, 0, 0, 0]);
  expect(keyboard.lost).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test('on plain http, where nothing can be kept, it says so and shows how to check', async () => {
  const address = server.url.replace('127.0.0.1', 'winnow.test');
  opened = await openPage(address, { args: ['--host-resolver-rules=MAP winnow.test 127.0.0.1'] });
  const { page } = opened;
  await untilStage(page, 'empty');
  const dialog = await panel(page);
  await dialog.getByText(/Counted from the browser’s own list/).waitFor();
  expect(await dialog.locator('[data-offline=unsupported]').innerText()).toMatch(/plain http/);
  await expect.poll(() => dialog.locator('tr[data-policy=page] td').innerText()).toBe('yes');
  expect(await dialog.locator('tr[data-policy=header] td').innerText()).toMatch(/^no/);
  expect(await dialog.getByText(/developer tools \(F12/).count()).toBe(1);
  expect(await page.getByRole('button', { name: /Make available offline/ }).count()).toBe(0);
  expect(await dialog.getByLabel(/share menu/).count()).toBe(0);
});

test('opened from the help by keyboard, it gives the focus back', async () => {
  const page = await firstVisit();
  const keyboard = new Keyboard(page);
  const help = page.getByRole('button', { name: 'Help', exact: true });
  await keyboard.reach(help);
  await keyboard.press('Enter');
  await keyboard.reach(page.getByRole('dialog', { name: 'Help' }).getByRole('button', { name: 'Privacy and offline' }));
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Privacy and offline' });
  await dialog.getByText('Since you opened this page').waitFor(SOON);
  expect(await page.getByRole('dialog').count()).toBe(1);
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await help.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('the share menu is off until switched on, and names another manifest from then on', async () => {
  const page = await firstVisit();
  const named = (): Promise<string | null> => page.locator('link[rel=manifest]').getAttribute('href');
  expect(await named()).toBe('./manifest.webmanifest');
  await (await panel(page)).getByLabel(/share menu/).check();
  expect(await named()).toBe('./manifest-share.webmanifest');
  await page.reload();
  await untilStage(page, 'empty');
  expect(await named()).toBe('./manifest-share.webmanifest');
  const manifest = await page.evaluate(async () => (await (await fetch('./manifest-share.webmanifest')).json()) as { share_target?: unknown });
  expect(manifest.share_target).toBeDefined();
});
