import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

const RECORDED = join(import.meta.dirname, '..', 'fixtures', 'recorded');
const OWN = 'Timetable';
let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** A training file of the classic kind: recorded lines with labels by hand, those of Cron under a label of its own. */
function labelledCsv(): string {
  const [, ...rows] = Papa.parse<[string, string]>(readFileSync(join(RECORDED, 'classic.csv'), 'utf8').trimEnd()).data;
  const [, ...labels] = readFileSync(join(RECORDED, 'classic.labels'), 'utf8').split('\n');
  return Papa.unparse({
    fields: ['timestamp', 'source', 'log_message', 'target_label', 'complexity'],
    data: rows.map(([source, message], at) => ['2025-03-14 03:12:00', source, message, source === 'Cron' ? OWN : labels[at] === '?' ? '' : labels[at], 'bert']),
  }, { newline: '\n' });
}

const panelOf = (page: Page): Locator => page.locator('details').filter({ hasText: 'This file carries labels (column target_label)' }).first();

/** Share of labelled rows whose verdict is their label, from the file as it is saved. */
async function savedAccuracy(page: Page): Promise<{ share: string; rows: Record<string, string>[] }> {
  const rows = rowsOf((await downloadCsv(page)).bytes);
  const labelled = rows.filter((row) => row['target_label'] !== '');
  const right = labelled.filter((row) => row['target_label'] === row['target_label_2']).length;
  return { share: `${((100 * right) / labelled.length).toFixed(1)} %`, rows };
}

