import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { RECORDED, cellsOf, recordedLogs, rowsOf } from './saved-csv.ts';

/** Of different forms: CRLF, syslog, ndjson, access log, several lines an entry, console output. `WINNOW_ALL_LOGS=1` takes all. */
const CHOSEN = ['apache-access.log', 'auth.log', 'node-json.log', 'nginx-error.log', 'sshd.log', 'tomcat.log', 'ansible.log'];
const LOGS = process.env['WINNOW_ALL_LOGS'] === '1' ? recordedLogs() : recordedLogs().filter((name) => CHOSEN.includes(name));
const LABELS: readonly string[] = [...CATEGORY_NAMES, UNCLASSIFIED];

/** One page for all: the models are loaded once, and each file comes after another as for a person. */
let opened: OpenPage;

beforeAll(async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  await untilStage(opened.page, 'empty');
});
afterEach(() => {
  expect(opened.strays()).toEqual([]);
  expect(opened.errors).toEqual([]);
});
afterAll(async () => {
  await opened.close();
  await closeBrowser();
});

async function label(name: string): Promise<{ original: Buffer; saved: Buffer }> {
  const { page } = opened;
  await drop(page, join(RECORDED, name));
  await page.getByText(name, { exact: true }).first().waitFor();
  await untilStage(page, 'ready');
  expect(await page.locator('main').first().getAttribute('data-complete')).toBe('true');
  expect(await words(page, 'alert')).toBe('');
  return { original: readFileSync(join(RECORDED, name)), saved: (await downloadCsv(page)).bytes };
}

function expectVerdict(row: Readonly<Record<string, string>>): void {
  const { target_label, confidence, decided_by } = row;
  expect(LABELS).toContain(target_label);
  expect(['rule', 'model', 'none']).toContain(decided_by);
  expect(Number(confidence)).toBeGreaterThanOrEqual(0);
  expect(Number(confidence)).toBeLessThanOrEqual(1);
  expect(target_label === UNCLASSIFIED).toBe(decided_by === 'none');
}

/** Whether a message is what its lines say: their end, or a value of the object that the line is. */
function says(lines: string, message: string): boolean {
  return lines.endsWith(message.replaceAll('\r\n', '\n')) || (lines.startsWith('{') && Object.values(JSON.parse(lines) as object).includes(message));
}

describe('what real programs logged', () => {
  test('there are recorded logs to try', () => expect(LOGS.length).toBeGreaterThanOrEqual(3));

  test.each(LOGS)('%s: a row for every entry, in order, with its own words, and no line left out', async (name) => {
    const { original, saved } = await label(name);
    const lines = original.toString('utf8').split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    const rows = rowsOf(saved);
    const starts = [...rows.map((row) => Number(row['line'])), lines.length + 1];
    expect(starts[0]).toBe(1);
    // Only traces and what is indented make entries of several lines.
    expect(rows.length).toBeGreaterThan(lines.length * 0.4);
    for (const [at, row] of rows.entries()) {
      const own = lines.slice((starts[at] as number) - 1, (starts[at + 1] as number) - 1).join('\n').trimEnd();
      expect(starts[at + 1]).toBeGreaterThan(starts[at] as number);
      expect(says(own, (row['log_message'] as string).trimEnd()), `line ${starts[at]}: ${row['log_message']} is not the end of ${own}`).toBe(true);
      expectVerdict(row);
    }
  });

  test('classic.csv: every record begins with its own bytes', async () => {
    const { original, saved } = await label('classic.csv');
    const columns = ',target_label,confidence,decided_by';
    let from = 0;
    let at = 0;
    for (const line of original.toString('latin1').split('\n').slice(0, -1)) {
      const own = Buffer.from(line, 'latin1');
      expect(saved.subarray(from, from + own.length).equals(own), `record ${at}`).toBe(true);
      const end = saved.indexOf(10, from + own.length);
      const added = saved.toString('utf8', from + own.length, end);
      if (at === 0) expect(added).toBe(columns);
      else expect(added).toMatch(/^,[A-Za-z ]+,[01](?:\.\d+)?,(?:rule|model|none)$/);
      from = end + 1;
      at++;
    }
    expect(from).toBe(saved.length);
    for (const row of rowsOf(saved)) expectVerdict(row);
    expect(cellsOf(saved)).toHaveLength(cellsOf(original).length);
  });
});
