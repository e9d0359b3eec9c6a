import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openKeyboard } from './by-keyboard.ts';
import type { Keyboard } from './by-keyboard.ts';
import { labelledCsv } from './labelled-csv.ts';
import { closeBrowser, drop } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';
import { addCategory, category, label, labelByValue, openSample, saveRule } from './teaching-steps.ts';

/** On a busy machine. */
const TIMEOUT_MS = 300_000;

let opened: OpenPage;
let keys: Keyboard;

beforeEach(async () => {
  ({ opened, keys } = await openKeyboard(`${inject('site')}?save=download`));
});
afterEach(async () => {
  expect(keys.lost).toEqual([]);
  expect(opened.errors).toEqual([]);
  expect(opened.strays()).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const dialog = (name: string): Locator => opened.page.getByRole('dialog', { name });
const toast = (): Promise<string> => opened.page.locator('.toast p').innerText();

async function correctAndUndo(): Promise<void> {
  await label(keys, 'Critical: ledger database', 'u');
  expect(await category(keys)).toBe('User Action');
  await keys.teach('Control+z');
  expect(await category(keys)).not.toBe('User Action');
  await keys.teach('Control+Shift+z');
  expect(await category(keys)).toBe('User Action');
  await keys.searchNothing();
  await keys.press('End');
  await keys.teach('Enter');
  expect(await toast()).toMatch(/confirmed, /);
  await keys.press('Home', 'x', 'Shift+J', 'Shift+ArrowDown', 'Shift+K');
  await opened.page.getByRole('button', { name: /^2 selected/ }).waitFor();
  await keys.teach('d');
  expect(await toast()).toMatch(/^Deprecation Warning, 2 patterns, /);
  await keys.enter('Undo', opened.page.locator('.toast'));
  await expect.poll(toast).toMatch(/^Undone/);
  await keys.ready();
  await keys.held('undone by the button of the message');
  await keys.enter(/^Redo: /);
  await expect.poll(toast).toMatch(/^Deprecation/);
  await keys.ready();
  await keys.held('redone by its button');
  await keys.enter('Close this message');
  await expect.poll(toast).toBe('');
  await keys.held('the message closed');
  await keys.reach(keys.grid);
}

async function askMe(): Promise<void> {
  await keys.press('a');
  const ask = dialog('Ask me');
  await ask.getByText(/What (are|is) th/).waitFor();
  for (const [answered, key] of ['n', 'ArrowLeft', '1'].entries()) {
    await keys.press(key);
    await ask.getByText(`${answered + 1} answered`).waitFor();
    // The answered card stays until the next one is there.
    await expect.poll(() => ask.locator('.chosen').count(), { timeout: 10_000 }).toBe(0);
    await ask.getByText(/What (are|is) th/).waitFor();
    await keys.held(`answered with ${key}`);
  }
  await keys.press('Space');
  await ask.getByText('3 answered, 1 left out').waitFor();
  await keys.escape(ask, keys.grid);
  await keys.ready();
}

async function spotCheck(): Promise<void> {
  const from = await keys.enter('Spot check');
  const spot = dialog('Spot check');
  await spot.getByRole('button', { name: 'Begin' }).waitFor();
  await keys.held('spot check');
  await keys.press('Enter');
  for (const [row, key] of ['Enter', 'n', 'Space', 'Enter'].entries()) {
    await spot.getByText(`${row + 1} of 50`, { exact: true }).waitFor();
    await spot.locator('.message').waitFor();
    await keys.held(`row ${row + 1}`);
    await keys.press(key);
  }
  await spot.getByText('5 of 50', { exact: true }).waitFor();
  await keys.press('Backspace');
  await spot.getByText('4 of 50', { exact: true }).waitFor();
  await keys.escape(spot, from);
}

async function rules(): Promise<void> {
  await keys.reach(keys.grid);
  await keys.search('nightly-sync');
  await keys.press('m');
  await saveRule(keys, dialog('New rule'), { expression: '', category: 'Workflow', about: 'jobs of the night' });
  await dialog('New rule').waitFor({ state: 'hidden' });
  await keys.ready();
  await keys.held('rule saved');
  await keys.search('nightly-sync');
  expect(await category(keys)).toBe('Workflow Error');

  const from = await keys.enter('Rules');
  const list = dialog('Rules');
  await list.getByText('jobs of the night').waitFor();
  await keys.held('rules');
  await keys.reach(list.getByRole('searchbox', { name: 'Search built-in rules' }));
  await opened.page.keyboard.type('sshd refused');
  const builtIn = list.getByRole('checkbox', { name: 'sshd refused a log-in' });
  await keys.reach(builtIn);
  await keys.press('Space');
  await keys.enter('Discard', list);
  await list.getByText('not applied yet').waitFor({ state: 'detached' });
  await keys.held('changes discarded');
  await keys.reach(builtIn);
  await keys.press('Space');
  await keys.enter('Apply', list);
  await list.getByText('Applied.').waitFor();
  await keys.held('rules applied');
  await keys.escape(list, from);
  await keys.ready();
}

async function split(): Promise<void> {
  await keys.reach(keys.grid);
  await keys.search('declined by issuer');
  await keys.press('i');
  const details = opened.page.getByRole('complementary', { name: 'Pattern details' });
  await keys.enter('Split by a value', details);
  const values = dialog('Split by a value');
  await keys.reach(values.getByRole('checkbox').first());
  await keys.press('Space');
  await keys.enter('Make it a pattern of its own', values);
  await values.waitFor({ state: 'hidden' });
  await keys.ready();
  await keys.held('split');
}

async function clusters(): Promise<void> {
  const from = await keys.enter('Clusters');
  const all = dialog('Clusters');
  const list = all.getByRole('grid', { name: 'Clusters' });
  await list.waitFor();
  await keys.held('clusters');
  await keys.reach(list);
  await keys.press('r');
  await all.getByText(/patterns .* → Resource Usage/).waitFor();
  await keys.ready();
  await keys.held('a cluster labelled');
  await keys.press('Enter');
  await all.getByRole('grid', { name: 'Patterns of the cluster' }).waitFor();
  await keys.held('a cluster opened');
  await keys.press('Backspace');
  await list.waitFor();
  await keys.held('back to clusters');
  await keys.reach(all.getByRole('tab', { name: 'Map' }));
  await keys.press('Enter');
  const map = all.getByRole('application', { name: /^Map of/ });
  await map.waitFor();
  await keys.reach(map);
  await keys.press('ArrowRight', 'ArrowDown', '+', '-', 'n');
  await all.getByText(/^1 pattern .* → System Notification/).waitFor();
  await keys.ready();
  await keys.held('labelled on the map');
  await keys.reach(all.getByRole('tab', { name: 'List' }));
  await keys.press('Enter');
  await list.waitFor();
  await keys.enter('Undo', all);
  await all.getByText(/^1 pattern .* → /).waitFor({ state: 'detached' });
  await keys.ready();
  await keys.held('undone among clusters');
  await keys.escape(all, from);
}

/** Saves what was taught, forgets it, loads it again: the saved file is the same to the byte. */
async function takeAlong(): Promise<void> {
  const csv = await keys.save('Download CSV');
  const title = 'Save or load what you taught';
  const bundle = dialog(title);
  const from = await keys.enter(title);
  await bundle.getByRole('list', { name: 'What the bundle holds' }).waitFor();
  await keys.held('bundle');
  const saved = await keys.save('Save bundle', bundle);
  await keys.enter('Forget everything', bundle);
  await keys.enter('Yes, forget it', bundle);
  await bundle.getByRole('button', { name: /forget/i }).waitFor({ state: 'detached' });
  await keys.ready();
  await keys.held('forgotten');
  await keys.escape(bundle, from);
  expect((await keys.save('Download CSV')).equals(csv)).toBe(false);

  await keys.enter(title);
  const file = bundle.getByLabel('Choose a bundle');
  await keys.reach(file);
  await file.setInputFiles({ name: 'taught.winnow.json', mimeType: 'application/json', buffer: saved });
  await bundle.getByRole('list', { name: 'What this bundle holds' }).waitFor();
  await keys.held('bundle looked at');
  await keys.enter('Load it', bundle);
  await bundle.getByText(/^Loaded taught\.winnow\.json/).waitFor();
  await keys.ready();
  await keys.held('bundle loaded');
  await keys.escape(bundle, from);
  expect((await keys.save('Download CSV')).equals(csv)).toBe(true);
}

test('all of teaching with keys alone: nothing loses the focus, and what was taught comes back from its bundle', async () => {
  await openSample(keys);
  await correctAndUndo();
  await addCategory(keys, 'Payments');
  await label(keys, 'Critical: ledger database', '1');
  expect(await category(keys)).toBe('Payments');
  await labelByValue(keys, 'connection to ledger', 'e', 'Error');
  expect(await toast()).toMatch(/ledger-\d/);
  await askMe();
  await spotCheck();
  await rules();
  await split();
  await clusters();
  await takeAlong();
}, TIMEOUT_MS);

test('labels of a file compared and learnt from with keys alone, and the shipped models again', async () => {
  await drop(opened.page, { name: 'labelled.csv', mimeType: 'text/csv', bytes: labelledCsv(8) });
  await keys.ready();
  const before = await keys.save('Download CSV');
  const wanted = rowsOf(before).filter((row) => row['target_label'] === 'Error' && row['target_label_2'] === 'Unclassified');
  await keys.enter(new RegExp(`^Labelled Error, verdict Unclassified: ${wanted.length} lines?$`));
  await expect.poll(() => keys.focused()).toMatch(/^grid Rows/);
  await expect.poll(() => keys.grid.locator('.row .mono').allInnerTexts().then((rows) => rows.length)).toBe(wanted.length);
  await keys.enter('Show everything');
  await keys.held('everything shown');

  const title = 'Train on these labels';
  const training = dialog(title);
  const from = await keys.enter(`${title}…`);
  await keys.held('training');
  await keys.enter('Train', training);
  await training.getByRole('progressbar', { name: 'Training' }).waitFor();
  await keys.held('training begun');
  await training.getByRole('row', { name: /^Mean of the three/ }).waitFor({ timeout: 90_000 });
  await keys.held('training done');
  await keys.enter('Use instead of it', training);
  await training.getByText('Done: they vote instead of the shipped model now.').waitFor({ timeout: 60_000 });
  await keys.ready();
  await keys.held('models in use');
  await keys.enter('Use the shipped models only', training);
  await training.getByText('Only the shipped models vote again.').waitFor({ timeout: 60_000 });
  await keys.held('the shipped models again');
  await keys.escape(training, from);
  await keys.ready();
  expect((await keys.save('Download CSV')).equals(before)).toBe(true);
}, TIMEOUT_MS);
