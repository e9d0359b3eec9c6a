import type { Locator } from 'playwright-core';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';
import { cellsOf, rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  expect(opened?.errors).toEqual([]);
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** Drops files and opens the dialog on how they are read. */
async function read(files: Dropped | readonly Dropped[]): Promise<{ page: OpenPage['page']; dialog: Locator }> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  const { page } = opened;
  await drop(page, files);
  await untilStage(page, 'ready');
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'How this file is read' });
  await dialog.getByRole('table', { name: /first entries/ }).waitFor();
  return { page, dialog };
}

async function again(page: OpenPage['page'], dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await untilStage(page, 'ready');
}

const preview = (dialog: Locator): Locator => dialog.getByRole('table', { name: /first entries/ });
const CSV = 'time,source,log_message\n2024-07-02 03:04:05,CRM,User User7 logged in.\n2024-07-02 03:04:06,CRM,User User8 logged in.\n';

test('times that name no zone move with the zone that is chosen, and what was taught stays', async () => {
  const { page, dialog } = await read({ name: 'a.csv', bytes: CSV });
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await page.getByRole('grid', { name: 'Patterns' }).getByRole('row').nth(1).click();
  await page.keyboard.press('r');
  await untilStage(page, 'ready');
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  await preview(dialog).getByText('2024-07-02 03:04:05').waitFor();
  expect(await dialog.getByRole('button', { name: 'Read again' }).isDisabled()).toBe(true);
  await dialog.getByRole('combobox', { name: /Zone/ }).selectOption('America/New_York');
  await preview(dialog).getByText('2024-07-02 07:04:05').waitFor();
  await again(page, dialog);
  await page.getByText('07:04').first().waitFor();
  const saved = (await downloadCsv(page)).bytes.toString('utf8').split('\n');
  expect(saved[1]).toMatch(/^2024-07-02 03:04:05,CRM,User User7 logged in\.,Resource Usage,1,person$/);
});

test('a table can be read as plain lines, header and all', async () => {
  const { page, dialog } = await read({ name: 'a.csv', bytes: CSV });
  await page.getByText('message = log_message').waitFor();
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('lines');
  await preview(dialog).getByText('time,source,log_message').waitFor();
  await again(page, dialog);
  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(rows.map((row) => row['line'])).toEqual(['1', '2', '3']);
});

test('an encoding that was not guessed can be chosen, and the file comes out in it', async () => {
  const text = 'source,log_message\nCRM,"Übergröße: naïve"\n';
  const { page, dialog } = await read({ name: 'a.csv', bytes: Buffer.from(text, 'utf8') });
  await preview(dialog).getByText('Übergröße: naïve').waitFor();
  await dialog.getByRole('combobox', { name: 'Encoding' }).selectOption('windows-1252');
  await preview(dialog).getByText('ÃœbergrÃ¶ÃŸe: naÃ¯ve').waitFor();
  await again(page, dialog);
  await page.getByText('Windows-1252').first().waitFor();
  // The same bytes, whatever they are taken for.
  expect((await downloadCsv(page)).bytes.includes(Buffer.from('Übergröße: naïve', 'utf8'))).toBe(true);
});

const ODD = Array.from({ length: 30 }, (_, i) => `#${i}|03.01.2024 04:05:${String(i).padStart(2, '0')}|${['pay-svc', 'crm'][i % 2]}|!!${'EIW'[i % 3]}|Something ${['broke', 'went well', 'is slow'][i % 3]}\n`).join('');

test('an odd format is described by marking one line, by keyboard alone', async () => {
  const { page, dialog } = await read({ name: 'odd.log', bytes: ODD });
  await dialog.getByRole('combobox', { name: 'Format' }).focus();
  await page.keyboard.press('End');
  await dialog.getByRole('listbox', { name: 'Parts of the line' }).waitFor();
  for (let tabs = 0; tabs < 12 && !(await dialog.getByRole('listbox').evaluate((list) => list === document.activeElement)); tabs++) await page.keyboard.press('Tab');
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  // # 0 | time | pay - svc | ! ! E | message
  await press('ArrowRight', 'ArrowRight', 'ArrowRight', 't', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 's', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'l', 'ArrowRight', 'Shift+End', 'm');
  await dialog.getByText('30 of 30 lines fit.').waitFor();
  const first = preview(dialog).getByRole('row').nth(1);
  expect(await first.getByRole('cell').allTextContents()).toEqual(['1', '2024-01-03 04:05:00', 'error', 'pay-svc', 'Something broke']);
  const go = dialog.getByRole('button', { name: 'Read again' });
  for (let tabs = 0; tabs < 30 && !(await go.evaluate((button) => button === document.activeElement)); tabs++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await untilStage(page, 'ready');
  await page.getByText('Read as My format').waitFor();
  const saved = (await downloadCsv(page)).bytes;
  expect(cellsOf(saved)[0]).toEqual(['line', 'timestamp', 'source', 'level', 'log_message', 'target_label', 'confidence', 'decided_by']);
  expect(rowsOf(saved).slice(0, 2).map((row) => [row['timestamp'], row['source'], row['level'], row['log_message']])).toEqual([
    ['03.01.2024 04:05:00', 'pay-svc', 'error', 'Something broke'], ['03.01.2024 04:05:01', 'crm', 'info', 'Something went well'],
  ]);
});

test('a format that fits nothing else says what other lines lack, and is saved and loaded', async () => {
  const { page, dialog } = await read({ name: 'odd.log', bytes: `<once> a line of its own\n${ODD}` });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'My own format…' });
  const parts = dialog.getByRole('listbox', { name: 'Parts of the line' });
  await parts.getByRole('option', { name: 'once' }).click();
  await dialog.getByRole('button', { name: 'Source s' }).click();
  await dialog.getByText('No other line fits: most do not begin with “<”.').waitFor();
  // With the mouse: drag over the stamp of another line.
  await dialog.getByRole('radio').nth(1).check();
  await parts.getByRole('option', { name: '03.01.2024 04:05:00' }).dragTo(parts.getByRole('option', { name: '03.01.2024 04:05:00' }));
  await dialog.getByRole('button', { name: 'Time t' }).click();
  await dialog.getByText('30 of 31 lines fit.').waitFor();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('odd one');
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save to file' }).click()]);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Load from file…' }).click()]);
  await chooser.setFiles(await download.path());
  await dialog.getByText('Loaded 1 format.').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('odd one');
  await again(page, dialog);
  await page.getByText('Read as odd one').waitFor();
});

test('of several files each can be shown, and a zone holds for all', async () => {
  const { page, dialog } = await read([{ name: 'a.csv', bytes: CSV }, { name: 'b.log', bytes: '2024-07-02 05:06:07 INFO web: started\n2024-07-02 05:06:08 INFO web: stopped\n' }]);
  await dialog.getByRole('combobox', { name: 'File' }).selectOption({ label: 'b.log' });
  await preview(dialog).getByText('2024-07-02 05:06:07').waitFor();
  await dialog.getByRole('combobox', { name: /Zone/ }).selectOption('America/New_York');
  await preview(dialog).getByText('2024-07-02 09:06:07').waitFor();
  await again(page, dialog);
  const rows = page.getByRole('grid', { name: 'Rows' });
  await rows.getByText('07:04:06').waitFor();
  await rows.getByText('09:06:08').waitFor();
  expect(await words(page, 'alert')).toBe('');
});
