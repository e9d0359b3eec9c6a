import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { SWIFTSHADER_WEBGPU, closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

const LINES = [
  '2024-05-06 07:08:09 ERROR stock: could not reserve item 17 in warehouse 3, timeout after 3000 ms',
  '2024-05-06 07:08:10 INFO stock: shipment 4471 handed over to carrier',
  '2024-05-06 07:08:11 WARN auth: seventh wrong password for account root from 10.0.0.9',
  '2024-05-06 07:08:12 INFO node: heap in use is 91 percent of 4096 MB',
  '2024-05-06 07:08:13 WARN api: method getCustomer is deprecated, use fetchCustomer',
];

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** Chooses the graphics card, as a person does, and drops the log. */
async function onGraphicsCard(page: Page): Promise<Record<string, string>[]> {
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('group', { name: 'Encoder runs on' }).getByLabel('graphics card (WebGPU)').check();
  await page.keyboard.press('Escape');
  await drop(page, { name: 'five.log', bytes: `${LINES.join('\n')}\n` });
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  return rowsOf((await downloadCsv(page)).bytes);
}

test('on a graphics card every line gets a verdict, twice the same', async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`, { args: SWIFTSHADER_WEBGPU });
  const { page } = opened;
  const hasGpu = await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) != null);
  expect(hasGpu, 'Chromium offers software WebGPU').toBe(true);
  const rows = await onGraphicsCard(page);
  expect(rows).toHaveLength(LINES.length);
  for (const row of rows) expect(row['decided_by']).toMatch(/^(rule|model|none)$/);
  expect(rows.some((row) => row['decided_by'] === 'model')).toBe(true);
  expect(await words(page, 'alert')).toBe('');
  await page.getByText('Model runs on the graphics card (WebGPU)').waitFor();
  expect(await onGraphicsCard(page)).toEqual(rows);
  expect(opened.strays()).toEqual([]);
});

test('without one the same choice says so and goes on with the processor', async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`, {
    prepare: async (context) => { await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined })); },
  });
  const rows = await onGraphicsCard(opened.page);
  expect(await words(opened.page, 'alert')).toMatch(/WebGPU/);
  expect(rows.some((row) => row['decided_by'] === 'model')).toBe(true);
  await opened.page.getByText(/Model runs on the processor/).waitFor();
});
