import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { SAMPLE_ROWS } from '../../src/engine/sample/sample-log.ts';
import * as chromium from '../browser/page.ts';
import { RECORDED, rowsOf } from '../browser/saved-csv.ts';
import { NO_FIREFOX, closeBrowser, openPage, press, textOf, untilComplete, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await closeBrowser();
  await chromium.closeBrowser();
});

/** What Chromium saves of the sample, or of a file. */
async function savedByChromium(file: string | null): Promise<Buffer> {
  const { page, close } = await chromium.openPage(`${inject('site')}?save=download`);
  try {
    if (file === null) await page.getByRole('button', { name: 'Try a sample' }).click();
    else await chromium.drop(page, file);
    await chromium.untilStage(page, 'ready');
    return (await chromium.downloadCsv(page)).bytes;
  } finally {
    await close();
  }
}

describe.skipIf(NO_FIREFOX)('from drop to labelled file', () => {
  test('the sample: every row, with the label that Chromium gives it', async () => {
    opened = await openPage(`${inject('site')}?save=download`);
    const { page } = opened;
    await untilStage(page, 'empty');
    await press(page, 'Try a sample');
    await untilComplete(page);
    expect(await textOf(page, 'h1')).toMatch(/20,000 entries.*00:00.*problems\. Biggest change: BillingSystem, [\d,]+ → [\d,]+ from 03:1/);
    expect(await page.$$eval('[role=grid] .row .category', (cells) => cells.filter((cell) => cell.textContent !== '').length)).toBeGreaterThan(5);
    expect(await page.$$eval('canvas', (charts) => charts.every((chart) => chart.width > 0 && chart.height > 0))).toBe(true);
    const { name, bytes } = await opened.save('Download CSV');
    expect(name).toMatch(/\.labelled\.csv$/);
    expect(rowsOf(bytes)).toHaveLength(SAMPLE_ROWS);
    expect(bytes.equals(await savedByChromium(null))).toBe(true);
    expect(await words(page, 'alert')).toBe('');
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });

  test('a recorded log, from below a sub-path', async () => {
    opened = await openPage(`${inject('subPathSite')}?save=download`);
    const file = join(RECORDED, 'auth.log');
    await opened.drop(file);
    await untilComplete(opened.page);
    const { bytes } = await opened.save('Download CSV');
    expect(new Set(rowsOf(bytes).map((row) => row['decided_by']))).toContain('model');
    expect(rowsOf(bytes)).toEqual(rowsOf(await savedByChromium(file)));
    expect([opened.errors, opened.strays()]).toEqual([[], []]);
  });
});
