import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { manyPatterns } from './many-patterns.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const MANY = ['User User1 logged in.', ...manyPatterns(1500)];

test('cancel while the model works: what is decided stays, the rest is Unclassified by nobody', async () => {
  opened = await openPage(`${inject('site')}?save=download`);
  const { page } = opened;
  await drop(page, { name: 'many.log', bytes: `${MANY.join('\n')}\n` });
  await page.getByText(/of rows final\.$/).first().waitFor();
  await page.getByRole('progressbar', { name: /Classifying|most frequent/i }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await untilStage(page, 'ready', 10_000);
  expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
  expect(await words(page, 'status')).toMatch(/^Ended early/);
  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(rows.map((row) => row['log_message'])).toEqual(MANY);
  expect(rows[0]).toMatchObject({ target_label: 'User Action', confidence: '1', decided_by: 'rule' });
  expect(rows.filter((row) => row['decided_by'] === 'none').length).toBeGreaterThan(MANY.length / 2);
  for (const row of rows) expect(row['target_label'] === 'Unclassified').toBe(row['decided_by'] === 'none');
  expect(opened.errors).toEqual([]);
});
