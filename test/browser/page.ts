import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchArgs } from './chromium.ts';

export type Stage = 'empty' | 'reading' | 'working' | 'ready' | 'failed';

/** A file to drop: a path on disk, or made in the test. */
export type Dropped = string | { name: string; mimeType?: string; bytes: Uint8Array | string };

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every request of page, frames, workers and service workers, web sockets included, in order. */
  readonly requests: readonly string[];
  /** Console errors and uncaught exceptions, of workers too. */
  readonly errors: readonly string[];
  /** Requests that were neither to the page's own origin nor local (`blob:`, `data:`). */
  strays(): string[];
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Further arguments for Chromium; a page with some gets a browser of its own. */
  args?: readonly string[];
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** Runs before anything is loaded, for example to add routes or scripts. */
  prepare?: (context: BrowserContext, page: Page) => Promise<void>;
}

/** Software WebGPU, for machines without a graphics card. */
export const SWIFTSHADER_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'] as const;

let shared: Promise<Browser> | undefined;

async function launch(args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: inject('chromium'), args: launchArgs(args) });
}

/** Closes the browser that pages of this test file share; call it in `afterAll`. */
export async function closeBrowser(): Promise<void> {
  const browser = shared;
  shared = undefined;
  await (await browser)?.close();
}

/** Opens an address in a fresh profile. */
export async function openPage(url: string, options: OpenOptions = {}): Promise<OpenPage> {
  const own = options.args !== undefined && options.args.length > 0;
  const browser = await (own ? launch(options.args ?? []) : (shared ??= launch([])));
  const context = await browser.newContext({ acceptDownloads: true, viewport: options.viewport ?? { width: 1280, height: 800 }, colorScheme: options.colorScheme ?? 'light' });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  record(context, page, requests, errors);
  await options.prepare?.(context, page);
  await page.goto(url);
  const origin = new URL(url).origin;
  return {
    page, context, requests, errors,
    strays: () => requests.filter((address) => !/^(blob|data|about):/.test(address) && new URL(address).origin !== origin),
    close: () => (own ? browser.close() : context.close()),
  };
}

function record(context: BrowserContext, page: Page, requests: string[], errors: string[]): void {
  context.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text().split('\n')[0]} (${message.location().url})`);
  });
  context.on('weberror', (error) => errors.push(String(error.error()).split('\n')[0] as string));
}

/** Gives files to the page through its first file input, as a drop would. */
export async function drop(page: Page, files: Dropped | readonly Dropped[]): Promise<void> {
  const list = Array.isArray(files) ? (files as readonly Dropped[]) : [files as Dropped];
  const input = page.locator('input[type=file]').first();
  await input.waitFor({ state: 'attached' });
  if (list.every((file) => typeof file === 'string')) {
    // Paths stay paths: Chromium then reads from disk, as for a real drop, however large the file is.
    await input.setInputFiles(list);
    return;
  }
  await input.setInputFiles(await Promise.all(list.map(payload)));
}

async function payload(file: Dropped): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  if (typeof file === 'string') return { name: file.split(/[\\/]/).at(-1) ?? file, mimeType: 'text/plain', buffer: await readFile(file) };
  return { name: file.name, mimeType: file.mimeType ?? 'text/plain', buffer: Buffer.from(file.bytes) };
}

/** The stage that the page shows now. */
export async function stageOf(page: Page): Promise<Stage> {
  return (await page.locator('main').first().getAttribute('data-stage')) as Stage;
}

/**
 * Waits until the page has reached a stage. Ends at once, with the page's own words, when it fails instead.
 * After a drop, wait for what comes next (`ready`), not for where the page already is.
 */
export async function untilStage(page: Page, stage: Stage, timeout = 100_000): Promise<void> {
  const ends = stage === 'failed' ? ['failed'] : [stage, 'failed'];
  const selector = ends.map((end) => `main[data-stage=${end}]`).join(',');
  await page.locator(selector).first().waitFor({ state: 'attached', timeout }).catch(async () => {
    throw new Error(`Waited ${timeout / 1000} s for "${stage}", the page is at "${await stageOf(page)}": ${await words(page, 'status')} ${await words(page, 'alert')}`);
  });
  const reached = await stageOf(page);
  if (reached === 'failed' && stage !== 'failed') throw new Error(`The page failed: ${await words(page, 'alert')}`);
}

/** Drops a file and waits for its end, whichever it is. */
export async function dropToEnd(page: Page, file: Dropped): Promise<Stage> {
  await drop(page, file);
  await page.locator('main[data-stage=ready],main[data-stage=failed]').first().waitFor({ state: 'attached', timeout: 100_000 });
  return stageOf(page);
}

/** Drops a file onto a page that may show another one already, and waits for the end of the one that was dropped, whichever it is. */
export async function dropNext(page: Page, file: Dropped): Promise<Stage> {
  await page.evaluate(() => {
    const main = document.querySelector('main');
    delete main?.dataset['begun'];
    if (main) new MutationObserver((_, observer) => (observer.disconnect(), main.setAttribute('data-begun', ''))).observe(main, { attributeFilter: ['data-stage'] });
  });
  await drop(page, file);
  await page.locator('main[data-begun][data-stage=ready],main[data-begun][data-stage=failed]').waitFor({ state: 'attached', timeout: 100_000 });
  return stageOf(page);
}

/** What the page says in a live region. */
export async function words(page: Page, role: 'alert' | 'status'): Promise<string> {
  return (await page.locator(`[role=${role}]`).allTextContents()).join(' ').replace(/\s+/g, ' ').trim();
}

/** Presses "Download CSV" and returns what was saved. The page must have been opened with `?save=download`. */
export async function downloadCsv(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).first().click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
