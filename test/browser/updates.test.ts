import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { changingServer } from './changing-server.ts';
import type { ChangingServer } from './changing-server.ts';
import { otherBuild } from './other-build.ts';
import { closeBrowser, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

/** Words of the two builds: in the page itself, and in a part that is loaded later. */
const BEFORE = { title: 'Winnow: sort', save: 'Download CSV' };
const AFTER = { title: 'Winnow; sort', save: 'Download CSW' };

let server: ChangingServer;
let opened: OpenPage;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-'));
  await otherBuild(inject('dist'), folder, { name: 'newer', words: { [BEFORE.title]: AFTER.title, [BEFORE.save]: AFTER.save } });
});
beforeEach(async () => {
  server = await changingServer({ '/': inject('dist') });
  opened = await openPage(`${server.origin}/?save=download`);
  await kept(opened.page);
});
afterEach(async () => {
  expect(opened.strays()).toEqual([]);
  await opened.close();
  await server.stop();
});
afterAll(async () => {
  await closeBrowser();
  rmSync(folder, { recursive: true });
});

/** Waits until the program is kept, and visits the page again: it comes from what is kept now. */
async function kept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await page.reload();
}

const bar = (page: Page) => page.getByRole('region', { name: 'New version' });
const saving = (page: Page) => page.getByRole('button', { name: /^Download CS/ }).first().innerText();

async function sample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample' }).press('Enter');
  await untilStage(page, 'ready');
  await page.locator('main[data-complete=true]').waitFor({ state: 'attached' });
}

/** Says that a pattern is a security alert. */
async function teach(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Skip to the list' }).press('Enter');
  const grid = page.getByRole('grid', { name: 'Patterns' });
  const all = await grid.getAttribute('aria-rowcount');
  await page.keyboard.press('/');
  await page.keyboard.type('Critical: ledger database');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).not.toBe(all);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('s');
  await expect.poll(() => page.locator('.toast p').innerText()).not.toBe('');
  await untilStage(page, 'ready');
}

async function publish(page: Page): Promise<void> {
  server.folders['/'] = folder;
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await bar(page).waitFor();
}

test('a newer build waits: the open page goes on with its own, parts loaded later included', async () => {
  const { page } = opened;
  await publish(page);
  const asked = server.requests.length;
  // All that shows results, reads and classifies is loaded only now.
  await sample(page);
  expect(await saving(page)).toBe(BEFORE.save);
  // A second tab, and the same one again, belong to the build that is in use.
  const second = await opened.context.newPage();
  await second.goto(server.origin);
  expect(await second.title()).toContain(BEFORE.title);
  await page.reload();
  expect(await page.title()).toContain(BEFORE.title);
  await bar(page).waitFor();
  expect(server.requests.slice(asked).filter((request) => !/service-worker\.js$|\/models\/|\.wasm$/.test(request))).toEqual([]);
  expect(opened.errors).toEqual([]);
});

test('with another tab open nothing changes; alone, the newer one is used, and what was taught comes along', async () => {
  const { page } = opened;
  const asked: string[] = [];
  page.on('dialog', (dialog) => void (asked.push(dialog.type()), dialog.accept()));
  await sample(page);
  await teach(page);
  await publish(page);
  const second = await opened.context.newPage();
  await second.goto(server.origin);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Use it now' }).click();
  await bar(page).getByRole('alert').waitFor();
  expect(await bar(page).getByRole('alert').innerText()).toContain('open in another tab: close it first');
  expect(await page.title()).toContain(BEFORE.title);
  await second.close();

  let loads = 0;
  page.on('load', () => loads++);
  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect.poll(() => page.title().catch(() => '')).toContain(AFTER.title);
  await expect.poll(() => bar(page).innerText()).toContain('What you taught about 1 pattern was taken along. Open your log again to go on.');
  // Unsaved corrections ask before a tab is left; here they come along.
  expect(asked).toEqual([]);
  await sample(page);
  expect(await saving(page)).toBe(AFTER.save);
  await page.getByRole('button', { name: 'Skip to the list' }).press('Enter');
  await page.keyboard.press('/');
  await page.keyboard.type('Critical: ledger database');
  const row = page.getByRole('grid', { name: 'Patterns' }).locator('.row').filter({ hasText: 'Critical: ledger database' });
  await expect.poll(() => row.first().locator('.category').innerText()).toContain('Security Alert');
  expect(loads).toBe(1);
  // Taken along once: nothing is left of it.
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  expect(opened.errors).toEqual([]);
});

test('a page that is older than the service worker in control says so, and fetches no language model', async () => {
  const { page } = opened;
  await publish(page);
  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    (await navigator.serviceWorker.getRegistration())?.waiting?.postMessage({ winnow: 'use-now' });
    await changed;
  });
  expect(await page.title()).toContain(BEFORE.title);
  await page.getByRole('button', { name: 'Help' }).first().click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Language model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Language model' });
  await dialog.getByRole('button', { name: 'Get Qwen3 0.6B', exact: true }).click();
  await dialog.getByRole('button', { name: 'Yes, download' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'This page has been updated since it was opened. Reload it, then download again.' }).waitFor({ timeout: 10_000 });
});

test('where what was taught cannot be put down, nothing is reloaded, and the page says so', async () => {
  const { page } = opened;
  await sample(page);
  await teach(page);
  await publish(page);
  await page.evaluate(() => { IDBFactory.prototype.open = () => { throw new DOMException('not now', 'UnknownError'); }; });
  await page.getByRole('button', { name: 'Use it now' }).click();
  await bar(page).getByRole('alert').waitFor();
  expect(await bar(page).getByRole('alert').innerText()).toContain('could not be taken along, so the page was not reloaded and nothing is lost');
  expect(await page.title()).toContain(BEFORE.title);
  expect(await saving(page)).toBe(BEFORE.save);
});
