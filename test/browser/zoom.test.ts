import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const START = Date.UTC(2025, 2, 14);
/** A line every `step` seconds, its time without a zone. */
function log(lines: number, step: number, late: number, what: (at: number) => string): string {
  return Array.from({ length: lines }, (_, at) => `${new Date(START + (at * step + late) * 1000).toISOString().slice(0, 23).replace('T', ' ')} ${what(at)}`).join('\n');
}

test('a range of the timeline is looked at more closely: every number and list follows, and comes back', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, [
    { name: 'one.log', bytes: log(3000, 20, 0, (at) => (at > 600 && at < 700 ? `ERROR disk ${at} is full` : `INFO job ${at} is done`)) },
    { name: 'two.log', bytes: log(2000, 30, 7, (at) => `INFO user ${at} logged in`) },
  ]);
  await untilStage(page, 'ready');
  const shown = page.getByRole('group', { name: 'What is shown' });
  const chart = page.getByRole('slider', { name: /timeline/ });
  await chart.focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < 3; at++) await page.keyboard.press('Shift+PageDown');
  const before = await shown.getByText(/entries/).textContent();
  await page.keyboard.press('z');
  await shown.getByRole('button', { name: /zoomed to 00:00–/ }).waitFor();
  // The same entries, in finer bins.
  expect(await shown.getByText(/of 5,000 entries/).textContent()).toBe(before);
  expect(Number(await chart.getAttribute('aria-valuemax'))).toBeGreaterThan(100);
  await page.getByRole('tab', { name: 'Rows' }).click();
  const grid = page.getByRole('grid', { name: 'Rows' });
  const files = async (): Promise<string[]> => grid.locator('.row').filter({ hasText: /INFO|job|user/ }).evaluateAll((rows) => rows.slice(0, 6).map((row) => row.querySelector('[role=gridcell]')?.textContent ?? ''));
  await grid.getByText('job 0 is done').waitFor();
  expect(await files()).toEqual(Array.from({ length: 6 }, () => 'one.log'));
  await page.getByRole('button', { name: 'By time' }).click();
  await grid.getByText('user 0 logged in').waitFor();
  expect(await files()).toEqual(['one.log', 'two.log', 'one.log', 'two.log', 'one.log', 'one.log']);
  await chart.focus();
  await page.keyboard.press('Shift+Z');
  await shown.getByRole('button', { name: /zoomed/ }).waitFor({ state: 'detached' });
  expect(await shown.getByText(/of 5,000 entries/).textContent()).toBe(before);
  await page.keyboard.press('Escape');
  await shown.waitFor({ state: 'detached' });
  expect(opened.errors).toEqual([]);
}, 120_000);

test('what is assumed of times is said, and leads to where it is changed', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, { name: 'messages', bytes: Array.from({ length: 300 }, (_, at) => `Mar 14 0${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}:05 web1 sshd[${at}]: Accepted publickey for user${at}`).join('\n') });
  await untilStage(page, 'ready');
  const panel = page.getByRole('region', { name: 'Timeline' });
  await panel.getByText(/UTC assumed · no year in file: 20\d\d assumed · change/).waitFor();
  await panel.getByRole('button', { name: 'change' }).click();
  await page.getByRole('dialog').waitFor();
  expect(opened.errors).toEqual([]);
}, 120_000);
