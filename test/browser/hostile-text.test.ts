import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Download, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { writeBundle } from '../../src/engine/bundle/write-bundle.ts';
import { EMPTY, lessonOf } from '../engine/bundle/made-bundle.ts';
import { ANSI, BIDI, TAG, copied, expectOnlyText, painted, watch } from './hostile-watch.ts';
import { zip } from './made-zip.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { Dropped, OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  expect(opened?.errors).toEqual([]);
  expect(opened?.strays()).toEqual([]);
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const NASTY = [TAG, ANSI, BIDI] as const;
/** Long, and with something of each kind at its end too, where only a part is shown. */
const ALL = `${BIDI}${TAG}${ANSI}`;
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const MESSAGES: readonly ((at: number) => string)[] = [
  () => `request failed: ${TAG}`, () => `colour ${ANSI} in a line that failed`, (at) => `download of ${BIDI} was denied for client ${at % 3}`,
  (at) => `=cmd|' /C calc'!A0 broke | \`a\` at ${at}\n-1+1 second ${ALL}`, (at) => `user ${['jane', 'joe'][at % 2]}${BIDI} logged in from 10.0.0.${at}`, () => ALL,
];
const HEADER = `time,source,log_message,label,"k<samp>${BIDI}",@SUM(A)`;
const ROWS = Array.from({ length: 60 }, (_, at) => [
  `2024-06-01 10:${String(at).padStart(2, '0')}:00`, `svc${NASTY[at % 3]}`, (MESSAGES[at % MESSAGES.length] as (at: number) => string)(at), ['Error', '<i>x</i>\u202e', '\u001b[1mb\u200b'][at % 3] as string, `@SUM(${at})`, ' \t=1',
]);
const LOG: Dropped = { name: `a${BIDI}<u id=injected>.csv`, bytes: `${HEADER}\n${ROWS.map((row) => row.map(cell).join(',')).join('\n')}\n"${ALL.replaceAll('"', '""')}",b\n` };

const OWN = { name: '=cmd|<b id=injected>*x* `y`', meaning: TAG, colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true };
const bundle = (label: string): Dropped => ({
  name: `b${BIDI}<u>.winnow.json`, mimeType: 'application/json',
  bytes: writeBundle({
    ...EMPTY, categories: [OWN], lessons: [lessonOf(label, [`nobody said ${ALL}`])],
    rules: { own: [{ id: 'own-nasty', pattern: "nasty<b id=injected>|calc'!A0", label, about: TAG, origin: 'own' }], off: [], splits: [] },
  }),
});
const rules: Dropped = { name: `r${BIDI}<u>.json`, bytes: JSON.stringify({ format: 'winnow-rules', version: 1, rules: [{ id: 'nasty-two', pattern: 'denied.*client|\\x{202E}', label: 'Fraud <b>', about: '' }, { id: 'nasty-three', pattern: TAG, label: 'Error', about: TAG }] }) };

async function open(file: Dropped | readonly Dropped[]): Promise<Page> {
  opened = await openPage(`${inject('site')}?save=download`, { prepare: (context) => watch(context) });
  const { page } = opened;
  await drop(page, file);
  await untilStage(page, 'ready');
  return page;
}

const payload = (file: Dropped): { name: string; mimeType: string; buffer: Buffer } => {
  if (typeof file === 'string') throw new Error('Made files only.');
  return { name: file.name, mimeType: 'text/plain', buffer: Buffer.from(file.bytes) };
};
const press = (within: Page | Locator, name: string | RegExp): Promise<void> => within.getByRole('button', { name, exact: typeof name === 'string' }).first().click();

async function saved(page: Page, within: Page | Locator, name: string | RegExp): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(within, name)]) as [Download, void];
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Names of saved files: the browser would keep what reorders the letters of their ending. */
function expectPlainName(name: string): void {
  expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>]/u);
}

async function dialog(page: Page, button: string | RegExp): Promise<Locator> {
  await press(page, button);
  const box = page.locator('dialog[open]');
  await box.waitFor();
  return box;
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => undefined);
}

