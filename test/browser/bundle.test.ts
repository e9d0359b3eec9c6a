import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { MASK_VERSION } from '../../src/contract/pattern.ts';
import type { Bundle } from '../../src/engine/bundle/bundle.ts';
import { parseBundle } from '../../src/engine/bundle/read-bundle.ts';
import { writeBundle } from '../../src/engine/bundle/write-bundle.ts';
import { EMPTY, lessonOf } from '../engine/bundle/made-bundle.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

const opened: OpenPage[] = [];

/** A page in a profile of its own: nothing that another one keeps is there. */
async function fresh(): Promise<Page> {
  const one = await openPage(`${inject('site')}?save=download`);
  opened.push(one);
  return one.page;
}

afterEach(async () => {
  for (const one of opened.splice(0)) {
    expect(one.errors).toEqual([]);
    expect(one.strays()).toEqual([]);
    await one.close();
  }
});
afterAll(closeBrowser);

const START: Bundle = {
  ...EMPTY, threshold: 0.6,
  categories: [{ name: 'Fraud', meaning: 'Money that is not there', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true }],
  rules: { own: [{ id: 'own-invoice', pattern: 'invoice .* issued', label: 'Fraud', about: 'an invoice', origin: 'own' }], off: ['access-denied'], splits: [] },
  lessons: [lessonOf('Fraud', ['Leave request <num> of User<num> approved'])],
};
const DIALOG = 'Save or load what you taught';
const fileOf = (text: string, name = 'taught.winnow.json') => ({ name, mimeType: 'application/json', bytes: text });

async function sample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilReady(page);
}

async function untilReady(page: Page): Promise<void> {
  await untilStage(page, 'ready');
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
}

/** Drops a bundle, looks at what the page says is in it, and takes it over. */
async function load(page: Page, text: string): Promise<void> {
  await drop(page, fileOf(text));
  const dialog = page.getByRole('dialog', { name: DIALOG });
  await dialog.getByRole('list', { name: 'What this bundle holds' }).waitFor();
  await dialog.getByRole('button', { name: 'Load it' }).click();
  await dialog.getByText(/^Loaded taught\.winnow\.json/).waitFor();
  await page.keyboard.press('Escape');
}

async function save(page: Page): Promise<string> {
  await page.getByRole('button', { name: DIALOG }).click();
  const dialog = page.getByRole('dialog', { name: DIALOG });
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save bundle' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.winnow\.json$/);
  const text = await readFile(await download.path(), 'utf8');
  await page.keyboard.press('Escape');
  return text;
}

/** Corrects a few patterns with the keys of the list. */
async function correct(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Patterns' });
  await grid.focus();
  for (const key of ['j', 'j', 'j', 'e', 'j', 'u', 'j', 'j', '1', 'j', 'Enter']) await page.keyboard.press(key);
  await untilReady(page);
}

test('a bundle saved on one page gives the same verdicts on another, to the row, whether it or the log comes first', async () => {
  const one = await fresh();
  await load(one, writeBundle(START));
  await sample(one);
  await correct(one);
  const mine = (await downloadCsv(one)).bytes;
  for (const by of ['person', 'rule', 'model', 'none']) expect(rowsOf(mine).some((row) => row['decided_by'] === by), by).toBe(true);
  expect(rowsOf(mine).filter((row) => row['target_label'] === 'Fraud' && row['decided_by'] === 'rule').length).toBeGreaterThan(0);
  const text = await save(one);
  const bundle = await parseBundle(new TextEncoder().encode(text));
  expect(bundle.lessons.length).toBeGreaterThanOrEqual(4);
  expect(bundle.verdicts.length).toBeGreaterThan(10);
  expect(bundle).toMatchObject({ threshold: 0.6, rules: START.rules, categories: START.categories, examples: [] });

  const two = await fresh();
  await load(two, text);
  await sample(two);
  expect((await downloadCsv(two)).bytes.equals(mine)).toBe(true);

  const three = await fresh();
  await sample(three);
  expect((await downloadCsv(three)).bytes.equals(mine)).toBe(false);
  await load(three, text);
  await untilReady(three);
  expect((await downloadCsv(three)).bytes.equals(mine)).toBe(true);

  // What was recorded counts, not what the models here make of it: so it does where another back end says something else.
  const other = { ...bundle, verdicts: bundle.verdicts.map((verdict) => ({ ...verdict, label: 'Workflow Error', guess: 'Workflow Error', confidence: 0.625, by: 'model' as const, unsure: '' as const })) };
  const four = await fresh();
  await sample(four);
  await load(four, writeBundle(other));
  await untilReady(four);
  const rows = rowsOf((await downloadCsv(four)).bytes).filter((row) => row['decided_by'] === 'model');
  expect(rows.length).toBeGreaterThan(100);
  expect(new Set(rows.map((row) => `${row['target_label']} ${row['confidence']}`))).toEqual(new Set(['Workflow Error 0.625']));
});