test('a file that carries labels: compared, trained on, and sorted by what was learnt', async () => {
  opened = await openPage(`${inject('site')}?save=download`);
  const { page } = opened;
  await drop(page, { name: 'labelled.csv', mimeType: 'text/csv', bytes: labelledCsv() });
  await untilStage(page, 'ready');

  // The headline is what the saved file says, whose own column of labels stays as it was.
  const before = await savedAccuracy(page);
  expect(Object.keys(before.rows[0])).toEqual(['timestamp', 'source', 'log_message', 'target_label', 'complexity', 'target_label_2', 'confidence', 'decided_by']);
  await expect.poll(() => panelOf(page).locator('summary').innerText()).toContain(before.share);

  // A cell of the matrix opens the very rows that it counts.
  const wanted = before.rows.filter((row) => row['target_label'] === 'Error' && row['target_label_2'] === 'Unclassified');
  await page.getByRole('button', { name: `Labelled Error, verdict Unclassified: ${wanted.length} lines` }).press('Enter');
  const grid = page.locator('[role=grid]');
  await expect.poll(() => grid.evaluate((list) => list.contains(document.activeElement))).toBe(true);
  await expect.poll(() => grid.getByText(String(wanted[0]['log_message']).slice(0, 40), { exact: false }).count()).toBeGreaterThan(0);
  expect(await page.getByRole('group', { name: 'What is shown' }).innerText()).toContain(`${wanted.length} of ${before.rows.length} entries`);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save what is shown' }).click()]);
  expect(rowsOf(readFileSync(await saved.path())).map((row) => row['log_message'])).toEqual(wanted.map((row) => row['log_message']));
  await page.getByRole('button', { name: 'Show everything' }).click();

  // The threshold moves the figures at once.
  const answered = (): Promise<string> => panelOf(page).getByText('Answered:').innerText();
  const first = await answered();
  await page.getByRole('slider', { name: 'Sure enough from' }).fill('0.9');
  await expect.poll(answered).not.toBe(first);
  await page.getByRole('slider', { name: 'Sure enough from' }).fill('0.5');
  await expect.poll(answered).toBe(first);

  // Cancelled, a training leaves nothing behind; let run, it ends with figures that a random split flatters.
  await page.getByRole('button', { name: 'Train on these labels…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Train on these labels' });
  await dialog.getByRole('button', { name: 'Train', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Train', exact: true }).click();
  await dialog.getByRole('row', { name: /^Mean of the three/ }).waitFor({ timeout: 90_000 });
  const figures = (await dialog.getByRole('row', { name: /^Mean of the three/ }).getByRole('cell').allInnerTexts()).map(parseFloat);
  expect(figures[0]).toBeGreaterThan(50);
  expect(figures[2]).toBeGreaterThan(figures[0]);

  await dialog.getByRole('slider', { name: 'Threshold for the trained models' }).fill('0.4');
  await dialog.getByRole('button', { name: 'Use instead of it' }).first().click();
  await dialog.getByText('Done: they vote instead of the shipped model now.').waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await untilStage(page, 'ready');
  expect(await page.getByRole('slider', { name: 'Sure enough from' }).inputValue()).toBe('0.4');
  await panelOf(page).getByText('Models in use have learnt from these very labels').waitFor();
  const after = await savedAccuracy(page);
  expect(parseFloat(after.share)).toBeGreaterThan(parseFloat(before.share));
  expect(before.rows.some((row) => row['target_label_2'] === OWN)).toBe(false);
  expect(after.rows.filter((row) => row['target_label'] === OWN && row['target_label_2'] === OWN).length).toBeGreaterThan(3);
  expect(opened.errors).toEqual([]);
});

test('our own output is no truth; a column named by hand is', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  const text = `source,log_message,target_label,confidence,decided_by\n${Array.from({ length: 20 }, (_, i) => `CRM,User User${i} logged in.,${i % 2 ? 'User Action' : 'Error'},1,rule`).join('\n')}\n`;
  await drop(page, { name: 'labelled-before.csv', mimeType: 'text/csv', bytes: text });
  await untilStage(page, 'ready');
  expect(await panelOf(page).count()).toBe(0);
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  await page.getByRole('combobox', { name: 'True label' }).selectOption('target_label');
  await page.getByRole('button', { name: 'Read again' }).click();
  await panelOf(page).waitFor();
  await expect.poll(() => panelOf(page).locator('summary').innerText()).toContain('50.0 % of 20 lines right');
});

test('models made elsewhere: refused in words where they cannot be used, else used, and taken off again', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await drop(page, { name: 'labelled.csv', mimeType: 'text/csv', bytes: labelledCsv().split('\n').slice(0, 120).join('\n') });
  await untilStage(page, 'ready');
  const before = await panelOf(page).locator('summary').innerText();
  await page.getByRole('button', { name: 'Train on these labels…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Train on these labels' });
  await dialog.getByText('Add a model made elsewhere (ONNX)').click();
  const input = dialog.getByLabel('Model files');
  const refusalOf = async (files: readonly { name: string; content: string }[]): Promise<string> => {
    await input.setInputFiles(files.map(({ name, content }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content, 'latin1') })));
    return dialog.getByRole('alert').innerText();
  };
  expect(await refusalOf([{ name: 'model.onnx', content: '\x80\x04pickle' }])).toContain('pickle');
  expect(await refusalOf([{ name: 'names.json', content: '["Error"]' }])).toContain('no .onnx file');
  expect(await refusalOf([{ name: 'model.onnx', content: 'x' }, { name: 'names.json', content: '{"__proto__": ["Error"]}' }])).toContain('no list of class names');
  expect(await panelOf(page).locator('summary').innerText()).toBe(before);

  // One of scikit-learn's that knows nothing of logs: it votes, and taken off leaves no trace.
  await input.setInputFiles(join(RECORDED, '..', 'added-models', 'logistic-regression.onnx'));
  await dialog.getByText('made by skl2onnx').waitFor();
  await dialog.getByRole('button', { name: 'Use instead of it' }).click();
  await dialog.getByText('Done: they vote instead of the shipped model now.').waitFor({ timeout: 60_000 });
  expect(await panelOf(page).locator('summary').innerText()).not.toBe(before);
  await dialog.getByRole('button', { name: 'Use the shipped models only' }).click();
  await dialog.getByText('Only the shipped models vote again.').waitFor({ timeout: 60_000 });
  await expect.poll(() => panelOf(page).locator('summary').innerText()).toBe(before);
});
