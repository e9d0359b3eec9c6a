import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { closeBrowser, downloadCsv, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function openSample(): Promise<Page> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilStage(page, 'ready');
  return page;
}
const saved = async (page: Page): Promise<Record<string, string>[]> => rowsOf((await downloadCsv(page)).bytes);
const expression = (dialog: Locator): Locator => dialog.getByRole('textbox', { name: 'Expression' });
/** Rows that the rule in the editor matches, once all have been looked at. */
async function matches(dialog: Locator): Promise<number> {
  const sum = dialog.getByText(/^[\d,]+ rows? match/);
  await sum.waitFor();
  await expect.poll(() => dialog.locator('progress').getAttribute('class')).toContain('done');
  return Number((await sum.textContent())?.replace(/ row.*/, '').replaceAll(',', ''));
}
async function openRules(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Rules', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Rules' });
  await dialog.waitFor();
  return dialog;
}
/** Closed, and everything read again. */
async function settled(page: Page, dialog: Locator): Promise<void> {
  await dialog.waitFor({ state: 'hidden' });
  await untilStage(page, 'ready');
}

test('make a rule of a pattern: what the editor counts is what is applied, and undo takes it back', async () => {
  const page = await openSample();
  const before = await saved(page);
  const grid = page.getByRole('grid', { name: 'Patterns' });
  await page.getByRole('searchbox', { name: 'Search patterns' }).fill('nightly-sync');
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(4);
  await page.keyboard.press('m');
  const editor = page.getByRole('dialog', { name: 'New rule' });
  await expect.poll(() => expression(editor).inputValue()).toContain('exit');
  const isJob = (row: Record<string, string>): boolean => /Job nightly-sync-\d+ ended with exit code/.test(row['log_message'] ?? '');
  expect(await matches(editor)).toBe(before.filter(isJob).length);
  await editor.locator('mark').first().waitFor();

  await expression(editor).fill('(?=Job)nightly');
  await editor.getByRole('alert').getByText(/look-ahead.*not supported/).waitFor();
  expect(await editor.getByRole('button', { name: 'Save the rule' }).isDisabled()).toBe(true);

  await expression(editor).fill('exit code 137|failed password');
  await editor.getByText(/takes [\d,]+ rows from “sshd/).waitFor();
  const counted = await matches(editor);
  await editor.getByRole('combobox', { name: 'Category' }).selectOption('Deprecation Warning');
  await editor.getByRole('textbox', { name: 'What it recognises' }).fill('killed jobs and guesses');
  await page.keyboard.press('Enter');
  await settled(page, editor);
  const after = await saved(page);
  const decided = after.filter((row, at) => row['decided_by'] === 'rule' && row['target_label'] === 'Deprecation Warning' && before[at]?.['target_label'] !== 'Deprecation Warning');
  expect(decided).toHaveLength(counted);
  expect(decided.every((row) => /exit code 137|failed password/i.test(row['log_message'] ?? ''))).toBe(true);

  await page.getByRole('button', { name: /^Undo: .*killed jobs/ }).click();
  await page.getByRole('button', { name: /^Redo: .*killed jobs/ }).and(page.locator(':enabled')).waitFor();
  await untilStage(page, 'ready');
  expect((await saved(page)).map((row) => row['target_label'])).toEqual(before.map((row) => row['target_label']));
  expect(opened?.errors).toEqual([]);
});

async function addRule(page: Page, dialog: Locator, pattern: string, label: string, about: string): Promise<void> {
  await dialog.getByRole('button', { name: 'New rule' }).click();
  const editor = page.getByRole('dialog', { name: 'New rule' });
  await expression(editor).fill(pattern);
  await editor.getByRole('combobox', { name: 'Category' }).selectOption(label);
  await editor.getByRole('textbox', { name: 'What it recognises' }).fill(about);
  await editor.getByRole('button', { name: 'Save the rule' }).click();
  await dialog.getByText(about).waitFor();
  await untilStage(page, 'ready');
}

