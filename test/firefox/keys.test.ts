import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { rowsOf } from '../browser/saved-csv.ts';
import { NO_FIREFOX, closeBrowser, named, openPage, press, textOf, untilComplete } from './page.ts';
import type { OpenPage } from './page.ts';

const PATTERN = 'Critical: ledger database';
const CURRENT = '[role=grid] .row.current';
/** So far apart, keys come as from a person. */
const KEY_DELAY_MS = 5;

let opened: OpenPage;

beforeAll(async () => {
  if (NO_FIREFOX) return;
  opened = await openPage(`${inject('site')}?save=download`);
  await press(opened.page, 'Try a sample');
  await untilComplete(opened.page);
});
afterAll(async () => {
  if (!NO_FIREFOX) await opened.close();
  await closeBrowser();
});

const focused = (): Promise<string> => opened.page.evaluate(() => `${document.activeElement?.getAttribute('type') ?? ''} ${document.activeElement?.getAttribute('aria-label') ?? ''}`);
const rows = (): Promise<number> => opened.page.$eval('[role=grid]', (grid) => Number(grid.getAttribute('aria-rowcount')));
const category = async (): Promise<string> => (await textOf(opened.page, `${CURRENT} .category`)).replace(/^. ?/, '');

/** Presses a key that teaches, and waits until it is told and the models have had their say. */
async function teach(key: () => Promise<void>): Promise<string> {
  const before = await textOf(opened.page, '.toast p');
  await key();
  await expect.poll(() => textOf(opened.page, '.toast p')).not.toBe(before);
  await untilComplete(opened.page);
  return textOf(opened.page, '.toast p');
}

/** Ctrl and a letter. */
async function control(letter: string): Promise<void> {
  await opened.page.keyboard.down('Control');
  await opened.page.keyboard.press(letter as 'z');
  await opened.page.keyboard.up('Control');
}

/** Deciders of rows whose message holds the pattern's words, in the saved file. */
async function saved(): Promise<Set<string>> {
  const { bytes } = await opened.save('Download CSV');
  return new Set(rowsOf(bytes).filter((row) => row['log_message']?.includes(PATTERN)).map((row) => `${row['target_label']} by ${row['decided_by']}`));
}

describe.skipIf(NO_FIREFOX)('the list by keys', () => {
  test('/ goes to the search of the page, not of the browser; arrows go back to the list', async () => {
    const { page } = opened;
    await (await named(page, 'grid', 'Patterns')).focus();
    await page.keyboard.press('/');
    expect(await focused()).toBe('search Search patterns');
    await page.keyboard.type(PATTERN, { delay: KEY_DELAY_MS });
    await expect.poll(rows).toBe(1);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(' Patterns');
    expect(await textOf(page, CURRENT)).toContain(PATTERN);
  });

  test('a letter corrects a pattern and every row of it; Ctrl+Z takes it back', async () => {
    const before = await saved();
    await (await named(opened.page, 'grid', 'Patterns')).focus();
    expect(await teach(() => opened.page.keyboard.press('u'))).toMatch(/^User Action, [\d,]+ rows/);
    expect(await category()).toBe('User Action');
    expect(await saved()).toEqual(new Set(['User Action by person']));

    await (await named(opened.page, 'grid', 'Patterns')).focus();
    expect(await teach(() => control('z'))).toMatch(/^Undone/);
    expect(await saved()).toEqual(before);
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });
});
