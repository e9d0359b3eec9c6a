import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  expect(opened?.errors).toEqual([]);
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function open(): Promise<OpenPage['page']> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  return opened.page;
}

/** A verdict of a rule on the second column shows which column was read. */
const ODD = 'qx,zz,kk\n1,User User7 logged in.,10\n2,User User8 logged out.,20\n3,User User9 logged in.,30\n';
const LOOKALIKE = 'note,detail,log_message\nUser User7 logged in.,alpha beta gamma,x1\nUser User8 logged in.,delta epsilon,x2\n';

test('where no column is clearly the message the page asks, and reads the one that is chosen', async () => {
  const page = await open();
  await drop(page, { name: 'numbers.csv', bytes: 'id,count,price\n1,2,User User7 logged in.\n4,5,6\n7,8,9\n' });
  const dialog = page.getByRole('dialog', { name: 'Which column holds the message?' });
  await dialog.waitFor();
  expect(await words(page, 'alert')).toMatch(/numbers\.csv/);
  await dialog.getByRole('combobox', { name: 'Message' }).selectOption({ label: 'price' });
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await untilStage(page, 'ready');
  expect(await words(page, 'alert')).toBe('');
  const lines = (await downloadCsv(page)).bytes.toString('utf8').split('\n');
  expect(lines[1]).toBe('1,2,User User7 logged in.,User Action,1,rule');
});

test('odd names are no hindrance', async () => {
  const page = await open();
  await drop(page, { name: 'odd.csv', bytes: ODD });
  await page.locator('main[data-stage=ready],dialog[open]').first().waitFor({ state: 'attached' });
  const dialog = page.getByRole('dialog', { name: 'Which column holds the message?' });
  if (await dialog.isVisible()) {
    await dialog.getByRole('combobox', { name: 'Message' }).selectOption({ label: 'zz' });
    await dialog.getByRole('button', { name: 'Read the file' }).click();
  }
  await untilStage(page, 'ready');
  const lines = (await downloadCsv(page)).bytes.toString('utf8').trimEnd().split('\n');
  expect(lines.slice(1).every((line) => line.endsWith(',User Action,1,rule'))).toBe(true);
});

test('a wrong guess can be corrected, and the file is read again', async () => {
  const page = await open();
  await drop(page, { name: 'lookalike.csv', bytes: LOOKALIKE });
  await untilStage(page, 'ready');
  await page.getByText('message = log_message').waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'How this file is read' });
  await dialog.getByRole('combobox', { name: 'Message' }).selectOption({ label: 'note' });
  await dialog.getByRole('combobox', { name: 'Source' }).selectOption({ label: 'detail' });
  await dialog.getByRole('button', { name: 'Read again' }).click();
  await page.getByText('source = detail, message = note').waitFor();
  await untilStage(page, 'ready');
  const lines = (await downloadCsv(page)).bytes.toString('utf8').trimEnd().split('\n');
  expect(lines).toEqual(['note,detail,log_message,target_label,confidence,decided_by', ...LOOKALIKE.trimEnd().split('\n').slice(1).map((line) => `${line},User Action,1,rule`)]);
});

test('of several files the one that is not clear is asked about, and the others keep their columns', async () => {
  const page = await open();
  await drop(page, [{ name: 'clear.csv', bytes: 'source,log_message\nCRM,User User7 logged in.\n' }, { name: 'odd.csv', bytes: 'id,count,price\n1,2,User User8 logged in.\n4,5,6\n7,8,9\n' }]);
  const dialog = page.getByRole('dialog', { name: 'Which column holds the message?' });
  await dialog.getByRole('columnheader', { name: 'price' }).waitFor();
  await dialog.getByRole('cell', { name: 'User User8 logged in.' }).waitFor();
  expect(await words(page, 'alert')).toMatch(/odd\.csv/);
  await dialog.getByRole('combobox', { name: 'Message' }).selectOption({ label: 'price' });
  await dialog.getByRole('button', { name: 'Read the file' }).click();
  await untilStage(page, 'ready');
  const lines = (await downloadCsv(page)).bytes.toString('utf8').split('\n');
  expect(lines[1]).toBe('clear.csv,2,,CRM,,User User7 logged in.,User Action,1,rule');
  expect(lines[2]).toBe('odd.csv,2,,,,User User8 logged in.,User Action,1,rule');
});
