import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { closeBrowser, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

let opened: OpenPage;

beforeEach(async () => {
  opened = await openPage(`${inject('site')}?save=download`);
  const { page } = opened;
  await page.getByRole('button', { name: 'Try a sample' }).press('Enter');
  await page.getByRole('grid', { name: 'Patterns' }).waitFor();
  await untilStage(page, 'ready');
  await page.getByRole('button', { name: 'Skip to the list' }).press('Enter');
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  expect(opened.strays()).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const patterns = (page: Page) => page.getByRole('grid', { name: 'Patterns' });
const current = (page: Page) => page.locator('[role=grid] .row.current');
const place = (page: Page): Promise<number> => current(page).getAttribute('aria-rowindex').then(Number);
/** Category of the row at the cursor. */
const category = (page: Page): Promise<string> => current(page).locator('.category').innerText().then((text) => text.trim().replace(/^.\s*/, ''));
const toast = (page: Page): Promise<string> => page.locator('.toast p').innerText();

/** Presses a key that teaches, and waits until the models have had their say. */
async function teach(page: Page, key: string): Promise<void> {
  const before = await page.locator('.toast p').innerText();
  await page.keyboard.press(key);
  await expect.poll(() => toast(page)).not.toBe(before);
  await untilStage(page, 'ready');
}

/** Finds patterns, and goes to the first of them. */
async function search(page: Page, words: string, found: number): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(words);
  await expect.poll(async () => Number(await patterns(page).getAttribute('aria-rowcount'))).toBe(found);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
}

/** Saves by keys alone. Labels of rows whose message holds `words`, and how often. */
async function savedLabels(page: Page, words: RegExp): Promise<Record<string, number>> {
  const button = page.getByRole('button', { name: 'Download CSV' });
  const [download] = await Promise.all([page.waitForEvent('download'), button.press('Enter')]);
  const counts: Record<string, number> = {};
  for (const row of rowsOf(await readFile(await download.path()))) {
    if (!words.test(row['log_message'] ?? '')) continue;
    const label = `${row['target_label'] ?? ''} by ${row['decided_by'] ?? ''}`;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

test('one key corrects, the next row is next, and undo and redo go back and forth; the saved file follows', async () => {
  const { page } = opened;
  const words = /Critical: ledger database/;
  const before = await savedLabels(page, words);
  expect(Object.keys(before)).toHaveLength(1);
  const rows = Object.values(before)[0] as number;

  await patterns(page).focus();
  await search(page, 'Critical: ledger database', 1);
  await teach(page, 'u');
  expect(await category(page)).toBe('User Action');
  expect(await toast(page)).toMatch(new RegExp(`^User Action, ${rows} rows`));
  expect(await savedLabels(page, words)).toEqual({ 'User Action by person': rows });

  await patterns(page).focus();
  await teach(page, 'Control+z');
  expect(await toast(page)).toMatch(/^Undone/);
  expect(await savedLabels(page, words)).toEqual(before);
  await patterns(page).focus();
  await teach(page, 'Control+Shift+z');
  expect(await savedLabels(page, words)).toEqual({ 'User Action by person': rows });
  // Ctrl+Z in a text box takes back typing, nothing else.
  await page.getByRole('searchbox').press('Control+z');
  expect(await savedLabels(page, words)).toEqual({ 'User Action by person': rows });
});

test('several rows are selected and labelled together; Enter confirms; the list keeps its order meanwhile', async () => {
  const { page } = opened;
  const start = await place(page);
  const names = await patterns(page).locator('.row').allInnerTexts();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await patterns(page).locator('[aria-selected=true]').count()).toBe(3);
  await page.keyboard.press('Shift+K');
  expect(await patterns(page).locator('[aria-selected=true]').count()).toBe(2);
  await page.getByRole('button', { name: /^2 selected/ }).waitFor();
  await teach(page, 'd');
  expect(await toast(page)).toMatch(/^Deprecation Warning, 2 patterns, /);
  const after = await patterns(page).locator('.row').allInnerTexts();
  const example = (text: string): string => text.split('\n').at(-1) ?? '';
  expect(after.map(example)).toEqual(names.map(example));
  expect(after.filter((text) => text.includes('Deprecation Warning') && text.includes('You chose'))).toHaveLength(2);
  expect(await place(page)).toBe(start + 1);

  await page.keyboard.press('j');
  const label = await category(page);
  const at = await place(page);
  await teach(page, 'Enter');
  expect(await toast(page)).toMatch(/confirmed, /);
  expect(await place(page)).toBe(at + 1);
  await page.keyboard.press('k');
  expect(await category(page)).toBe(label);
  await current(page).getByText('You said that this is right').waitFor({ state: 'attached' });
  // Esc selects nothing first; the list is sorted anew when it is asked for.
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('button', { name: /selected/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sort again' }).press('Enter');
  await expect.poll(() => page.getByRole('button', { name: 'Sort again' }).count()).toBe(0);
});

test('a row is corrected with its whole pattern, with its value, or alone', async () => {
  const { page } = opened;
  const words = /could not be written: connection to ledger/;
  await search(page, 'connection to ledger', 1);
  await page.keyboard.press('o');
  const grid = page.getByRole('grid', { name: 'Rows' });
  await grid.getByText(words).first().waitFor();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Which rows are Error?' });
  await dialog.getByText('Only rows with').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/The whole pattern/);
  await teach(page, '2');
  await dialog.waitFor({ state: 'hidden' });
  const value = /Only rows|ledger-\d/.exec(await toast(page))?.[0] ?? '';
  expect(value).toMatch(/^ledger-\d$/);
  const saved = await savedLabels(page, words);
  const one = await savedLabels(page, new RegExp(`connection to ${value} refused`));
  expect(Object.keys(one)).toEqual(['Error by person']);
  expect(saved['Error by person']).toBe(one['Error by person']);
  expect(Object.keys(saved).length).toBeGreaterThan(1);

  // The same key again, and Enter: the whole of what is left.
  await grid.focus();
  await page.keyboard.press('u');
  await page.getByRole('dialog', { name: 'Which rows are User Action?' }).getByText('Only this row').waitFor();
  await teach(page, 'Enter');
  expect((await savedLabels(page, words))['User Action by person'] ?? 0).toBeGreaterThan(1);
});

test('an own category has a colour, a key and a place everywhere', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Categories', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your own categories' });
  await dialog.getByLabel('Name').fill('error');
  await page.keyboard.press('Enter');
  await dialog.getByText('The page has this category already.').waitFor();
  await dialog.getByLabel('Name').fill('Payments');
  await dialog.getByLabel('Meaning').fill('Money that moves');
  await page.keyboard.press('Enter');
  await dialog.getByText('Money that moves · key 1').waitFor();
  await page.keyboard.press('Escape');
  await patterns(page).focus();
  await search(page, 'Critical: ledger database', 1);
  await teach(page, '1');
  expect(await category(page)).toBe('Payments');
  expect(Object.keys(await savedLabels(page, /Critical: ledger database/))).toEqual(['Payments by person']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => category(page)).not.toBe('Payments');
});

test('leaving with corrections that are not saved asks', async () => {
  const { page } = opened;
  expect(await page.evaluate(() => window.dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(true);
  await teach(page, 'u');
  const asked = new Promise<string>((resolve) => {
    page.on('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.accept();
    });
  });
  const asks = () => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(asks).toBe(true);
  // A page asks only those who did something on it.
  await page.mouse.click(5, 5);
  await page.close({ runBeforeUnload: true });
  expect(await asked).toBe('beforeunload');
});
