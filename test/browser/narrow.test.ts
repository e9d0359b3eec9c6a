import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { RECORDED } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** Elements that stick out of the window to the right, though no scroller of their own holds them. */
async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1).slice(0, 5)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent?.trim().slice(0, 40)}`);
  });
}

describe.each(['light', 'dark'] as const)('400 px wide, %s', (colorScheme) => {
  test('nothing scrolls sideways on any screen', async () => {
    opened = await openPage(inject('site'), { viewport: { width: 400, height: 800 }, colorScheme });
    const { page } = opened;
    await untilStage(page, 'empty');
    expect(await sticksOut(page)).toEqual([]);
    await drop(page, join(RECORDED, 'nginx-error.log'));
    await untilStage(page, 'ready');
    expect(await sticksOut(page), 'ready').toEqual([]);
    await page.getByRole('tab', { name: /Patterns/ }).click();
    await page.getByRole('grid', { name: 'Patterns' }).getByRole('row').nth(1).click();
    await page.getByRole('complementary', { name: 'Pattern details' }).waitFor();
    expect(await sticksOut(page), 'details').toEqual([]);
    await page.getByRole('button', { name: 'Close details' }).click();
    await page.getByRole('tab', { name: 'Rows' }).click();
    await page.getByRole('grid', { name: 'Rows' }).getByRole('row').nth(3).waitFor();
    expect(await sticksOut(page), 'rows').toEqual([]);
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    expect(await sticksOut(page), 'help').toEqual([]);
    expect(opened.errors).toEqual([]);
  });
});