test('markup, controls and what reorders text are shown as text in lists, details, charts and tables', async () => {
  const page = await open(LOG);
  await press(page, /lines? does not fit/);
  await page.locator('dialog[open]').getByText('fewer fields than the header').waitFor();
  await close(page);
  await page.getByRole('grid', { name: 'Rows' }).getByText('‹U+202E›').first().click();
  for (let step = 0; step < 6; step++) await page.keyboard.press('j');
  await expectOnlyText(page, 'rows');

  await page.getByRole('tab', { name: /Patterns/ }).click();
  const patterns = page.getByRole('grid', { name: 'Patterns' });
  for (let at = 1; at <= MESSAGES.length; at++) {
    await patterns.getByRole('row').nth(at).click();
    await page.getByRole('complementary', { name: 'Pattern details' }).getByText(/line \d/).first().waitFor();
  }
  await press(page, 'Split by a value');
  await page.locator('dialog[open]').getByText(/Values in this place|nothing to split/).first().waitFor();
  await close(page);
  await press(page, 'Make a rule of this');
  await page.locator('dialog[open]').getByRole('combobox').first().waitFor();
  await close(page);
  await expectOnlyText(page, 'patterns');

  // What a chart writes about a bar is drawn, not an element.
  const sources = page.getByRole('region', { name: 'Source × category' });
  const canvas = sources.locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox()) as { x: number; y: number; width: number; height: number };
  await expect.poll(async () => {
    for (const share of [0.1, 0.3, 0.5, 0.7]) await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * share);
    return (await painted(page)).some((text) => text === `svc${TAG}`);
  }).toBe(true);
  expect((await painted(page)).some((text) => text.startsWith('svc‹ESC›[2J'))).toBe(true);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('slider').focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowRight');
  await press(timeline, 'Table');
  await press(sources, /^svc<img/);
  await press(page, /^Labelled <i>x<\/i>‹U\+202E›, verdict/);
  await page.getByRole('group', { name: 'What is shown' }).waitFor();
  await expectOnlyText(page, 'charts, filters, labels of the file');
  await press(page, 'Show everything');
  for (const chart of ['Categories', 'Source × category']) {
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, new RegExp(`^PNG ?of ${chart}`))]);
    expect(download.suggestedFilename()).toMatch(/^winnow-[a-z-]+\.png$/);
  }
  await expectOnlyText(page, 'pictures');

  await page.getByRole('tab', { name: /Patterns/ }).click();
  for (const what of ['categories', 'sources', 'patterns']) await press(page, new RegExp(`^Copy ?the ${what} as Markdown`));
  const tables = await copied(page);
  expect(tables).toHaveLength(3);
  for (const table of tables) {
    const lines = table.trimEnd().split('\n');
    const cells = lines.map((line) => line.replace(/\\[^a-z]/g, '').split('|').length);
    expect(new Set(cells), table).toEqual(new Set([cells[0]]));
    expect(table.replace(/\\[^a-z]|&(lt|gt|amp);/g, '')).not.toMatch(/[<>`*&[\]]/);
  }
});

test('what a person teaches, loads and searches by is text in every dialog', async () => {
  const page = await open(LOG);
  await page.locator('input[type=file]').first().setInputFiles(payload(bundle(OWN.name)));
  const load = page.locator('dialog[open]');
  await press(load, 'Load it');
  await load.getByText(/^Loaded/).waitFor();
  await close(page);
  await untilStage(page, 'ready');
  await page.locator('input[type=file]').first().setInputFiles(payload(bundle('Error')));
  await load.getByRole('list', { name: 'Conflicts' }).waitFor();
  await expectOnlyText(page, 'bundles and their conflicts');
  await press(load, 'Leave it');
  expectPlainName((await saved(page, load, 'Save bundle')).name);
  await close(page);

  const desk = await dialog(page, 'Rules');
  await desk.getByLabel('File of rules').setInputFiles(payload(rules));
  await desk.getByText('Fraud <b>').first().waitFor();
  for (const [pattern, about, id] of [[ALL, '', 'own'], ['x', ALL, 'own'], ['x', '', ALL]]) await desk.getByLabel('File of rules').setInputFiles({ name: `bad${BIDI}<u>.json`, mimeType: 'text/plain', buffer: Buffer.from(JSON.stringify({ format: 'winnow-rules', version: 1, rules: [{ id, pattern, label: 'Error', about }] })) });
  await desk.getByText(/was refused/).waitFor();
  await press(desk, 'New rule');
  await desk.getByRole('textbox').first().fill(`(${TAG}`);
  await desk.getByText('Not usable:').waitFor();
  await expectOnlyText(page, 'rules');
  await close(page);

  for (const [button, shown] of [['Ask me', /What (are these|is this)|nothing|No /], ['Spot check', 'Begin'], ['Categories', OWN.name], ['Help and keys', 'Unclassified']] as const) {
    const box = await dialog(page, button);
    await box.getByText(shown).first().waitFor();
    if (button === 'Spot check') {
      await press(box, 'Begin');
      for (let at = 0; at < 3; at++) await page.keyboard.press(at === 1 ? 'e' : 'Enter');
    }
    if (button === 'Categories') await press(box, /^Change /);
    await expectOnlyText(page, button);
    await close(page);
  }
  const clusters = await dialog(page, 'Clusters');
  await clusters.getByText(/clusters? of two|No two patterns|nothing to cluster/).first().waitFor({ timeout: 30_000 });
  await clusters.getByRole('tab', { name: 'Map' }).click();
  await clusters.getByText(/Distance is approximate|nothing to map|Draw the map/).first().waitFor({ timeout: 30_000 });
  await expectOnlyText(page, 'clusters');
  await close(page);
  const models = await dialog(page, 'Train on these labels…');
  expect(await models.getByLabel('Name').inputValue()).toContain('‹U+202E›');
  await models.getByText('Add a model made elsewhere (ONNX)').click();
  await models.getByLabel('Model files').setInputFiles({ name: `m${BIDI}<u>.onnx`, mimeType: 'application/octet-stream', buffer: Buffer.from('\x80\x04pickle', 'latin1') });
  await models.getByRole('alert').waitFor();
  await expectOnlyText(page, 'models');
  await close(page);
});

test('nothing that is saved acts: rows in a spreadsheet, the report in a browser, the names of the files', async () => {
  const page = await open(LOG);
  await page.locator('input[type=file]').first().setInputFiles(payload(bundle(OWN.name)));
  await press(page.locator('dialog[open]'), 'Load it');
  await page.locator('dialog[open]').getByText(/^Loaded/).waitFor();
  await close(page);
  await untilStage(page, 'ready');
  const box = await dialog(page, 'More ways to save…');
  for (const column of ['Reason', 'Pattern', 'Best guess']) await box.getByLabel(column).check();
  const csv = await saved(page, box, 'Save CSV');
  const cells = Papa.parse<string[]>(csv.text.trimEnd(), { delimiter: ',' }).data;
  expect(cells[0]?.slice(3, 8)).toEqual(['label', `k<samp>${BIDI}`, "'@SUM(A)", 'target_label', 'confidence']);
  expect(cells).toHaveLength(ROWS.length + 2);
  expect(cells.some((row) => row.includes(`'${OWN.name}`))).toBe(true);
  for (const one of cells.flat()) expect(one).not.toMatch(/^(?!-$)[\s"\p{Cc}\p{Cf}]*[=+@\-＝＋－＠]/u);

  await box.getByLabel('IP and MAC addresses').check();
  await box.getByLabel('Your own expressions, one a line (RE2)').fill('request \\w+\n(?=x)');
  await box.getByText('“(?=x)”').first().waitFor();
  await box.getByLabel('Your own expressions, one a line (RE2)').fill('request \\w+');
  await box.getByText(/rows would change/).waitFor();
  await expectOnlyText(page, 'hidden values');
  await box.getByLabel('Include raw examples in the report').check();
  const report = await saved(page, box, 'Report (HTML)');
  const manifest = await saved(page, box, 'Manifest (JSON)');
  await box.getByText(/^Saved /).first().waitFor();
  await expectOnlyText(page, 'saving');
  expect((JSON.parse(manifest.text) as { inputs: { name: string }[] }).inputs[0]?.name).toContain('<u id=injected>');
  for (const { name } of [csv, report, manifest]) expectPlainName(name);

  // The report is opened as anybody would, under no policy but its own.
  const address = new URL('/saved-report.html', inject('site')).href;
  await page.context().route(address, (route) => route.fulfill({ contentType: 'text/html', body: report.text }));
  const other = await page.context().newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(address);
  expect(await other.locator('.patterns .raw').allInnerTexts()).toContainEqual(expect.stringContaining('<script>'));
  await expectOnlyText(other, 'report');
  expect(await other.locator('script, img, iframe, object, embed, link, base, form').count()).toBe(0);
  expect(asked.filter((url) => url !== address && !url.endsWith('/favicon.ico'))).toEqual([]);
});

test('names within archives, keys of JSON and a file to compare with are text; so are alerts', async () => {
  const paths = [`x${BIDI}<u id=injected>.log`, `${ANSI}${TAG}/b.log`, 'c.log'];
  const page = await open([
    { name: `z${BIDI}<u>.zip`, bytes: zip(paths.map((path, at) => [path, `2024-06-01 10:00:0${at} ERROR disk ${at} is full ${ALL}\n`.repeat(3)])) },
    { name: 'keys.ndjson', bytes: Array.from({ length: 5 }, (_, at) => JSON.stringify({ time: '2024-06-01T10:00:00Z', [ALL]: ALL, __proto__x: at, msg: `disk ${at} failed ${ALL}`, logger: `a${ALL}`, level: `error${BIDI}` })).join('\n') },
  ]);
  await expectOnlyText(page, 'several files');
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  const reading = page.getByRole('dialog', { name: 'How this file is read' });
  await reading.getByRole('table').first().waitFor();
  const chosen = reading.getByRole('combobox').first();
  for (const at of [1, 3]) {
    await chosen.selectOption({ index: at });
    await reading.getByRole('table').first().waitFor();
  }
  await expectOnlyText(page, 'how files are read');
  await close(page);
  const saved = Papa.parse<string[]>((await downloadCsv(page)).bytes.toString('utf8').trimEnd(), { delimiter: ',' }).data;
  for (const one of saved.flat()) expect(one).not.toMatch(/^(?!-$)[\s"\p{Cc}\p{Cf}]*[=+@\-＝＋－＠]/u);
  await page.getByLabel('File to compare with').setInputFiles({ name: `before${BIDI}<u>.log`, mimeType: 'text/plain', buffer: Buffer.from('disk 1 is empty\n') });
  await page.getByText(/compared with before‹U\+202E›/).first().waitFor();
  await expectOnlyText(page, 'compared');

  // An alert names the file: its name is text there too.
  await drop(page, { name: `${BIDI}<u id=injected>.log`, bytes: '' });
  await untilStage(page, 'failed');
  expect(await words(page, 'alert')).toContain('<u id=injected>');
  await expectOnlyText(page, 'alert');
});

test('the dialog on how a file is read, and a format of one\'s own', async () => {
  const page = await open({ name: 'own.log', bytes: Array.from({ length: 12 }, (_, at) => `2024-06-01 10:00:${String(at + 10)} ~ ${ALL} ~ disk ${at} failed ${ALL}`).join('\n') });
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  const reading = page.getByRole('dialog', { name: 'How this file is read' });
  await reading.getByRole('table').first().waitFor();
  await reading.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'My own format…' });
  await reading.getByRole('heading', { name: 'My own format, by example' }).waitFor();
  await reading.getByText('‹U+202E›').first().waitFor();
  await expectOnlyText(page, 'own format');
});
