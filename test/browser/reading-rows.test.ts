import { join } from 'node:path';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const FORMATS = join(import.meta.dirname, '..', 'fixtures', 'formats');
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '');

/** Texts of cells that do not show all of themselves. */
const cut = (page: Page, column: number): Promise<string[]> => page.getByRole('grid', { name: 'Rows' }).locator('.row').evaluateAll((rows, column) => rows
  .map((row) => row.querySelectorAll('[role=gridcell]')[column])
  .filter((cell) => cell !== undefined && cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent ?? ''), column);

test('rows of several files and years: whole times, and the whole of a stack trace below the list', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, [join(FORMATS, 'traces-java.log'), join(FORMATS, 'glog.log'), { name: 'old.log', bytes: '2019-01-02 03:04:05 INFO web: started\n' }]);
  await untilStage(page, 'ready');
  await page.getByRole('tab', { name: 'Rows' }).click();
  const grid = page.getByRole('grid', { name: 'Rows' });
  await grid.getByText('+8 lines').waitFor();
  expect(await grid.getByRole('columnheader').allTextContents()).toEqual(['File', 'Line', 'Time (UTC)', 'Source', 'Category', 'Message']);
  expect(await cut(page, 2)).toEqual([]);
  await grid.getByText('+8 lines').click();
  const raw = page.getByRole('region', { name: 'The row as it stands in the file' });
  await page.getByText(/^Lines 2–10 of traces-java.log, as in the file · \d{4}-\d\d-\d\d .* UTC$/).waitFor();
  expect((await raw.textContent())?.split('\n').length).toBe(9);
  // Five lines at least are seen without scrolling.
  expect(await raw.evaluate((box) => box.clientHeight)).toBeGreaterThan(80);
  // A narrow list gives up other columns before the message.
  await page.setViewportSize({ width: 620, height: 800 });
  const message = grid.locator('.row').nth(1).getByRole('gridcell').last();
  await expect.poll(async () => (await message.boundingBox())?.width ?? 0).toBeGreaterThan(200);
  expect(opened.errors).toEqual([]);
});

test('the dialog of how a file is read begins at its first choice, and gives the focus back', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, join(FORMATS, 'access-combined.log'));
  await untilStage(page, 'ready');
  const change = page.getByRole('banner').getByRole('button', { name: 'change', exact: true });
  await change.press('Enter');
  const format = page.getByRole('dialog', { name: 'How this file is read' }).getByRole('combobox', { name: 'Format' });
  await expect.poll(() => format.evaluate((select) => select === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('change');
});

test('one key goes past the bar of the file, and what is saved of a selection moves nothing', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, join(FORMATS, 'traces-java.log'));
  await untilStage(page, 'ready');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the results');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the list');
  const places = (): Promise<unknown> => Promise.all([page.getByRole('button', { name: 'Download CSV' }).boundingBox(), page.getByRole('heading', { level: 1 }).boundingBox(), page.getByRole('region', { name: 'Teaching' }).boundingBox()]);
  const before = await places();
  await page.getByRole('searchbox', { name: 'Search rows' }).fill('payment');
  await page.getByRole('button', { name: 'Save what is shown' }).waitFor();
  expect(await places()).toEqual(before);
});
