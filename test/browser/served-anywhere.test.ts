import { spawn, spawnSync } from 'node:child_process';
import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { serveFolder } from './static-server.ts';
import type { ServeOptions } from './static-server.ts';

const LOG = 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n';
const PYTHON = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import http.server']).status === 0);

afterAll(closeBrowser);

interface Place {
  readonly url: string;
  stop(): Promise<void> | void;
}

async function folderServer(options: ServeOptions & { below?: boolean } = {}): Promise<Place> {
  const server = await serveFolder(inject('dist'), options);
  return { url: options.below === true ? server.subPathUrl : server.url, stop: () => server.stop() };
}

/** Python's own file server, on a port that the system picks. */
function pythonServer(program: string): Promise<Place> {
  const child = spawn(program, ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', inject('dist')], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`python -m http.server ended with ${code}`)));
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      const port = /port (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}/`, stop: () => void child.kill() });
    });
  });
}

const PLACES: readonly { readonly name: string; start(): Promise<Place> }[] = [
  { name: 'the root of a plain file server', start: () => folderServer() },
  { name: 'a sub-path', start: () => folderServer({ below: true, subPath: '/~some one/tools/winnow/' }) },
  { name: 'a server that redirects index.html and answers with ETags, like npx serve', start: () => folderServer({ cleanUrls: true }) },
  { name: 'a server that knows hardly any types', start: () => folderServer({ fewTypes: true }) },
  { name: 'a server that lets everything be cached for a year', start: () => folderServer({ headers: { 'cache-control': 'public, max-age=31536000, immutable' } }) },
];

async function dropped(page: Page): Promise<void> {
  await drop(page, { name: 'first.csv', mimeType: 'text/csv', bytes: LOG });
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  expect(await words(page, 'alert')).toBe('');
}

/** Waits until the service worker has everything and is in charge of the next visit. */
async function kept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(async () => {
    // A copy in a folder above has one too, which the browser answers with as long as this one has none.
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.scope === new URL('./', location.href).href && registration.active?.state === 'activated';
  })).toBe(true);
}

/** Address of the service worker that is in control, and whether the page is isolated. */
function control(page: Page): Promise<{ by: string | undefined; isolated: boolean }> {
  return page.evaluate(() => ({ by: navigator.serviceWorker.controller?.scriptURL, isolated: crossOriginIsolated }));
}

/** The model runtime says so where a server does not know WebAssembly, and goes on. */
const NO_WASM_TYPE = /^(wasm streaming compile failed|falling back to ArrayBuffer)/;

function clean(opened: OpenPage): void {
  expect(opened.errors.filter((error) => !NO_WASM_TYPE.test(error))).toEqual([]);
  expect(opened.strays()).toEqual([]);
}

/** A first visit with a file, and a second one under the service worker. */
async function twoVisits(place: Place): Promise<void> {
  const opened = await openPage(place.url);
  try {
    await dropped(opened.page);
    await kept(opened.page);
    await opened.page.close();
    const second = await opened.context.newPage();
    await second.goto(place.url);
    expect(await control(second)).toEqual({ by: `${new URL(place.url).href}service-worker.js`, isolated: true });
    await dropped(second);
    clean(opened);
  } finally {
    await opened.close();
    await place.stop();
  }
}

describe('the same folder works, twice and without an error, from', () => {
  test.each(PLACES)('$name', async ({ start }) => twoVisits(await start()));

  test.skipIf(PYTHON === undefined)(`python -m http.server${PYTHON === undefined ? ' (skipped: there is no Python here)' : ''}`, async () => twoVisits(await pythonServer(PYTHON as string)));
});

test('two copies on one origin do not touch each other, and both open with the server gone', async () => {
  const server = await serveFolder(inject('dist'), { subPath: '/a/', mounts: { '/a/b/': inject('dist') } });
  const urls = [`${server.url}a/`, `${server.url}a/b/`, server.url];
  const opened = await openPage(urls[0] as string);
  try {
    for (const url of urls) {
      await opened.page.goto(url);
      await kept(opened.page);
    }
    const names = await opened.page.evaluate(() => caches.keys());
    expect(names.filter((name) => / program /.test(name)).map((name) => name.split(' ')[1]).sort()).toEqual(['/', '/a/', '/a/b/']);
    await server.stop();
    for (const url of urls) {
      await opened.page.goto(url);
      expect(await control(opened.page)).toEqual({ by: `${url}service-worker.js`, isolated: true });
      await opened.page.getByRole('button', { name: /Try a sample/ }).waitFor();
    }
    clean(opened);
  } finally {
    await opened.close();
    await server.stop();
  }
});

test.each([
  ['as text', { status: 200, contentType: 'text/plain', body: 'export {};' }], ['not at all', { status: 404, contentType: 'text/html', body: '<p>gone' }],
] as const)('where a script of the program comes %s, the page says what to do', async (_, answer) => {
  for (const script of ['index', 'visible-text']) {
    const opened = await openPage(inject('site'), { prepare: async (context) => void (await context.route(`**/assets/${script}-*.js`, (route) => route.fulfill(answer))) });
    await untilStage(opened.page, 'failed');
    expect(await words(opened.page, 'alert')).toMatch(/could not be loaded.*Reload.*text\/javascript/);
    await opened.close();
  }
});
