import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import type { ElementHandle } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { SITE_HEADERS } from '../../src/contract/policy.ts';
import { SITE_LIST } from '../../src/contract/site.ts';
import type { SiteList } from '../../src/contract/site.ts';
import { changingServer } from './changing-server.ts';
import type { ChangingServer } from './changing-server.ts';
import { launchArgs } from './chromium.ts';
import { startLeakTrap } from './leak-trap.ts';
import { CHANGED_MODEL, otherBuild } from './other-build.ts';
import { closeBrowser, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

const LOG = { name: 'first.csv', mimeType: 'text/csv', bytes: 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n' };
const ACTIVE = 'navigator.serviceWorker.getRegistration().then((found) => found?.active?.state === "activated" && navigator.serviceWorker.controller !== null)';

let scratch: string;
let newer: string;
let server: ChangingServer;
let site: string;
let opened: OpenPage | undefined;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'winnow-'));
  newer = join(scratch, 'newer');
  await otherBuild(inject('dist'), newer, { name: 'newer', changesModel: true });
});
beforeEach(async () => {
  server = await changingServer({ '/repo/': inject('dist') });
  site = `${server.origin}/repo/`;
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await server.stop();
});
afterAll(async () => {
  await closeBrowser();
  rmSync(scratch, { recursive: true });
});

/** Opens the page and waits until its service worker is in control. */
async function visited(url = site): Promise<OpenPage> {
  const visit = await openPage(url);
  await controlled(visit.page);
  return visit;
}

async function controlled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(ACTIVE)).toBe(true);
}

const buildOf = (page: Page): Promise<unknown> => page.evaluate('document.querySelector("meta[name=build]")?.content ?? "first"');
const cachesOf = (page: Page): Promise<string[]> => page.evaluate('caches.keys()');
const statusOf = (page: Page, path: string): Promise<unknown> => page.evaluate(`fetch(${JSON.stringify(path)}).then((answer) => answer.status, () => 'failed')`);

/** Lets the browser look for a newer build, and waits until one waits. */
async function untilWaiting(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.getRegistration().then((found) => found.update())');
  await expect.poll(() => page.evaluate('navigator.serviceWorker.getRegistration().then((found) => found.waiting?.state)')).toBe('installed');
}

