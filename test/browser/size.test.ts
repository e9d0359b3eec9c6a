import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { SiteList } from '../../src/contract/site.ts';
import { Requests, complaints, sum, watchShifts } from './first-load.ts';
import { closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';
import { RECORDED } from './saved-csv.ts';

/** What a visit may cost before the first file, compressed, in bytes. */
const FIRST_LOAD = 200_000;
/** What counts as good (web.dev, "Cumulative Layout Shift"). */
const SHIFT = 0.1;

const { files } = JSON.parse(readFileSync(join(inject('dist'), 'site.json'), 'utf8')) as SiteList;
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

let opened: OpenPage;
let requests: Requests;
let found: string[];
let shifts: () => Promise<number>;

beforeEach(async () => {
  opened = await openPage('about:blank', {
    prepare: async (_, page) => {
      requests = new Requests(page, inject('site'), inject('dist'));
      found = await complaints(page);
      shifts = await watchShifts(page);
    },
  });
  await opened.page.goto(inject('site'));
  await opened.page.getByRole('button', { name: /Try a sample/ }).waitFor();
  // Whatever the page would fetch by itself once it is idle, it has begun by then.
  await opened.page.waitForTimeout(2_000);
});
afterEach(() => opened.close());
afterAll(closeBrowser);

describe('before the first file', () => {
  test(`the page costs at most ${kilobytes(FIRST_LOAD)}, compressed, all of it from its own site`, () => {
    const loaded = requests.ofPage();
    console.log(`first load: ${kilobytes(sum(loaded))} compressed\n${loaded.map(({ path, compressed }) => `  ${kilobytes(compressed).padStart(9)}  ${path || 'index.html'}`).join('\n')}`);
    console.log(`kept by the service worker for later: ${kilobytes(sum(requests.ofServiceWorker()))}, of a shell of ${kilobytes(files.filter(({ part }) => part === 'shell').reduce((bytes, file) => bytes + file.bytes, 0))} uncompressed`);
    expect(loaded.map(({ path }) => path)).toContain('');
    expect(loaded.some(({ path }) => path.endsWith('.js'))).toBe(true);
    expect(sum(loaded)).toBeLessThanOrEqual(FIRST_LOAD);
    const parts = new Map(files.map(({ path, part }) => [path, part]));
    // The service worker's script and the list of files are in no part.
    expect(loaded.filter(({ path }) => path !== '' && (parts.get(path) ?? 'shell') !== 'shell')).toEqual([]);
    expect(opened.requests.filter((address) => /^(https?|wss?):/.test(address) && !address.startsWith(inject('site')))).toEqual([]);
  });

  test('the browser has nothing to complain about, and nothing moves', async () => {
    expect(found).toEqual([]);
    expect(await shifts()).toBeLessThan(SHIFT);
  });
});

test('a file makes it load the models and the runtime of the processor, and nothing for graphics cards', async () => {
  const before = new Set(requests.ofPage().map(({ path }) => path));
  await drop(opened.page, join(RECORDED, 'auth.log'));
  await untilStage(opened.page, 'ready');
  await opened.page.locator('main[data-complete=true]').waitFor();
  const loaded = requests.ofPage().map(({ path }) => path);
  const models = files.filter(({ part }) => part === 'model').map(({ path }) => path);
  expect(models.filter((path) => before.has(path))).toEqual([]);
  expect(models.filter((path) => !loaded.includes(path))).toEqual([]);
  expect(files.filter(({ part, path }) => part === 'gpu' && loaded.includes(path))).toEqual([]);
  const moved = await shifts();
  console.log(`cumulative layout shift until all is classified: ${moved.toFixed(3)}`);
  expect(moved).toBeLessThan(SHIFT);
  expect(found).toEqual([]);
});

describe('the built folder', () => {
  const all = readdirSync(inject('dist'), { recursive: true, encoding: 'utf8' });

  test('has one copy of each WebAssembly runtime: one for the processor, one for graphics cards, one for language models', () => {
    const runtimes = files.filter(({ path }) => path.endsWith('.wasm'));
    expect(runtimes.map(({ part }) => part).sort()).toEqual(['gpu', 'llm', 'model']);
    expect(new Set(runtimes.map(({ sha256 }) => sha256)).size).toBe(3);
    expect(all.filter((path) => path.endsWith('.wasm')).length).toBe(3);
    // Nor is one hidden in a script as text: it would be of its size. WebLLM's own parts come so.
    const smallest = Math.min(...runtimes.map(({ bytes }) => bytes));
    expect(files.filter(({ path, bytes, part }) => part !== 'llm' && path.endsWith('.js') && bytes > smallest / 10)).toEqual([]);
  });

  test('has no file twice', () => {
    const hashes = files.map(({ sha256 }) => sha256);
    expect(files.filter(({ sha256 }, at) => hashes.indexOf(sha256) !== at)).toEqual([]);
  });
});

test('the page says what it is, to browsers and to machines', async () => {
  const { page } = opened;
  const head = await page.evaluate(() => {
    const content = (name: string): string => document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    return {
      doctype: document.doctype?.name, mode: document.compatMode, charset: document.characterSet, lang: document.documentElement.lang, title: document.title,
      description: content('description'), viewport: content('viewport'), robots: content('robots'), icon: icon?.href, app: document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.href,
    };
  });
  expect(head).toMatchObject({ doctype: 'html', mode: 'CSS1Compat', charset: 'UTF-8', lang: 'en', icon: `${inject('site')}favicon.svg`, app: `${inject('site')}manifest.webmanifest` });
  expect(head.title.length).toBeGreaterThan(5);
  expect(head.description.length).toBeGreaterThan(50);
  expect(head.viewport).toContain('width=device-width');
  // Zooming is left to people, and finding the page to search engines.
  expect(head.viewport).not.toMatch(/maximum-scale|user-scalable/);
  expect(head.robots).not.toMatch(/noindex|none/);
  // The charset must be within the first 1024 bytes (HTML, section "Specifying the document's character encoding").
  expect(readFileSync(join(inject('dist'), 'index.html')).subarray(0, 1024).toString()).toMatch(/<meta charset="utf-8"/);
});
