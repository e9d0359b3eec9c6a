import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { labelledCsv } from './labelled-csv.ts';

/** Looks at what the page shows now. */
export type Look = (screen: string) => Promise<void>;

const READY_MS = 60_000;

/** Gives files to the page; made here, as all tests make them. */
async function give(page: Page, ...files: readonly (readonly [name: string, text: string])[]): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })));
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached', timeout: READY_MS });
}

const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name, exact: typeof name === 'string' }).first();

/** Opens a dialog, looks at it and at what else it shows, and closes it. */
async function dialog(page: Page, look: Look, name: string, open: () => Promise<void>, more?: (dialog: Locator) => Promise<void>): Promise<void> {
  await open();
  const shown = page.locator('dialog[open]');
  await shown.waitFor();
  await look(name);
  await more?.(shown);
  await shown.press('Escape');
  await shown.waitFor({ state: 'detached' });
}

/** What there is before a file, and while one cannot be read. */
export async function firstScreens(page: Page, look: Look): Promise<void> {
  await button(page, 'Try a sample').waitFor();
  await look('first screen');
  await dialog(page, look, 'help', () => button(page, 'Help').click());
  await dialog(page, look, 'paste', () => button(page, 'Paste lines').click());
  await dialog(page, look, 'privacy', () => button(page, /^Privacy|What is stored/).click());
  await give(page, ['empty.log', '']);
  await page.locator('main[data-stage=failed]').waitFor({ state: 'attached' });
  await look('a file that cannot be read');
  await give(page, ['unclear.csv', 'one,two,three\nthe quick brown fox,jumps over the dog,and runs away again\nthe lazy red cat,sleeps on a mat,and dreams of fish\n']);
  await page.locator('dialog[open]').waitFor();
  await look('question for the message column');
  await page.keyboard.press('Escape');
}

/** A log that takes long to read. */
export async function readingScreen(page: Page, look: Look): Promise<void> {
  await page.evaluate(() => {
    const line = '2025-03-14T09:26:53Z INFO web: user 4711 logged in from 10.0.0.7\n';
    const part = new Blob([line.repeat(16_000)]);
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array.from({ length: 1500 }, () => part), 'long.log'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await page.getByRole('region', { name: 'So far' }).waitFor();
  await look('reading');
  await button(page, 'Cancel').click();
  await page.locator('main[data-stage=ready]').waitFor({ state: 'attached', timeout: READY_MS });
}

/** All that is there once the sample is read. */
export async function resultScreens(page: Page, look: Look): Promise<void> {
  await button(page, 'Try a sample').click();
  await ready(page);
  await page.getByRole('img', { name: /over the log/ }).waitFor();
  await look('results');
  const grid = page.getByRole('grid', { name: 'Patterns' });
  await grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await page.keyboard.press('i');
  await page.getByRole('complementary', { name: 'Pattern details' }).waitFor();
  await look('details, one taught');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu').waitFor();
  await look('menu of categories');
  await page.keyboard.press('Escape');
  await page.getByText('Columns', { exact: true }).click();
  await look('menu of columns');
  await page.getByText('Columns', { exact: true }).click();
  await button(page, /% problems/).click();
  await look('narrowed to problems');
  await button(page, 'Show everything').click();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await page.getByRole('grid', { name: 'Rows' }).getByRole('row').nth(5).waitFor();
  await look('rows');
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await button(page, 'Close details').click();
}

export async function resultDialogs(page: Page, look: Look): Promise<void> {
  await dialog(page, look, 'Ask me', () => button(page, 'Ask me').click());
  await dialog(page, look, 'spot check', () => button(page, 'Spot check').click(), async (shown) => {
    await button(shown, 'Begin').click();
    await shown.getByRole('group', { name: 'Wrong: it should be' }).waitFor();
    await look('spot check: a question');
  });
  await dialog(page, look, 'rules', () => button(page, 'Rules').click(), async (shown) => {
    await button(shown, 'New rule').click();
    await shown.getByRole('textbox').first().fill('user .* logged');
    await shown.getByText(/rows? match(es)?$/).first().waitFor();
    await look('rule editor');
    await button(shown, 'Save the rule').click();
    await shown.getByText('Saved and applied.').waitFor({ timeout: READY_MS });
    await look('rules, one of them own');
  });
  await dialog(page, look, 'clusters', async () => {
    await button(page, 'Clusters').click();
    await page.locator('dialog[open]').getByRole('grid').waitFor({ timeout: READY_MS });
  }, async (shown) => {
    await button(shown, /^Show (these|its) /).click();
    await look('clusters: one of them');
    await shown.getByRole('tab', { name: 'Map' }).click();
    await shown.getByRole('application').waitFor({ timeout: READY_MS });
    await look('clusters: map');
  });
  await dialog(page, look, 'categories', () => button(page, 'Categories').click(), async (shown) => {
    await shown.getByLabel('Name').fill('Billing');
    await button(shown, 'Add').click();
    await button(shown, 'Change Billing').click();
    await look('categories, one of them own');
  });
  await dialog(page, look, 'models', () => button(page, 'Models').click());
  await dialog(page, look, 'language model', () => button(page, 'Language model').click(), async (shown) => {
    await button(shown, /^Get /).click();
    await shown.getByRole('group', { name: 'Download?' }).waitFor();
    await look('language model: before a download');
  });
  await dialog(page, look, 'bundle', () => button(page, 'Save or load what you taught').click());
  await dialog(page, look, 'how it is read', () => button(page, 'change').click(), async (shown) => {
    await shown.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'My own format…' });
    await shown.getByRole('heading', { name: 'My own format, by example' }).waitFor();
    await look('own format');
  });
  await dialog(page, look, 'save', () => button(page, 'More ways to save…').click());
}

/** Labels of the file's own, lines that do not fit, several files, one to compare with. */
export async function furtherScreens(page: Page, look: Look): Promise<void> {
  await give(page, ['labelled.csv', `${labelledCsv(4)}\nragged,one,two,three,four\n`]);
  await ready(page);
  await page.getByRole('region', { name: 'By label' }).waitFor();
  await look('evaluation');
  await dialog(page, look, 'lines that do not fit', () => button(page, /not fit$/).click());
  await dialog(page, look, 'models, before training', () => button(page, 'Train on these labels…').click());
  await give(page, ['a.log', '2024-06-01 10:00:00 INFO web: user 4711 logged in\n'.repeat(9)], ['b.log', '2024-06-01 10:00:01 ERROR db: connection to 10.0.0.7 refused\n'.repeat(9)]);
  await ready(page);
  await page.getByText('Compare with…').click();
  await look('several files');
  await button(page, 'b.log').click();
  await ready(page);
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await page.getByRole('group', { name: 'What is new or more frequent' }).waitFor();
  await look('compared');
}

/** The report that is saved, as the text of its file. The page must have been opened with `?save=download`. */
export async function savedReport(page: Page): Promise<string> {
  await button(page, 'More ways to save…').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Report (HTML)').click()]);
  return readFile(await download.path(), 'utf8');
}
