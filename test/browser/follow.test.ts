import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const FIRST = '2024-06-01 10:00:00 INFO web: user 4711 logged in\n2024-06-01 10:00:01 ERROR db: connection to 10.0.0.7 refused\n2024-06-01 10:00:02 ERROR web: request fai';
const MORE = 'led\njava.lang.IllegalStateException: pool is empty\n\tat com.example.Pool.take(Pool.java:42)\n2024-06-01 10:00:03 CRITICAL disk: No space left on device\n';

/** Writes to a file of the origin's own file system: its handle is a real one, as the file dialog would give it. */
async function write(page: Page, text: string, from: number): Promise<void> {
  await page.evaluate(async ({ text, from }) => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('app.log', { create: true });
    const stream = await handle.createWritable({ keepExistingData: from > 0 });
    if (from > 0) await stream.seek(from);
    else await stream.truncate(0);
    await stream.write(text);
    await stream.close();
    Object.assign(window, { showOpenFilePicker: async () => [handle] });
  }, { text, from });
}

async function openAndFollow(page: Page): Promise<void> {
  await write(page, FIRST, 0);
  await page.getByRole('button', { name: 'Follow a growing file' }).click();
  await untilStage(page, 'ready');
  await page.getByRole('button', { name: 'Following' }).waitFor();
}

test('what is added to a file is classified as it comes, and the entry that was cut is made whole', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await openAndFollow(page);
  await page.getByRole('heading', { level: 1 }).getByText('3 entries').waitFor();
  await page.getByRole('row').getByText(/request fai$/).first().waitFor();
  // What is said of a pattern goes along.
  const first = page.getByRole('row').filter({ hasText: 'logged in' }).first();
  await first.click();
  await page.keyboard.press('d');
  await expect.poll(() => first.textContent()).toContain('Deprecation Warning');

  await write(page, MORE, FIRST.length);
  await page.getByRole('heading', { level: 1 }).getByText('4 entries').waitFor();
  await page.getByRole('button', { name: 'Following: +1' }).waitFor();
  await page.getByText('No space left on device').first().waitFor();
  await untilStage(page, 'ready');
  expect(await page.getByRole('row').getByText(/request fai$/).count()).toBe(0);
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'logged in' }).first().textContent()).toContain('Deprecation Warning');

  await page.getByRole('button', { name: 'Following' }).click();
  await write(page, '2024-06-01 10:00:04 INFO web: bye\n', FIRST.length + MORE.length);
  await page.waitForTimeout(2500);
  await page.getByRole('heading', { level: 1 }).getByText('4 entries').waitFor();
  expect(opened.errors).toEqual([]);
});

test('a file that becomes shorter is said to, and what was read stays', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await openAndFollow(page);
  await write(page, 'new\n', 0);
  await page.getByRole('alert').getByText(/became shorter/).waitFor();
  await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
  await page.getByRole('heading', { level: 1 }).getByText('3 entries').waitFor();
});

test('a longer file in the place of the one that is followed is said to be another, and is not mixed with it', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await openAndFollow(page);
  await write(page, '2024-06-02 10:00:00 ERROR db: another file\n'.repeat(20), 0);
  await page.getByRole('alert').getByText(/another file took its place/).waitFor();
  await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
  await page.getByRole('heading', { level: 1 }).getByText('3 entries').waitFor();
});
