import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { SAMPLE_ROWS, sampleLog } from '../../src/engine/sample/sample-log.ts';
import { closeBrowser, downloadCsv, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

test('the sample: everything that a first look should find', async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Try a sample' }).click();
  const begun = Date.now();
  const since = (): string => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  const times: string[] = [];
  // Rules have spoken once rows are there; the word model once most rows have a category.
  await page.getByRole('heading', { name: /20,000 entries/ }).waitFor();
  times.push(`rule verdicts after ${since()}`);
  await expect.poll(() => page.locator('[role=row]', { hasText: '…' }).getByText(/^model/).count()).toBeGreaterThan(0);
  times.push(`provisional verdicts after ${since()}`);
  await untilStage(page, 'ready');
  times.push(`ready after ${since()}`);
  console.info(`sample: ${times.join(', ')}`);

  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  expect(await words(page, 'alert')).toBe('');
  const sentence = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  expect(sentence).toMatch(/20,000 entries.*00:00.*06:1\d.*problems\. Biggest change: BillingSystem, [\d,]+ → [\d,]+ from 03:1/);

  await page.getByRole('grid', { name: 'Patterns' }).getByText(/ledger database/).first().click();
  const details = page.getByRole('complementary', { name: 'Pattern details' });
  await details.getByText('Decided by').waitFor();
  expect((await details.locator('.reason').textContent())?.length).toBeGreaterThan(20);

  const saved = (await downloadCsv(page)).bytes;
  const rows = rowsOf(saved);
  const original = rowsOf(Buffer.from(sampleLog()));
  expect(rows).toHaveLength(SAMPLE_ROWS);
  expect(original).toHaveLength(SAMPLE_ROWS);
  expect(rows.map((row) => row['timestamp'])).toEqual(original.map((row) => row['timestamp']));
  expect(rows.map((row) => row['source'])).toEqual(original.map((row) => row['source']));
  expect(rows.every((row) => row['target_label'] !== undefined && row['target_label'] !== '')).toBe(true);
  expect(opened.strays()).toEqual([]);
  expect(opened.errors).toEqual([]);
});
