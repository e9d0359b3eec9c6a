import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';
import { cellsOf, rowsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

async function labelled(files: readonly Dropped[]): Promise<Buffer> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  const { page } = opened;
  await drop(page, files);
  await untilStage(page, 'ready');
  expect(await words(page, 'alert')).toBe('');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  return (await downloadCsv(page)).bytes;
}

describe('several files at once', () => {
  test('of the same columns keep their records, each with the name of its file', async () => {
    const one = ['CRM,"User User1 logged in."', 'ERP,invoice 17 written'];
    const two = ['CRM,"a, b and c failed"', 'HR,nothing to do'];
    const saved = await labelled([
      { name: 'one.csv', bytes: `source,log_message\n${one.join('\n')}\n` }, { name: 'two.csv', bytes: `source,log_message\n${two.join('\n')}\n` },
    ]);
    const lines = saved.toString('utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('file,source,log_message,target_label,confidence,decided_by');
    expect(lines.slice(1).map((line) => line.replace(/,[A-Za-z ]+,[\d.]+,(rule|model|none)$/, ''))).toEqual([...one.map((line) => `one.csv,${line}`), ...two.map((line) => `two.csv,${line}`)]);
  });

  test('of different forms share one set of columns', async () => {
    const saved = await labelled([
      { name: 'one.csv', bytes: 'when,service,text\n2024-01-02T03:04:05Z,CRM,"User User1 logged in."\n' },
      { name: 'two.log', bytes: 'Jan  2 03:04:05 web1 sshd[17]: Failed password for root from 10.0.0.1 port 22 ssh2\nJan  2 03:04:06 web1 cron[18]: job started\n' },
    ]);
    expect(cellsOf(saved)[0]).toEqual(['file', 'line', 'timestamp', 'source', 'level', 'log_message', 'target_label', 'confidence', 'decided_by']);
    const rows = rowsOf(saved);
    expect(rows.map((row) => [row['file'], row['line'], row['source'], row['log_message']])).toEqual([
      ['one.csv', '2', 'CRM', 'User User1 logged in.'], ['two.log', '1', 'sshd', 'Failed password for root from 10.0.0.1 port 22 ssh2'], ['two.log', '2', 'cron', 'job started'],
    ]);
  });
});
