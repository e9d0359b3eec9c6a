import { openSync, readFileSync, readSync, closeSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../src/contract/category.ts';
import type { SiteList } from '../../src/contract/site.ts';
import { writeBundle } from '../../src/engine/bundle/write-bundle.ts';
import { EMPTY, lessonOf } from '../engine/bundle/made-bundle.ts';
import { ROOT } from './built-site.ts';
import { cutGguf } from './cut-gguf.ts';
import { answeredIn, askAll, killRuntime, languageModel, loadTaught, openLanguageModel, openLogs, patternsOf, routeToModel, saidOf, savedRows, takeAnyAnswer } from './llm-steps.ts';
import type { Row } from './llm-steps.ts';
import { closeBrowser, drop, openPage, stageOf } from './page.ts';
import type { OpenPage } from './page.ts';
import { HOW_TO_GET_SMOLLM2, smolLm2 } from './smollm2.ts';

const found = await smolLm2();
if (found === undefined) console.warn(`NOT TESTED: the language model in the browser, since no model could be had. To test it, ${HOW_TO_GET_SMOLLM2}.`);
const GGUF = found ?? '';
/** Words are worked out one by one on the processor, and other work may share it. */
const MINUTES = 60_000;

const { files } = JSON.parse(readFileSync(join(inject('dist'), 'site.json'), 'utf8')) as SiteList;
const RUNTIMES = files.filter(({ part }) => part === 'llm').map(({ path }) => path);

/** What the person says of twelve patterns: enough for a trial. Short and alike, since every word of a question costs time, and those most alike are part of it. */
const COLOURS = ['red', 'blue', 'green', 'grey', 'black', 'white'];
const TAUGHT: readonly (readonly [message: string, label: string])[] = [['idle', 'System Notification'], ['jammed', 'Critical Error']].flatMap(([state, label]) => COLOURS.map((colour) => [`${colour} pump ${state}`, label] as const));
/** What the vote is unsure of. */
const UNSURE_ROWS = ['seal doubtful', 'seal doubtful'];

const BUNDLE = writeBundle({ ...EMPTY, lessons: TAUGHT.map(([message, label]) => lessonOf(label, [message])) });

const LOGS = join(ROOT, 'test', 'fixtures', 'llm');
const PLAIN = join(LOGS, 'plain.log');
const PLANT = { name: 'plant.log', bytes: TAUGHT.map(([message], at) => `2026-11-21T12:00:${10 + at}.000000+00:00 web1 plant[1]: ${message}\n`).join('') };
/** Two of three: what is asked about all of them is looked at without a model (test/engine/llm/injection.test.ts). */
const HOSTILE_LINES = readFileSync(join(LOGS, 'injection.log'), 'utf8').trimEnd().split('\n').filter((_, at) => at % 3 !== 1);
const HOSTILE = { name: 'injection.log', bytes: `${HOSTILE_LINES.join('\n')}\n` };
/** All columns that tell of a verdict, by message. */
const verdictsOf = (rows: readonly Row[]): Map<string, readonly (string | undefined)[]> => new Map(rows.map((row) => [row['log_message'] ?? '', ['target_label', 'decided_by', 'confidence', 'best_guess', 'reason'].map((column) => row[column])]));

/** All that the person did not label is decided by the model, and is a category. */
function demandCategories(verdicts: ReturnType<typeof verdictsOf>): void {
  const labelled = new Set(TAUGHT.map(([message]) => message));
  for (const [message, [label, by]] of verdicts) {
    expect(by, message).toBe(labelled.has(message) ? 'person' : 'llm');
    expect(CATEGORY_NAMES).toContain(label);
  }
}

const opened: OpenPage[] = [];
afterEach(async () => { for (const one of opened.splice(0)) await one.close(); });
afterAll(closeBrowser);

async function fresh(): Promise<OpenPage> {
  const one = await openPage(`${inject('site')}?save=download`);
  opened.push(one);
  one.page.setDefaultTimeout(3 * MINUTES);
  one.page.on('dialog', (dialog) => void dialog.accept());
  return one;
}

const runtimesFetched = ({ requests }: OpenPage): string[] => RUNTIMES.filter((path) => requests.some((address) => new URL(address).pathname.endsWith(`/${path}`)));

test.skipIf(found === undefined)('a broken and a truncated model are refused in plain words', { timeout: 3 * MINUTES }, async () => {
  const { page, strays } = await fresh();
  const folder = mkdtempSync(join(tmpdir(), 'gguf-'));
  try {
    const head = Buffer.alloc(16 << 20);
    const file = openSync(GGUF, 'r');
    readSync(file, head);
    closeSync(file);
    writeFileSync(join(folder, 'truncated.gguf'), head);
    // The tables of the weights stand where they should, but say nonsense.
    writeFileSync(join(folder, 'broken.gguf'), Buffer.concat([head.subarray(0, 24), Buffer.from(head.subarray(24, 4 << 20)).fill(0x5a)]));
    for (const name of ['broken.gguf', 'truncated.gguf']) {
      await drop(page, join(folder, name));
      const alert = languageModel(page).getByRole('alert');
      await alert.filter({ hasText: name.replace('.gguf', '') }).waitFor({ timeout: MINUTES });
      expect(await alert.textContent()).toMatch(/damaged|incomplete|cut|not whole|no language model/i);
      expect(await alert.textContent()).not.toMatch(/undefined|typed array|Error:/);
      expect(await stageOf(page)).toBe('empty');
      await languageModel(page).getByRole('button', { name: 'Close this message' }).click();
    }
    expect(strays()).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(found === undefined)('a real model is tried on what the person labelled, asked about what is unsure, and decides it where its word is taken', { timeout: 12 * MINUTES }, async () => {
  const one = await fresh();
  const { page } = one;
  page.setDefaultTimeout(8 * MINUTES);
  await loadTaught(page, BUNDLE);
  const rows = [...TAUGHT.map(([message]) => `plant,${message}\n`), ...UNSURE_ROWS.map((message) => `LegacyCRM,${message}\n`)];
  await openLogs(page, [{ name: 'plant.csv', mimeType: 'text/csv', bytes: `source,log_message\n${rows.join('')}` }]);
  const before = await savedRows(page);
  const unsure = (all: readonly Row[]): Row[] => all.filter((row) => row['source'] === 'LegacyCRM');
  expect(before.filter((row) => row['decided_by'] === 'none')).toEqual(unsure(before));
  expect(unsure(before).map((row) => row['log_message'])).toEqual(UNSURE_ROWS);

  // Dropped, loaded, tried; half of the trial is enough here, and counts.
  await drop(page, GGUF);
  const dialog = languageModel(page);
  await dialog.getByText(/\b([6-9]|1[01]) of 12 lines/).waitFor();
  await dialog.getByRole('button', { name: 'Skip the trial' }).click();
  await dialog.getByText(/Right answers on ([6-9]|1[0-2]) patterns that you labelled/).waitFor();
  const figures = (await dialog.locator('section[aria-label=Trial] td.number').allTextContents()).map(Number);
  expect(figures).toHaveLength(3);
  for (const figure of figures) expect(figure).toBeLessThanOrEqual(12);
  const [agreeing, differing] = /right with probability ([\d.]+)[^,]*, ([\d.]+)/.exec((await dialog.textContent()) ?? '')?.slice(1).map(Number) ?? [];
  const trust = dialog.getByLabel('Let its answers count all the same');
  if (await trust.count() > 0) await trust.check();
  expect(await askAll(dialog)).toBe(1);
  await page.keyboard.press('Escape');

  // It decides where the trial says that its word is worth the threshold.
  const after = await savedRows(page);
  for (const [at, row] of unsure(after).entries()) {
    const said = saidOf(row);
    expect(CATEGORY_NAMES).toContain(said);
    const worth = said === unsure(before)[at]?.['best_guess'] ? agreeing : differing;
    expect([row['decided_by'], row['target_label']]).toEqual((worth ?? NaN) >= 0.5 ? ['llm', said] : ['none', UNCLASSIFIED]);
  }
  // Whatever it is worth, where the person wants its word before the vote's and any word will do.
  await routeToModel(await openLanguageModel(page), ['LegacyCRM']);
  await page.keyboard.press('Escape');
  await takeAnyAnswer(page);
  const routed = await savedRows(page);
  expect(unsure(routed).map((row) => [row['decided_by'], row['target_label']])).toEqual(unsure(after).map((row) => ['llm', saidOf(row)]));
  // The person's own word stands.
  for (const rows of [after, routed]) expect(rows.filter((row) => row['source'] === 'plant')).toEqual(before.filter((row) => row['source'] === 'plant'));
  expect(one.strays()).toEqual([]);
  expect(one.errors).toEqual([]);
});

test.skipIf(found === undefined)('a model is stopped, kept, killed, loaded again, and used again from storage; hostile lines change no verdict but their own', { timeout: 10 * MINUTES }, async () => {
  const one = await fresh();
  const { page } = one;
  const dialog = languageModel(page);
  const cut = cutGguf(GGUF, 1);
  await loadTaught(page, BUNDLE);
  await openLogs(page, [PLANT, PLAIN]);
  await takeAnyAnswer(page);
  const before = verdictsOf(await savedRows(page));
  expect(before.size).toBe(12 + 19);
  expect(runtimesFetched(one)).toEqual([]);

  const believe = async (): Promise<void> => {
    await dialog.getByText('Right answers on 12 patterns that you labelled').waitFor();
    const trust = dialog.getByLabel('Let its answers count all the same');
    if (await trust.count() > 0) await trust.check();
  };
  // A trial that is skipped, then one that is not.
  await drop(page, cut);
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await dialog.getByText('It has not been tried on lines with known labels').waitFor();
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await believe();
  // What is asked for with a model is what was not asked for without one.
  expect(runtimesFetched(one)).not.toEqual([]);
  await routeToModel(dialog);

  // Stopped after an answer or two, which stay and count.
  const ask = dialog.getByRole('button', { name: /^Ask about \d+ patterns?$/ });
  const all = patternsOf(await ask.textContent());
  expect(all).toBe(13);
  await ask.click();
  await expect.poll(() => answeredIn(dialog), { timeout: MINUTES, interval: 20 }).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await ask.waitFor();
  const answered = await answeredIn(dialog);
  expect(patternsOf(await ask.textContent())).toBe(all - answered);
  expect(answered).toBeLessThan(all);
  const keep = dialog.getByRole('button', { name: /^Keep in this browser/ });
  await keep.click();
  await keep.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  const stopped = verdictsOf(await savedRows(page));
  const decided = [...stopped].filter(([, [, by]]) => by === 'llm');
  expect(decided.length).toBeGreaterThanOrEqual(answered);
  for (const [message, verdict] of stopped) if (verdict[1] !== 'llm') expect(verdict).toEqual(before.get(message));

  // Its worker dies while it is asked: words, and nothing is lost.
  await openLanguageModel(page);
  await ask.click();
  await dialog.getByRole('button', { name: 'Cancel' }).waitFor();
  expect(await killRuntime(page)).toBe(1);
  await dialog.getByRole('alert').filter({ hasText: /has stopped .*What was decided stays\. Load the model again/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('main[data-stage=ready]').waitFor();
  const killed = verdictsOf(await savedRows(page));
  for (const [message, verdict] of decided) expect(killed.get(message)).toEqual(verdict);
  await openLanguageModel(page);
  await dialog.getByRole('button', { name: /^Load .* again$/ }).click();
  await dialog.getByRole('button', { name: 'Skip' }).click();
  await ask.waitFor();
  await askAll(dialog);
  await page.keyboard.press('Escape');
  const alone = verdictsOf(await savedRows(page));
  for (const [message, verdict] of decided) expect(alone.get(message)).toEqual(verdict);
  demandCategories(alone);

  // After a reload it comes out of the browser's storage, and is asked about hostile lines first.
  await page.reload();
  await loadTaught(page, BUNDLE);
  await openLogs(page, [PLANT, HOSTILE, PLAIN]);
  await takeAnyAnswer(page);
  await openLanguageModel(page);
  await dialog.locator('[data-kept]').getByRole('button', { name: /^Use / }).click();
  await believe();
  await routeToModel(dialog);
  expect(await askAll(dialog)).toBe(all + HOSTILE_LINES.length);
  await page.keyboard.press('Escape');
  const together = verdictsOf(await savedRows(page));
  for (const [message, verdict] of alone) expect(together.get(message)).toEqual(verdict);
  expect(together.size).toBe(alone.size + HOSTILE_LINES.length);
  demandCategories(together);
  expect(one.strays()).toEqual([]);
  expect(one.errors).toEqual([]);
});
