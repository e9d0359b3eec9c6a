import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';
import { cellsOf } from './saved-csv.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const HOSTILE = '<img src=x onerror=alert(1)><script>document.title="owned"</script>';
const CSV = `source,log_message\nweb,"login failed for jane@example.org from 10.0.0.1 ${HOSTILE}"\nweb,"login failed for jane@example.org from 10.0.0.2 ${HOSTILE}"\n${HOSTILE},disk full\n`;

async function dialog(files: Dropped | readonly Dropped[]): Promise<OpenPage> {
  opened = await openPage(`${inject('site')}?save=download`);
  await drop(opened.page, files);
  await untilStage(opened.page, 'ready');
  await opened.page.getByRole('button', { name: 'More ways to save…' }).click();
  return opened;
}

async function saved({ page }: OpenPage, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: download.suggestedFilename(), text: await textOf(download) };
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

describe('more ways to save', () => {
  test('JSON lines, with the reason', async () => {
    const open = await dialog({ name: 'a.log', bytes: '2024-01-02T03:04:05Z ERROR disk full\nplain\n' });
    await open.page.getByLabel('JSON lines').check();
    await open.page.getByLabel('Reason').check();
    const { name, text } = await saved(open, 'Save JSON lines');
    expect(name).toBe('a.labelled.jsonl');
    const objects = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects[0]).toMatchObject({ line: 1, timestamp: '2024-01-02T03:04:05Z', time: '2024-01-02T03:04:05.000Z', level: 'error' });
    expect(objects.map(({ reason }) => typeof reason === 'string' && reason !== '')).toEqual([true, true]);
    expect(open.errors).toEqual([]);
  });

  test('a CSV without addresses, after a look at what changes', async () => {
    const open = await dialog({ name: 'a.csv', bytes: CSV });
    await open.page.getByLabel('IP and MAC addresses').check();
    await open.page.getByLabel('E-mail addresses').check();
    await open.page.getByText('2 of the first 3 rows would change.').waitFor();
    await open.page.getByLabel('Your own expressions, one a line (RE2)').fill('(?=x)');
    await open.page.getByText('“(?=x)”').first().waitFor();
    await open.page.getByLabel('Your own expressions, one a line (RE2)').fill('disk \\w+');
    await open.page.getByText('3 of the first 3 rows would change.').waitFor();
    const { text } = await saved(open, 'Save CSV');
    const cells = cellsOf(Buffer.from(text));
    expect(cells[0]).toEqual(['source', 'log_message', 'target_label', 'confidence', 'decided_by']);
    const [one, two, three] = cells.slice(1).map((row) => row[1]);
    expect(one.replace(/ [0-9a-f]{10}\]/g, ']')).toBe(`login failed for [email] from [ip] ${HOSTILE}`);
    expect(one.slice(0, 40)).toBe(two.slice(0, 40));
    expect(one).not.toBe(two);
    expect(three).toMatch(/^\[own [0-9a-f]{10}\]$/);
  });

  test('a report in which nothing of the log acts, and a manifest with the hash of the file and what was saved of it', async () => {
    const open = await dialog({ name: 'a.csv', bytes: CSV });
    await saved(open, 'Save CSV');
    await open.page.getByLabel('Include raw examples in the report').check();
    const report = await saved(open, 'Report (HTML)');
    const manifest = JSON.parse((await saved(open, 'Manifest (JSON)')).text) as { inputs: { sha256: string; bytes: number }[]; entries: number; build: string; outputs: { rows: number }[]; decisions: { models: unknown[] } };
    expect(manifest.inputs).toMatchObject([{ sha256: createHash('sha256').update(CSV).digest('hex'), bytes: CSV.length }]);
    expect([manifest.entries, manifest.outputs.map(({ rows }) => rows)]).toEqual([3, [3]]);
    expect(manifest.build).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.decisions.models.length).toBeGreaterThan(5);
    expect(report.text).toContain('onerror=alert(1)');
    const page = await open.context.newPage();
    await page.setContent(report.text);
    expect(await page.locator('script, img, iframe, object, link, [onerror], [onload]').count()).toBe(0);
    expect(await page.title()).toBe('Report on a.csv');
    expect(await page.locator('h1').textContent()).toContain('3 entries');
    expect(await page.locator('.patterns .raw').first().textContent()).toContain('<script>');
    // It was made for paper too.
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5000);
  });
});
