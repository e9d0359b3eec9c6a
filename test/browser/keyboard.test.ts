import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** What has the focus: its role or tag, and its accessible name. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return 'nothing';
    return `${at.getAttribute('role') ?? at.tagName.toLowerCase()} ${at.getAttribute('aria-label') ?? at.textContent?.trim() ?? ''}`;
  });
}

/** Presses a key until something has the focus. Returns how often. */
async function press(page: Page, key: 'Tab' | 'Shift+Tab', wanted: RegExp, most: number): Promise<number> {
  const seen: string[] = [];
  for (let times = 1; times <= most; times++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    seen.push(now);
    if (wanted.test(now)) return times;
  }
  throw new Error(`${key} did not reach ${wanted} within ${most}: ${seen.join(' | ')}`);
}

const currentRow = (page: Page): Promise<number> => page.locator('[role=grid] [role=row][aria-selected=true]').first().getAttribute('aria-rowindex').then(Number);

test('from the first screen to the saved file without a pointer', async () => {
  opened = await openPage(`${inject('site')}?save=download`);
  const { page } = opened;
  await press(page, 'Tab', /Try a sample/, 12);
  await page.keyboard.press('Enter');
  await page.getByRole('grid', { name: 'Patterns' }).waitFor();
  await untilStage(page, 'ready');

  // Charts and tables come before the list: one key goes past them.
  await press(page, 'Tab', /Skip to the list/, 3);
  await page.keyboard.press('Enter');
  expect(await focused(page)).toMatch(/^grid Patterns/);
  const grid = page.getByRole('grid', { name: 'Patterns' });
  const start = await currentRow(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await currentRow(page)).toBe(start + 2);
  await page.keyboard.press('k');
  expect(await currentRow(page)).toBe(start + 1);
  await page.keyboard.press('End');
  const end = await currentRow(page);
  await page.keyboard.press('[');
  const problem = await currentRow(page);
  expect(problem).toBeLessThan(end);
  await page.locator('[role=row][aria-selected=true]').getByText('Problem:').waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press(']');
  expect(await currentRow(page)).toBeGreaterThan(1);

  await page.keyboard.press('i');
  const details = page.getByRole('complementary', { name: 'Pattern details' });
  await details.waitFor();
  const before = await details.getByText(/./).allTextContents();
  await page.keyboard.press('j');
  await expect.poll(() => details.getByText(/./).allTextContents()).not.toEqual(before);
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help' });
  await help.waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  expect(await focused(page)).toMatch(/^grid Patterns/);

  await page.keyboard.press('/');
  expect(await focused(page)).toMatch(/Search patterns/);
  await page.keyboard.type('ledger database');
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(10);
  // Down from the search box goes to what it found.
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toMatch(/^grid Patterns/);

  await page.keyboard.press('o');
  await page.getByRole('grid', { name: 'Rows' }).getByText(/ledger/i).first().waitFor();
  await expect.poll(() => focused(page)).toMatch(/^grid Rows/);
  await page.keyboard.press('j');
  expect(await currentRow(page)).toBe(2);

  await press(page, 'Shift+Tab', /^button Download CSV/, 150);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(rowsOf(await readFile(await download.path()))).toHaveLength(20_000);
  expect(opened.errors).toEqual([]);
});