test('a bundle that cannot be trusted is refused with the reason, and nothing changes', async () => {
  const page = await fresh();
  await sample(page);
  await correct(page);
  const before = (await downloadCsv(page)).bytes;
  const good = writeBundle(START);
  const hostile: readonly (readonly [string, RegExp])[] = [
    [good.replace('"level":0', '"level":77'), /lessons\[0\]\.keys\[0\]\.level is not between 0 and 9/],
    [good.replace('"threshold"', '"__proto__": {"threshold": 0}, "threshold"'), /has a field “__proto__”/],
    [good.replace(`"maskVersion": ${MASK_VERSION}`, '"maskVersion": 99'), /another version of the masking/],
    [good.replace('invoice .* issued', '((a{1000}){1000}){1000}'), /rules\.own\[0\] cannot be used/],
    [good.replace('"off":["access-denied"]', `"off":[${Array.from({ length: 20_000 }, (_, at) => `"r-${at}"`).join()}]`), /rules\.off has more than 10,000 items/],
    [good.replace('"models": []', `"models": [{"name":"m","classes":null,"sha256":"${'0'.repeat(64)}","onnx":"CAc="}]`), /models\[0\]\.onnx is not the file that its SHA-256/],
    [`${'['.repeat(100_000)}`, /within one another/],
    [good.slice(0, -40), /cut off/],
  ];
  for (const [text, reason] of hostile) {
    await drop(page, fileOf(text));
    await page.locator('[role=alert]').filter({ hasText: reason }).first().waitFor({ timeout: 10_000 }).catch(async () => {
      throw new Error(`Expected ${reason}, the page says: ${await words(page, 'alert')}`);
    });
  }
  expect(await page.getByRole('dialog', { name: DIALOG }).isVisible()).toBe(false);
  expect((await downloadCsv(page)).bytes.equals(before)).toBe(true);
});

test('nothing is kept unless wanted; then it is there on the next visit, and forgotten when told', async () => {
  const page = await fresh();
  // Where the page asks whether to leave: yes.
  page.on('dialog', (question) => void question.accept());
  await sample(page);
  const plain = (await downloadCsv(page)).bytes;
  await correct(page);
  const taught = (await downloadCsv(page)).bytes;
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await databases()).toEqual([]);

  await page.getByRole('button', { name: DIALOG }).click();
  const dialog = page.getByRole('dialog', { name: DIALOG });
  await dialog.getByRole('switch', { name: 'Keep what I taught on this computer' }).check();
  await dialog.getByText(/Kept in this browser since .*: \d+ patterns/).waitFor();
  expect(await databases()).toEqual(['winnow']);
  await page.reload();
  await sample(page);
  expect((await downloadCsv(page)).bytes.equals(taught)).toBe(true);

  await page.getByRole('button', { name: DIALOG }).click();
  expect(await dialog.getByRole('switch').isChecked()).toBe(true);
  await dialog.getByRole('button', { name: 'Forget everything' }).click();
  await dialog.getByRole('button', { name: 'Yes, forget it' }).click();
  await dialog.getByText(/Off: nothing is kept/).waitFor();
  expect(await databases()).toEqual([]);
  await page.keyboard.press('Escape');
  await untilReady(page);
  expect((await downloadCsv(page)).bytes.equals(plain)).toBe(true);
  await page.reload();
  await sample(page);
  expect((await downloadCsv(page)).bytes.equals(plain)).toBe(true);
  expect(await databases()).toEqual([]);
});