async function useNow(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    navigator.serviceWorker.getRegistration().then((found) => found.waiting.postMessage({ winnow: 'use-now' }));
  })`);
}

test('the second visit is isolated, has every header, runs the model on threads, and a third needs no server at all', async () => {
  server.leadsIndexAway = true;
  opened = await openPage(site, {
    prepare: async (context) => {
      // A machine of four processors, whatever the tests run on: workers start from a blob, which gets one more line.
      await context.addInitScript(() => {
        const Native = window.Blob;
        const four = "Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 4 });";
        window.Blob = class extends Native {
          constructor(parts?: BlobPart[], options?: BlobPropertyBag) {
            super(options?.type === 'text/javascript' ? [...(parts ?? []), four] : parts, options);
          }
        };
      });
    },
  });
  const { page } = opened;
  await controlled(page);
  expect(await page.evaluate('crossOriginIsolated')).toBe(false);
  await page.reload();
  expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  for (const path of ['./', './models/manifest.json', 'models/classify/classify.json']) {
    const headers: Record<string, string> = await page.evaluate(`fetch(${JSON.stringify(path)}).then((answer) => Object.fromEntries(answer.headers))`);
    expect(headers).toMatchObject(SITE_HEADERS);
  }
  await drop(page, LOG);
  await untilStage(page, 'ready');
  expect(await page.getByText(/Model runs on/).textContent()).toContain('2 threads)');

  server.off = true;
  await expect.poll(() => page.evaluate(`caches.keys().then(async (names) => (await (await caches.open(names.find((name) => name.endsWith('models')))).keys()).length)`)).toBeGreaterThan(8);
  for (const address of [site, `${site}?save=download`, `${site}index.html`]) {
    await page.goto(address);
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  }
  await drop(page, LOG);
  await untilStage(page, 'ready');
  expect(await page.locator('main').getAttribute('data-complete')).toBe('true');
  expect(opened.errors.filter((error) => !/ERR_(EMPTY_RESPONSE|CONNECTION)/.test(error))).toEqual([]);
});

test('an idle service worker that the browser has stopped answers as before', async () => {
  opened = await visited();
  const { page, context } = opened;
  await page.reload();
  server.off = true;
  const tools = await context.newCDPSession(page);
  await tools.send('ServiceWorker.enable');
  for (let time = 0; time < 2; time++) {
    await tools.send('ServiceWorker.stopAllWorkers');
    await page.reload();
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  }
  await tools.send('ServiceWorker.stopAllWorkers');
  expect(await statusOf(page, 'models/manifest.json')).toBe(200);
  expect(await statusOf(page, 'assets/none.js')).toBe(404);
});

test.each(['index.html', 'models/manifest.json', 'a script'])('where one byte of %s was changed on the server, nothing is installed, and the page works', async (which) => {
  const path = which === 'a script' ? `assets/${readdirSync(join(inject('dist'), 'assets')).find((file) => file.startsWith('chart-engine'))}` : which;
  server.changed.set(`/repo/${path}`, Buffer.concat([readFileSync(join(inject('dist'), path)), Buffer.from('\n')]));
  opened = await openPage(site);
  const { page } = opened;
  await expect.poll(() => page.evaluate('navigator.serviceWorker.getRegistration().then((found) => found === undefined)')).toBe(true);
  await expect.poll(() => cachesOf(page)).toEqual([]);
  expect(await page.getByRole('heading').first().isVisible()).toBe(true);

  server.changed.clear();
  await page.reload();
  await controlled(page);
});

test('a server that goes away during the install leaves nothing behind', async () => {
  opened = await openPage('about:blank');
  const { page } = opened;
  server.changed.set('/repo/favicon.svg', '');
  await page.goto(site);
  await expect.poll(() => server.requests.filter((request) => request.endsWith('/favicon.svg')).length).toBeGreaterThan(0);
  server.off = true;
  await expect.poll(() => page.evaluate('navigator.serviceWorker.getRegistration().then((found) => found?.active ?? found?.installing ?? null)')).toBe(null);
  await expect.poll(() => cachesOf(page)).toEqual([]);
});

test('workers ask through the service worker too: nothing of theirs gets out, not even to the server of the page', async () => {
  opened = await visited();
  const { page } = opened;
  await page.reload();
  await drop(page, LOG);
  await untilStage(page, 'ready');
  const trap = await startLeakTrap();
  try {
    server.requests.length = 0;
    const workers = page.workers();
    expect(workers.length).toBeGreaterThan(1);
    for (const worker of workers) {
      const tried = await worker.evaluate(`Promise.all(${JSON.stringify([trap.url, `${site}assets/none.js?secret`, `${server.origin}/outside?secret`, `${site}site.json?secret`])}
        .map((address) => fetch(address).then((answer) => answer.status, () => 'failed')).concat(fetch('${site}', { method: 'POST', body: 'secret' }).then((answer) => answer.status)))`);
      expect(tried).toEqual(['failed', 404, 404, 200, 405]);
    }
    expect(trap.hits).toEqual([]);
    expect(new Set(server.requests)).toEqual(new Set(['GET /repo/site.json']));
  } finally {
    await trap.stop();
  }
});

describe('an update', () => {
  test('waits; an open page keeps its build, and gets nothing of the other', async () => {
    opened = await visited();
    const { page } = opened;
    await page.reload();
    server.folders['/repo/'] = newer;
    await untilWaiting(page);
    // What has not been loaded so far comes from the build of the page, or not at all.
    const { files } = JSON.parse(readFileSync(join(inject('dist'), SITE_LIST), 'utf8')) as SiteList;
    for (const { path, part } of files) if (part === 'shell' && /^assets\/.*\.(js|css)$/.test(path)) expect([path, await statusOf(page, path)]).toEqual([path, 200]);
    await drop(page, LOG);
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await words(page, 'alert')).toMatch(new RegExp(`${CHANGED_MODEL.replace('.', '\\.')}.*updated.*reload`));

    await page.reload();
    expect(await buildOf(page)).toBe('first');
    await useNow(page);
    await page.reload();
    expect(await buildOf(page)).toBe('newer');
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    await drop(page, LOG);
    await untilStage(page, 'ready');
    await expect.poll(async () => (await cachesOf(page)).filter((name) => name.includes('program')).length).toBe(1);
  });

  test('that another tab asked for takes nothing from a tab of the build before, and gives it nothing', async () => {
    opened = await visited();
    const { page, context } = opened;
    await page.reload();
    const second = await context.newPage();
    await second.goto(site);
    expect(await second.evaluate(`new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => resolve(data);
      navigator.serviceWorker.controller.postMessage({ winnow: 'tabs' }, [channel.port2]);
    })`)).toBe(2);
    server.folders['/repo/'] = newer;
    await untilWaiting(second);
    await useNow(second);
    await second.reload();
    expect([await buildOf(page), await buildOf(second)]).toEqual(['first', 'newer']);

    const chunk = readdirSync(join(inject('dist'), 'assets')).find((file) => /^Results.*\.js$/.test(file));
    await new Promise((resolve) => setTimeout(resolve, 6000));
    expect(await statusOf(page, `assets/${chunk}`)).toBe(200);
    await drop(page, LOG);
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await words(page, 'alert')).toMatch(/manifest\.json.*updated.*reload/);
    await drop(second, LOG);
    await untilStage(second, 'ready');

    await page.close();
    await second.reload();
    await expect.poll(async () => (await cachesOf(second)).filter((name) => name.includes('program')).length).toBe(1);
    expect(await statusOf(second, `assets/${chunk}`)).toBe(404);
  });

  test('of which a byte is wrong is not installed: the build before stays, with the server gone too', async () => {
    opened = await visited();
    const { page } = opened;
    await page.reload();
    server.folders['/repo/'] = newer;
    // A file that the two builds have in common would not be fetched again.
    server.changed.set('/repo/index.html', 'x');
    const before = await cachesOf(page);
    expect(await page.evaluate('navigator.serviceWorker.getRegistration().then((found) => found.update()).then((found) => new Promise((resolve) => { const next = found.installing; if (next === null) resolve("none"); else next.onstatechange = () => resolve(next.state); }))')).toBe('redundant');
    expect(await cachesOf(page)).toEqual(before);
    server.off = true;
    await page.reload();
    expect(await buildOf(page)).toBe('first');
  });

  test('without a service worker the models of another build are refused in words', async () => {
    opened = await openPage(site, { prepare: async (context) => { await context.addInitScript(() => Object.defineProperty(navigator, 'serviceWorker', { value: undefined })); } });
    const { page } = opened;
    server.folders['/repo/models/'] = join(newer, 'models');
    await drop(page, LOG);
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await words(page, 'alert')).toMatch(/manifest\.json.*updated.*reload/);
  });
});

describe('what is kept', () => {
  test('and deleted comes from the server again', async () => {
    opened = await visited();
    const { page } = opened;
    await page.reload();
    const names = await cachesOf(page);
    await page.evaluate('caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))');
    await page.reload();
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    await expect.poll(() => cachesOf(page)).toEqual(names);
  });

  test('and deleted is not made up for by another build: the browser is led to that one', async () => {
    opened = await visited();
    const { page } = opened;
    await page.reload();
    server.folders['/repo/'] = newer;
    await page.evaluate('caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))');
    await page.goto(`${site}?again`);
    expect([await buildOf(page), page.url()]).toEqual(['newer', `${site}?again`]);
    await controlled(page);
    await page.reload();
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  });

  test('by two sites of one origin stays apart', async () => {
    server.folders['/repo/inner/'] = newer;
    server.folders['/other/'] = newer;
    opened = await visited();
    const { page, context } = opened;
    for (const address of [`${site}inner/`, `${server.origin}/other/`]) {
      const next = await context.newPage();
      await next.goto(address);
      await expect.poll(() => next.evaluate('navigator.serviceWorker.getRegistration().then((found) => [found.scope, found.active?.state])')).toEqual([address, 'activated']);
      await next.reload();
      expect([await buildOf(next), await next.evaluate('crossOriginIsolated')]).toEqual(['newer', true]);
      await next.close();
    }
    expect((await cachesOf(page)).map((name) => name.split(' ')[1]).sort()).toEqual(['/other/', '/repo/', '/repo/inner/']);
    server.off = true;
    await page.reload();
    expect(await buildOf(page)).toBe('first');
  });
});

test('files that are shared to the app are put aside and sent nowhere', async () => {
  // By another tool and without its watching requests: as long as one does, Chromium keeps the files of a form from the service worker.
  const browser = await puppeteer.launch({ executablePath: inject('chromium'), args: launchArgs(), networkEnabled: false });
  try {
    const page = await browser.newPage();
    await page.goto(site);
    await expect.poll(() => page.evaluate(ACTIVE)).toBe(true);
    const sharing = await browser.newPage();
    await sharing.setContent(`<form method="post" enctype="multipart/form-data" action="${site}share"><input type="file" name="files"><button>Share</button></form>`);
    const path = join(scratch, 'söme.log');
    writeFileSync(path, 'secret line\n');
    await (await sharing.waitForSelector('input[type=file]') as ElementHandle<HTMLInputElement>).uploadFile(path);
    server.requests.length = 0;
    await sharing.click('button');
    await sharing.waitForSelector('.file .name::-p-text(söme.log)');
    expect(sharing.url()).toBe(site);
    expect(server.requests.filter((request) => request.startsWith('POST') || request.includes('share'))).toEqual([]);
  } finally {
    await browser.close();
  }
});
