import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { SiteList } from '../../src/contract/site.ts';
import { closeBrowser, drop, openPage, stageOf, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

const { files } = JSON.parse(readFileSync(join(inject('dist'), 'site.json'), 'utf8')) as SiteList;
/** Workers that say what is kept and what this browser offers: small, and without a runtime in them. */
const ASKED_FIRST = /^assets\/(llm-store|webllm)\.worker-/;
const ofModels = files.filter(({ part }) => part === 'llm');
/** The runtimes of language models, as the built site lists them. */
const RUNTIMES = ofModels.filter(({ path }) => !ASKED_FIRST.test(path)).map(({ path }) => path);

const opened: OpenPage[] = [];
afterEach(async () => { for (const one of opened.splice(0)) await one.close(); });
afterAll(closeBrowser);

async function fresh(): Promise<OpenPage> {
  const one = await openPage(inject('site'));
  opened.push(one);
  return one;
}

/** A download needs the service worker in control, which takes the page over a moment after it is there. */
async function controlled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 }).toBe(true);
}

async function fromHelp(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Help' }).first().click();
  await page.locator('dialog[open]').getByRole('button', { name: 'Language model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Language model' });
  await dialog.waitFor();
  return dialog;
}

const runtimesFetched = ({ requests }: OpenPage): string[] => RUNTIMES.filter((path) => requests.some((address) => new URL(address).pathname.endsWith(`/${path}`)));

test('with the language model off no byte of either runtime is fetched: neither for a whole run nor by opening the dialog', async () => {
  const one = await fresh();
  const { page } = one;
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilStage(page, 'ready');
  await page.getByRole('button', { name: 'Language model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Language model' });
  await dialog.getByRole('region', { name: 'From the internet' }).getByRole('listitem').first().waitFor();
  // Whatever it would fetch by itself, it has begun by then.
  await page.waitForTimeout(1_500);
  expect(RUNTIMES.filter((path) => /wllama-[^/]*\.wasm$|wllama\.worker|webllm-engine/.test(path)).length).toBe(3);
  expect(ofModels.filter(({ path, bytes }) => ASKED_FIRST.test(path) && bytes > 100_000)).toEqual([]);
  expect(runtimesFetched(one)).toEqual([]);
  expect(one.strays()).toEqual([]);
  // Escape closes it, and the focus is where it was.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Language model');
  expect(one.errors).toEqual([]);
});

test('a model is fetched only after a click that names it, host, size and place; an address of one’s own is looked at first', async () => {
  const one = await fresh();
  const { page } = one;
  await controlled(page);
  const dialog = await fromHelp(page);
  await dialog.getByRole('button', { name: 'Get Qwen3 0.6B', exact: true }).click();
  const confirm = dialog.getByRole('group', { name: 'Download?' });
  for (const words of ['Qwen3 0.6B', 'huggingface.co', '639 MB', 'kept in this browser', 'nothing of your log']) expect(await confirm.textContent()).toContain(words);
  // The question has the focus; No leads back to where it was asked.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Yes, download');
  await confirm.getByRole('button', { name: 'No' }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Get Qwen3 0.6B');
  const address = dialog.getByRole('textbox', { name: 'Another model, by its address' });
  for (const [wrong, why] of [['nonsense here', 'use the host'], ['http://models.example/a.gguf', 'https'], ['https://models.example/a.zip', '.gguf']] as const) {
    await address.fill(wrong);
    await address.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: why }).waitFor();
  }
  await address.fill('https://models.example/files/own-model.gguf');
  await address.press('Enter');
  await dialog.getByRole('button', { name: 'Get own-model' }).click();
  expect(await confirm.textContent()).toContain('models.example');
  await confirm.getByRole('button', { name: 'No' }).click();
  await dialog.getByRole('button', { name: 'Remove own-model from the list' }).click();
  await dialog.getByRole('button', { name: 'Get own-model' }).waitFor({ state: 'detached' });
  expect(one.strays()).toEqual([]);
  expect(one.errors).toEqual([]);
});

test('a file that is no model is refused in plain words, and changes nothing else', async () => {
  const one = await fresh();
  const { page } = one;
  await drop(page, { name: 'broken.gguf', bytes: 'this is no language model' });
  const dialog = page.getByRole('dialog', { name: 'Language model' });
  const alert = dialog.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain('broken.gguf');
  expect(await alert.textContent()).not.toMatch(/undefined|Error:|typed array/);
  expect(await stageOf(page)).toBe('empty');
  // The way on is there: another file can be chosen.
  expect(await dialog.getByLabel('Language model file').isEnabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Close this message' }).click();
  await alert.waitFor({ state: 'detached' });
  expect(one.strays()).toEqual([]);
});
