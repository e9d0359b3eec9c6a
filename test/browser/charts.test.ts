import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const QUIET = Array.from({ length: 40 }, (_, at) => `2024-05-06T07:${String(10 + at)}:00Z,${at % 2 === 0 ? 'CRM' : 'HR'},User User${at} logged in.`).join('\n');

test('a log without any problem says so, and has every chart, each to be saved as a picture', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, { name: 'quiet.csv', bytes: `timestamp,source,log_message\n${QUIET}\n` });
  await untilStage(page, 'ready');
  await page.getByRole('heading', { level: 1, name: /40 entries.*No problem found\./ }).waitFor();
  for (const title of ['Categories', 'Timeline', 'Source × category']) {
    const chart = page.getByRole('region', { name: title, exact: true });
    await chart.waitFor();
    expect(await chart.getByText('could not be drawn').count()).toBe(0);
    // The canvas is there once the charts' code has come.
    if (title !== 'Categories') await expect.poll(() => chart.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(100);
    const [picture] = await Promise.all([page.waitForEvent('download'), chart.getByRole('button', { name: /^PNG/ }).click()]);
    const bytes = await readFile(await picture.path());
    expect([...bytes.subarray(0, 8)]).toEqual(PNG);
    expect(bytes.readUInt32BE(16), `width of ${title}`).toBeGreaterThan(300);
    expect(bytes.readUInt32BE(20), `height of ${title}`).toBeGreaterThan(100);
  }
  expect(opened.errors).toEqual([]);
});
