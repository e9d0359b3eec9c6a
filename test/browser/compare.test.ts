import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { incidentLogs, STOPPED_ROWS } from './incident-logs.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const logs = incidentLogs();
const today = { name: 'today.csv', mimeType: 'text/csv', bytes: logs.today };
const yesterday = { name: 'yesterday.csv', mimeType: 'text/csv', bytes: logs.yesterday };

const bar = (page: Page) => page.getByRole('group', { name: 'What is new or more frequent' });
const change = (page: Page, name: string) => bar(page).getByRole('button', { name: new RegExp(`^${name}`) });
const listed = (page: Page) => page.getByRole('grid', { name: 'Patterns' }).locator('[role=gridcell].mono').allInnerTexts();

async function openLogs(files: readonly (typeof today)[]): Promise<Page> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  await drop(opened.page, files);
  await untilStage(opened.page, 'ready');
  return opened.page;
}

/** Waits until what was asked for has been read, and all of it is decided. */
async function untilRead(page: Page): Promise<void> {
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached', timeout: 100_000 });
  expect(await words(page, 'alert')).toBe('');
}

/** Names of the new patterns are those of the incident, and no others. */
function expectIncident(examples: readonly string[]): void {
  expect(examples.map((example) => logs.incident.findIndex(({ expression }) => expression.test(example))).sort()).toEqual([0, 1, 2]);
}

test('what is new and what is gone since yesterday, with what was taught, and nothing of yesterday in the export', async () => {
  const page = await openLogs([today]);
  // A correction goes along.
  await page.getByRole('grid', { name: 'Patterns' }).focus();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Undo' }).first().waitFor();
  await untilRead(page);
  const before = await downloadCsv(page);
  expect(before.bytes.toString()).toContain(',person');

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Compare with another file' }).click()]);
  await chooser.setFiles([{ name: yesterday.name, mimeType: yesterday.mimeType, buffer: Buffer.from(yesterday.bytes) }]);
  await bar(page).waitFor({ timeout: 60_000 });
  await untilRead(page);
  const headline = page.getByRole('heading', { level: 1 });
  await expect.poll(() => headline.innerText()).toMatch(/^20,000 entries from [\d,]+ lines, 2025-03-14.*3 new patterns compared with yesterday\.csv\.$/s);

  await headline.getByRole('button', { name: '3 new patterns' }).click();
  await expect.poll(() => listed(page)).toHaveLength(3);
  expectIncident(await listed(page));
  expect(await change(page, 'New').getAttribute('aria-pressed')).toBe('true');
  // Those of an incident are of this range alone, and nothing else became rarer.
  expect(await change(page, 'Gone').innerText()).toMatch(/1$/);
  await change(page, 'Gone').click();
  await expect.poll(async () => (await listed(page)).join()).toMatch(/^Nightly report for region 7 was mailed/);
  await page.getByRole('grid', { name: 'Patterns' }).getByText('Nightly report').click();
  const details = page.getByRole('complementary', { name: 'Pattern details' });
  await details.getByText('In yesterday.csv').waitFor();
  expect(await details.locator('dl').innerText()).toMatch(new RegExp(`Entries\\s+0[^]*In yesterday.csv\\s+${STOPPED_ROWS}`));
  expect(await details.getByRole('button', { name: /^Show/ }).count()).toBe(0);
  await details.getByRole('button', { name: 'Close details' }).click();
  await change(page, 'Gone').click();

  const after = await downloadCsv(page);
  expect(after.name).toBe(before.name);
  expect(after.bytes.equals(before.bytes)).toBe(true);

  await bar(page).getByRole('button', { name: 'Stop comparing' }).click();
  await bar(page).waitFor({ state: 'detached', timeout: 60_000 });
  await untilRead(page);
  expect(await headline.innerText()).not.toContain('compared');
  expect((await downloadCsv(page)).bytes.equals(before.bytes)).toBe(true);
  expect(opened?.errors).toEqual([]);
});

test('one of several open files as what the others are compared with, and back', async () => {
  const page = await openLogs([yesterday, today]);
  const headline = page.getByRole('heading', { level: 1 });
  const both = await headline.innerText();
  expect(both).toMatch(/^39,062 entries from [\d,]+ lines, 2025-03-13/);

  await page.getByText('Compare with…').click();
  await page.getByRole('button', { name: 'yesterday.csv' }).click();
  await bar(page).waitFor({ timeout: 60_000 });
  await untilRead(page);
  await expect.poll(() => headline.innerText()).toMatch(/^20,000 entries from [\d,]+ lines, 2025-03-14.*3 new patterns/s);
  const alone = await downloadCsv(page);
  expect(alone.name).toBe('today.labelled.csv');
  expect(alone.bytes.toString().split('\n', 1)[0]).toMatch(/^timestamp,source,log_message,target_label/);

  // A range is compared with the rest of its log first, and with yesterday on request.
  await headline.getByRole('button', { name: /BillingSystem/ }).click();
  const against = bar(page).getByLabel('Compared with');
  expect(await against.inputValue()).toBe('rest');
  await expect.poll(async () => (await listed(page)).slice(0, 2).map((example) => logs.incident.some(({ expression }) => expression.test(example)))).toEqual([true, true]);
  await against.selectOption('yesterday.csv');
  await change(page, 'New').click();
  await expect.poll(() => listed(page)).toHaveLength(3);
  expectIncident(await listed(page));

  await bar(page).getByRole('button', { name: 'Stop comparing' }).click();
  await expect.poll(() => headline.innerText(), { timeout: 60_000 }).toBe(both);
  await untilRead(page);
});
