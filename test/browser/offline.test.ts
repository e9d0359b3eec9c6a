import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';
import { serveFolder } from './static-server.ts';
import type { StaticServer } from './static-server.ts';

const FIRST = 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n';
const SECOND = Array.from({ length: 30 }, (_, at) => JSON.stringify({
  time: `2024-05-06T07:${String(8 + at)}:09Z`, level: at % 3 === 0 ? 'error' : 'info', logger: at % 2 === 0 ? 'stock' : 'mail',
  msg: at % 3 === 0 ? `could not reserve item ${at} in warehouse ${at % 4}: timeout` : `shipment ${at} handed over to carrier`,
})).join('\n') + '\n';

let server: StaticServer;
let opened: OpenPage;

beforeEach(async () => {
  server = await serveFolder(inject('dist'));
  opened = await openPage(`${server.url}?save=download`);
});
afterEach(async () => {
  await opened.close();
  await server.stop();
});
afterAll(closeBrowser);

test('after a first file a further one, of another form, goes all the way with the server gone', async () => {
  const { page } = opened;
  await drop(page, { name: 'first.csv', mimeType: 'text/csv', bytes: FIRST });
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  await server.stop();
  const asked = opened.requests.length;

  await drop(page, { name: 'second.ndjson', bytes: SECOND });
  await page.getByText('second.ndjson', { exact: true }).first().waitFor();
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  expect(await words(page, 'alert')).toBe('');

  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(rows.map((row) => row['log_message'])).toEqual(SECOND.trimEnd().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg));
  expect(new Set(rows.map((row) => row['decided_by']))).toContain('model');

  // Charts, their tables and pictures, details and help: nothing of it is fetched only now.
  await page.getByRole('img', { name: /over the log/ }).waitFor();
  await page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: 'Table' }).click();
  await page.getByRole('region', { name: 'Timeline' }).getByRole('table').waitFor();
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG of Categories' }).click()]);
  expect(picture.suggestedFilename()).toMatch(/\.png$/);
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await page.getByRole('grid', { name: 'Patterns' }).getByText(/could not reserve item/).first().click();
  const details = page.getByRole('complementary', { name: 'Pattern details' });
  await details.getByText(/^could not reserve item 0 in warehouse 0/).first().waitFor();
  await details.getByRole('heading', { name: 'Nearest labelled example' }).waitFor();
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('dialog', { name: 'Help' }).getByText('What the categories mean').waitFor();
  await page.getByRole('dialog', { name: 'Help' }).getByText(/^Measured on kinds of programs that the model had never seen: of 100 lines it called Security Alert, \d/).waitFor();

  expect(opened.requests.slice(asked).filter((address) => !/^(blob|data):/.test(address))).toEqual([]);
  expect(opened.strays()).toEqual([]);
  expect(opened.errors).toEqual([]);
});