test('order by keys, switches, export and import: each is applied when asked for, and what is not rules is refused', async () => {
  const page = await openSample();
  let dialog = await openRules(page);
  await addRule(page, dialog, 'exit code', 'User Action', 'any exit');
  await addRule(page, dialog, 'nightly', 'Resource Usage', 'the nights');
  const names = (): Promise<string[]> => dialog.locator('ol .about').allTextContents();
  expect(await names()).toEqual(['the nights', 'any exit']);
  await dialog.getByRole('button', { name: 'Earlier: any exit' }).press('Enter');
  expect(await names()).toEqual(['any exit', 'the nights']);
  await dialog.getByText('System Notification').first().waitFor();
  await dialog.getByRole('searchbox', { name: 'Search built-in rules' }).fill('sshd refused');
  await dialog.getByRole('checkbox', { name: 'sshd refused a log-in' }).uncheck();
  await dialog.getByText('2 changes not applied yet').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText('Applied.').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export rules' }).click()]);
  const file = await readFile(await download.path());
  await page.keyboard.press('Escape');
  await settled(page, dialog);
  const labels = new Set((await saved(page)).filter((row) => /nightly-sync/.test(row['log_message'] ?? '')).map((row) => `${row['target_label']} by ${row['decided_by']}`));
  expect([...labels]).toEqual(['User Action by rule']);
  expect((await saved(page)).filter((row) => /^Failed password/.test(row['log_message'] ?? '')).every((row) => row['decided_by'] !== 'rule')).toBe(true);

  dialog = await openRules(page);
  for (const name of ['any exit', 'the nights']) await dialog.getByRole('button', { name: `Remove ${name}` }).click();
  expect(await names()).toEqual([]);
  const input = dialog.getByLabel('File of rules');
  await input.setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from(String(file).replace('exit code', '(?!x)')) });
  await dialog.getByText(/“bad.json” was refused.*look-ahead/).waitFor();
  expect(await names()).toEqual([]);
  await input.setInputFiles({ name: 'rules.json', mimeType: 'application/json', buffer: file });
  await dialog.getByText('2 rules read').waitFor();
  expect(await names()).toEqual(['any exit', 'the nights']);
  await dialog.getByRole('button', { name: 'Discard' }).click();
  expect(await names()).toEqual(['any exit', 'the nights']);
  expect(opened?.errors).toEqual([]);
});

test('a pattern with two meanings is split by a value, and joined again', async () => {
  const page = await openSample();
  await page.getByRole('searchbox', { name: 'Search patterns' }).fill('nightly-sync');
  await page.getByRole('grid', { name: 'Patterns' }).getByText(/Job nightly/).first().click();
  await page.getByRole('button', { name: 'Split by a value' }).click();
  const dialog = page.getByRole('dialog', { name: 'Split by a value' });
  await dialog.getByRole('checkbox', { name: /^137/ }).check();
  await dialog.getByRole('combobox').selectOption('Critical Error');
  await dialog.getByRole('button', { name: 'Make it a pattern of its own' }).click();
  await settled(page, dialog);
  const jobs = (await saved(page)).filter((row) => /nightly-sync/.test(row['log_message'] ?? ''));
  expect(jobs.length).toBeGreaterThan(100);
  for (const row of jobs) expect(row['target_label'] === 'Critical Error', row['log_message']).toBe(/137$/.test(row['log_message'] ?? ''));
  const rules = await openRules(page);
  await rules.getByRole('button', { name: /^Remove the split/ }).click();
  await rules.getByRole('button', { name: 'Apply' }).click();
  await rules.getByText('Applied.').waitFor();
  await page.keyboard.press('Escape');
  await settled(page, rules);
  expect((await saved(page)).some((row) => /nightly-sync.*137$/.test(row['log_message'] ?? '') && row['decided_by'] === 'person')).toBe(false);
  expect(opened?.errors).toEqual([]);
});
