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

/** In the page: notes when a person first sees what. */
function watchMilestones(): void {
  const milestones: Record<string, number> = {};
  Object.assign(window, { milestones });
  const note = (name: string, seen: boolean): void => { if (seen && !(name in milestones)) milestones[name] = performance.now(); };
  addEventListener('click', () => note('click', true), { capture: true });
  new MutationObserver(() => {
    const stage = document.querySelector('main')?.dataset['stage'] ?? '';
    note('reading', stage === 'reading');
    const decided = [...document.querySelectorAll('[role=grid] [role=gridcell]')].map((cell) => cell.textContent ?? '');
    note('rule verdicts', decided.includes('rule'));
    note('provisional verdicts', decided.some((text) => /^model( …)?$/.test(text)));
    note('ready', stage === 'ready');
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

test('the sample: everything that a first look should find', async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`, { prepare: async (context) => { await context.addInitScript(watchMilestones); } });
  const { page } = opened;
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilStage(page, 'ready');
  const reached = await page.evaluate(() => (window as unknown as { milestones: Record<string, number> }).milestones);
  const { click = 0, ...after } = reached;
  console.info(`sample: ${Object.entries(after).map(([name, at]) => `${name} after ${((at - click) / 1000).toFixed(2)} s`).join(', ')}`);
  expect(Object.keys(after)).toEqual(['reading', 'rule verdicts', 'provisional verdicts', 'ready']);

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
