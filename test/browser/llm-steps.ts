import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { drop, untilStage } from './page.ts';
import type { Dropped } from './page.ts';
import { rowsOf } from './saved-csv.ts';

/** A row of a saved file, by column. */
export type Row = Readonly<Record<string, string>>;

export const languageModel = (page: Page): Locator => page.getByRole('dialog', { name: 'Language model' });

export async function openLanguageModel(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Language model' }).click();
  return languageModel(page);
}

/** Takes over what was taught. */
export async function loadTaught(page: Page, bundle: string): Promise<void> {
  await drop(page, { name: 'taught.winnow.json', mimeType: 'application/json', bytes: bundle });
  const dialog = page.getByRole('dialog', { name: 'Save or load what you taught' });
  await dialog.getByRole('button', { name: 'Load it' }).click();
  await dialog.getByText(/^Loaded taught\.winnow\.json/).waitFor();
  await page.keyboard.press('Escape');
}

/** Drops logs and waits until the vote has looked at all of them. */
export async function openLogs(page: Page, files: readonly Dropped[]): Promise<void> {
  await drop(page, files);
  await untilStage(page, 'ready');
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
}

/** The lowest threshold, by keyboard: whatever an answer is worth, it is enough. */
export async function takeAnyAnswer(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Sure enough from' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => slider.inputValue()).toBe('0');
}

/** Has all sources of the open files, or those named, go to the model whatever the vote says. */
export async function routeToModel(dialog: Locator, names?: readonly string[]): Promise<void> {
  const picks = dialog.locator('details', { hasText: 'Sources that always go to it' });
  if ((await picks.getAttribute('open')) === null) await picks.locator('summary').click();
  const boxes = picks.getByRole('listitem').filter(names === undefined ? {} : { hasText: new RegExp(names.join('|')) }).getByRole('checkbox');
  for (const box of await boxes.all()) await box.check();
}

/** Asks about all there is to ask. Returns how many patterns that were. */
export async function askAll(dialog: Locator): Promise<number> {
  const button = dialog.getByRole('button', { name: /^Ask about \d+ patterns?$/ });
  const count = patternsOf(await button.textContent());
  await button.click();
  await dialog.getByText('It has answered all there is to ask.').waitFor();
  return count;
}

/** The number of patterns that a text tells; 0 where it tells none. */
export const patternsOf = (text: string | null): number => Number(/(\d+) patterns?/.exec(text ?? '')?.[1] ?? 0);

/** So many patterns as the dialog says have been answered. */
export const answeredIn = async (dialog: Locator): Promise<number> => patternsOf(/\d+ patterns? answered/.exec((await dialog.textContent()) ?? '')?.[0] ?? null);

/** All rows as they are saved, with best guess and reason. */
export async function savedRows(page: Page): Promise<Row[]> {
  await page.getByRole('button', { name: 'More ways to save…' }).click();
  for (const column of ['Best guess', 'Reason']) await page.getByLabel(column).check();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save CSV', exact: true }).click()]);
  const rows = rowsOf(await readFile(await download.path()));
  await page.keyboard.press('Escape');
  return rows;
}

/** What the model said of a row: its verdict, or what the reason tells of it; '' where it was not asked. */
export function saidOf(row: Row): string {
  if (row['decided_by'] === 'llm') return row['target_label'] ?? '';
  const told = /language model (?:would say ([A-Za-z ]+);|says ([A-Za-z ]+)\.)/.exec(row['reason'] ?? '');
  const said = told?.[1] ?? told?.[2] ?? '';
  return said === 'the same' ? (row[row['decided_by'] === 'none' ? 'best_guess' : 'target_label'] ?? '') : said;
}

/** Has the worker that runs a GGUF die. Returns how many there were. */
export async function killRuntime(page: Page): Promise<number> {
  let killed = 0;
  for (const worker of page.workers()) {
    // One that looked at the graphics card may be ending by itself.
    if ((await worker.evaluate(() => self.name).catch(() => '')) !== 'wllama') continue;
    await worker.evaluate(() => void setTimeout(() => { throw new Error('made to die'); }));
    killed++;
  }
  return killed;
}
