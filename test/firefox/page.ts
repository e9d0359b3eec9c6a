import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { expect, inject } from 'vitest';
import type { Stage } from '../browser/page.ts';
import { launchFirefox } from './firefox.ts';

/** A file to drop: a path on disk, or made in the test. */
export type Dropped = string | { readonly name: string; readonly bytes: Uint8Array | string };

export interface OpenPage {
  readonly page: Page;
  /** Every request that the browser tells of, in order. */
  readonly requests: readonly string[];
  /** Console errors, uncaught exceptions and what the policy stopped, each with where it came from. */
  readonly errors: readonly string[];
  /** Requests that were neither to the page's own origin nor local (`blob:`, `data:`). */
  strays(): string[];
  /** Gives files to the page through its first file input, as a drop would. */
  drop(...files: readonly Dropped[]): Promise<void>;
  /** Presses a button and returns the file that was saved. */
  save(button: string): Promise<{ name: string; bytes: Buffer }>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Of Firefox; a page with some gets a browser of its own. */
  readonly preferences?: Readonly<Record<string, unknown>>;
  /** Code that runs in the page before its own. */
  readonly before?: string;
}

/** Whether there is no Firefox to test in. */
export const NO_FIREFOX = inject('firefox') === '';
const SAVED_MS = 20_000;

let shared: Promise<Browser> | undefined;

/** Closes the browser that pages of this test file share; call it in `afterAll`. */
export async function closeBrowser(): Promise<void> {
  const browser = shared;
  shared = undefined;
  await (await browser)?.close();
}

/** Opens an address with nothing kept from pages before. */
export async function openPage(url: string, options: OpenOptions = {}): Promise<OpenPage> {
  const own = options.preferences !== undefined;
  const folder = await mkdtemp(join(tmpdir(), 'winnow-firefox-'));
  const browser = await (own ? launchFirefox(inject('firefox'), { ...savingTo(folder), ...options.preferences }) : (shared ??= launchFirefox(inject('firefox'))));
  // A browser of its own is as a person has it; containers, which separate pages of one browser, are not for private windows.
  const context = own ? browser.defaultBrowserContext() : await browser.createBrowserContext({ downloadBehavior: { policy: 'allow', downloadPath: folder } });
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const requests: string[] = [];
  const errors: string[] = [];
  record(page, requests, errors);
  if (options.before !== undefined) await page.evaluateOnNewDocument(options.before);
  await page.goto(url);
  const origin = new URL(url).origin;
  return {
    page, requests, errors,
    strays: () => requests.filter((address) => !/^(blob|data|about):/.test(address) && new URL(address).origin !== origin),
    drop: (...files) => drop(page, folder, files),
    save: (name) => save(page, folder, name),
    close: async () => {
      await (own ? browser.close() : context.close());
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function savingTo(folder: string): Readonly<Record<string, unknown>> {
  return { 'browser.download.folderList': 2, 'browser.download.dir': folder };
}

function record(page: Page, requests: string[], errors: string[]): void {
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text().split('\n')[0]} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(String(error).split('\n')[0] as string));
}

async function drop(page: Page, folder: string, files: readonly Dropped[]): Promise<void> {
  const input = (await page.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  const given = await mkdtemp(join(folder, 'given-'));
  await input.uploadFile(...(await Promise.all(files.map(async (file) => {
    if (typeof file === 'string') return file;
    const path = join(given, file.name);
    await writeFile(path, file.bytes);
    return path;
  }))));
}

async function save(page: Page, folder: string, name: string): Promise<{ name: string; bytes: Buffer }> {
  await press(page, name);
  let saved: string | undefined;
  // While it writes, Firefox has a file that ends in .part, and perhaps an empty one of the final name.
  await expect.poll(async () => {
    const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
    saved = files.length === 1 && !files[0]?.endsWith('.part') ? files[0] : undefined;
    return saved !== undefined && (await stat(join(folder, saved))).size > 0;
  }, { timeout: SAVED_MS, interval: 100, message: `nothing was saved by “${name}”` }).toBe(true);
  const path = join(folder, saved ?? '');
  const bytes = await readFile(path);
  await rm(path);
  return { name: saved ?? '', bytes };
}

/** The first visible element with this role and accessible name. */
export async function named(page: Page, role: string, name: string): Promise<ElementHandle> {
  return (await page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`, { visible: true })) as ElementHandle;
}

export async function press(page: Page, button: string): Promise<void> {
  await (await named(page, 'button', button)).click();
}

/** The text of the first element that a selector finds; waits for one. */
export async function textOf(page: Page, selector: string): Promise<string> {
  const text = await (await page.waitForSelector(selector))?.evaluate((element) => element.textContent ?? '');
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** What the page says in its live regions. */
export function words(page: Page, role: 'alert' | 'status'): Promise<string> {
  return page.$$eval(`[role=${role}]`, (regions) => regions.map((region) => region.textContent ?? '').join(' ').replace(/\s+/g, ' ').trim());
}

/** Waits until the page has reached a stage; fails at once, with the page's own words, when it fails instead. */
export async function untilStage(page: Page, stage: Stage, timeout = 60_000): Promise<void> {
  const at = await page.waitForSelector(`main[data-stage=${stage}], main[data-stage=failed]`, { timeout }).catch(() => null);
  const reached = await at?.evaluate((main) => main.getAttribute('data-stage'));
  if (reached !== stage) throw new Error(`Wanted "${stage}": ${await words(page, 'status')} ${await words(page, 'alert')}`);
}

/** Every row has its final category. */
export async function untilComplete(page: Page): Promise<void> {
  await untilStage(page, 'ready');
  expect(await page.$eval('main', (main) => main.getAttribute('data-complete'))).toBe('true');
}
