import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { inboxCache } from '../../src/contract/site.ts';
import { closeBrowser, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

const line = (at: number): string => `2024-06-01 10:00:0${at % 10} INFO web: user ${4000 + at} logged in\n`;
const MANY = 250;

let folder: string;
let opened: OpenPage | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-ways-'));
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('logs/app.log', line(1));
  put('logs/web1/app.log', line(2));
  put('logs/web2/deep/er/app.log', line(3));
  put('logs/.hidden.log', line(4));
  put('logs/.git/objects.log', line(5));
  for (let at = 0; at < MANY; at++) put(`many/${String(at).padStart(3, '0')}.log`, line(at));
  put('only-hidden/.secret.log', line(6));
  mkdirSync(join(folder, 'empty/within'), { recursive: true });
  put('beside.log', line(7));
  put('.profile.log', line(8));
});
afterEach(async () => {
  const errors = opened?.errors ?? [];
  await opened?.close();
  opened = undefined;
  expect(errors).toEqual([]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeBrowser();
});

async function fresh(query = ''): Promise<Page> {
  opened = await openPage(`${inject('site')}${query}`);
  await untilStage(opened.page, 'empty');
  return opened.page;
}

/** A real drag from outside the browser, as its own process hands it to the page. */
async function drag(page: Page, paths: readonly string[], at: readonly [x: number, y: number] = [640, 400], letGo = true): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths.map((path) => join(folder, path)), dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', ...(letGo ? ['drop'] as const : [])] as const) await session.send('Input.dispatchDragEvent', { type, x: at[0], y: at[1], data });
  await session.detach();
}

/** Drags text or a link in, with the events that a browser makes of it. */
async function dragText(page: Page, data: Readonly<Record<string, string>>, selector = 'main'): Promise<boolean> {
  return page.locator(selector).first().evaluate((target, kinds) => {
    const dataTransfer = new DataTransfer();
    for (const [kind, value] of Object.entries(kinds)) dataTransfer.setData(kind, value);
    return !target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, data);
}

/** Pastes text, files, or both. True where the page took it. */
async function paste(page: Page, what: { readonly text?: string; readonly files?: readonly (readonly [name: string, type: string, text: string])[] }, selector = 'body'): Promise<boolean> {
  return page.locator(selector).first().evaluate((target, { text, files }) => {
    const clipboardData = new DataTransfer();
    if (text !== undefined) clipboardData.setData('text/plain', text);
    for (const [name, type, content] of files ?? []) clipboardData.items.add(new File([content], name, { type }));
    return !target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, what);
}

const entries = (page: Page, n: number): Promise<void> => page.getByRole('heading', { level: 1 }).getByText(`${n} ${n === 1 ? 'entry' : 'entries'}`).waitFor();
const names = (page: Page): Promise<string | null> => page.locator('.file .name').first().getAttribute('title');
const asked = (page: Page) => page.getByRole('dialog', { name: 'Open this instead?' });

describe('a drop', () => {
  test('of folders opens all files in them and in their folders, told apart by their paths, without what is hidden', async () => {
    const page = await fresh();
    await drag(page, ['logs']);
    await untilStage(page, 'ready');
    await entries(page, 3);
    expect((await names(page))?.split('\n')).toEqual(['logs/app.log', 'logs/web1/app.log', 'logs/web2/deep/er/app.log']);
    expect(await words(page, 'alert')).toBe('');
  });

  test('of a folder with more files than a browser lists at once, and of a file beside it, loses none', async () => {
    const page = await fresh();
    await drag(page, ['many', 'beside.log']);
    await untilStage(page, 'ready');
    await entries(page, MANY + 1);
    const all = (await names(page))?.split('\n') ?? [];
    expect([all.length, all[0], all.at(-1)]).toEqual([MANY + 1, 'beside.log', `${MANY - 1}.log`]);
  });

  test('of a folder without files says so, and a hidden file that is meant is read', async () => {
    const page = await fresh();
    await drag(page, ['empty', 'only-hidden']);
    await page.getByRole('alert').getByText('There is no file in “empty”').waitFor();
    await page.getByRole('alert').getByText('There is no file in “only-hidden”').waitFor();
    await untilStage(page, 'empty');
    await drag(page, ['.profile.log']);
    await untilStage(page, 'ready');
    expect(await names(page)).toBe('.profile.log');
  });

  test('that is taken back opens nothing; one while another file is read takes its place; one beyond main is none less', async () => {
    const page = await fresh();
    await drag(page, ['logs'], [640, 400], false);
    await page.getByText('Let go to read it').waitFor();
    // What a browser tells of a drag that leaves its window, which its remote control does not pass on.
    await page.locator('main').dispatchEvent('dragleave');
    await page.getByText('Drop log files or a folder here').waitFor();
    await untilStage(page, 'empty');
    await drag(page, ['many']);
    await drag(page, ['beside.log'], [20, 10]);
    await expect.poll(() => names(page)).toBe('beside.log');
    await untilStage(page, 'ready');
    await entries(page, 1);
  });

  test('on a dialog opens at once where nothing is open, and asks where something is', async () => {
    const page = await fresh();
    await page.getByRole('button', { name: 'Paste lines' }).click();
    const box = await page.getByRole('textbox', { name: 'Log lines' }).boundingBox();
    if (box === null) throw new Error('The dialog is not there.');
    await drag(page, ['beside.log'], [box.x + 40, box.y + 40]);
    await untilStage(page, 'ready');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.getByRole('button', { name: 'Rules' }).click();
    await drag(page, ['logs'], [640, 300]);
    await asked(page).getByText('logs/web1/app.log').waitFor();
    await asked(page).getByRole('button', { name: 'Keep what is open' }).click();
    expect(await names(page)).toBe('beside.log');
    await drag(page, ['logs'], [640, 300]);
    await asked(page).getByRole('button', { name: 'Open it' }).click();
    await entries(page, 3);
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  test('of text opens it on the empty page and asks later; a link is not taken for a log; text may be dragged into a field', async () => {
    const page = await fresh();
    expect(await dragText(page, { 'text/uri-list': 'https://logs.example/today.log', 'text/plain': 'https://logs.example/today.log' })).toBe(true);
    await page.getByRole('alert').getByText('That is a link, not a file.').waitFor();
    await untilStage(page, 'empty');
    expect(await dragText(page, { 'text/plain': line(1) + line(2) })).toBe(true);
    await entries(page, 2);
    await untilStage(page, 'ready');
    expect(await dragText(page, { 'text/plain': line(1) })).toBe(true);
    await asked(page).getByText('dropped text').waitFor();
    await page.keyboard.press('Escape');
    expect(await dragText(page, { 'text/plain': 'timeout' }, 'input[type=search]')).toBe(false);
    await entries(page, 2);
    expect(opened?.strays()).toEqual([]);
  });

  test('of a file that the browser may not read keeps no other from being read, and is named', async () => {
    const page = await fresh();
    await page.locator('main').evaluate((target, text) => {
      const refuse = (_: unknown, fail: (error: unknown) => void): void => fail(new DOMException('denied', 'NotReadableError'));
      const file = new File([text], 'good.log');
      const entries = [
        { name: 'good.log', fullPath: '/logs/good.log', isFile: true, isDirectory: false, file: (done: (file: File) => void) => done(file) },
        { name: 'bad.log', fullPath: '/logs/bad.log', isFile: true, isDirectory: false, file: refuse },
        { name: 'locked', fullPath: '/logs/locked', isFile: false, isDirectory: true, createReader: () => ({ readEntries: refuse }) },
      ];
      const parts = [entries, []];
      const logs = { name: 'logs', fullPath: '/logs', isFile: false, isDirectory: true, createReader: () => ({ readEntries: (done: (part: unknown) => void) => done(parts.shift()) }) };
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      const transfer = { types: ['Files'], files: [], items: [{ kind: 'file', webkitGetAsEntry: () => logs, getAsFile: () => null }], getData: () => '' };
      Object.defineProperty(event, 'dataTransfer', { value: transfer });
      target.dispatchEvent(event);
    }, line(1));
    await entries(page, 1);
    await page.getByRole('alert').getByText('The browser could not read “logs/bad.log”, “logs/locked”.').waitFor();
  });
});

test('pasted files and text are opened; a second paste asks; fields and what a spreadsheet adds are left alone', async () => {
  const page = await fresh();
  expect(await paste(page, { files: [['one.log', 'text/plain', line(1)], ['two.log', 'text/plain', line(2)]] })).toBe(true);
  await entries(page, 2);
  await paste(page, { text: line(1) + line(2) + line(3), files: [['image.png', 'image/png', 'cells as a picture']] });
  await asked(page).getByText('pasted text').waitFor();
  await paste(page, { text: 'in a dialog text is nobody’s log' }, 'dialog[open]');
  await asked(page).getByRole('button', { name: 'Open it' }).click();
  await entries(page, 3);
  expect(await paste(page, { text: 'timeout' }, 'input[type=search]')).toBe(false);
  expect(await asked(page).count()).toBe(0);
  await page.getByRole('link', { name: 'Winnow' }).click();
  await untilStage(page, 'empty');
  await page.getByRole('button', { name: 'Paste lines' }).click();
  expect(await paste(page, { files: [['three.log', 'text/plain', line(3)]] }, 'textarea')).toBe(true);
  await entries(page, 1);
  expect(await page.locator('dialog[open]').count()).toBe(0);
});

test('files that the installed app is opened with are opened with their handles, and do not close others unasked', async () => {
  // No headless browser installs an app: the queue is made here, the handles in it are real ones.
  opened = await openPage(`${inject('site')}?opened`, {
    prepare: async (context) => void await context.addInitScript(() => {
      const launch: { consumer?: (params: unknown) => void } = {};
      Object.defineProperty(window, 'launchQueue', { value: { setConsumer(consumer: (params: unknown) => void) { launch.consumer = consumer; } } });
      Object.assign(window, {
        launchWith: async (files: readonly (readonly [string, string])[]) => {
          const root = await navigator.storage.getDirectory();
          const handles = await Promise.all(files.map(async ([name, text]) => {
            const handle = await root.getFileHandle(name, { create: true });
            const stream = await handle.createWritable();
            await stream.write(text);
            await stream.close();
            return handle;
          }));
          launch.consumer?.({ files: handles });
        },
      });
    }),
  });
  const { page } = opened;
  await untilStage(page, 'empty');
  expect(new URL(page.url()).search).toBe('');
  const launch = (...files: readonly (readonly [string, string])[]) => page.evaluate((list) => (window as unknown as { launchWith(files: typeof list): Promise<void> }).launchWith(list), files);
  await launch();
  await untilStage(page, 'empty');
  await launch(['grown.log', line(1)]);
  await entries(page, 1);
  await untilStage(page, 'ready');
  await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
  await page.getByRole('row').filter({ hasText: 'logged in' }).first().click();
  await page.keyboard.press('d');
  await launch(['a.log', line(2)], ['b.log', line(3)]);
  await asked(page).getByText('a.log').waitFor();
  await page.keyboard.press('Escape');
  await asked(page).waitFor({ state: 'hidden' });
  expect(await names(page)).toBe('grown.log');
  await launch(['a.log', line(2)], ['b.log', line(3)]);
  await asked(page).getByRole('button', { name: 'Open it' }).click();
  await entries(page, 2);
  // What was taught holds for them too.
  await page.getByRole('row').filter({ hasText: 'Deprecation Warning' }).first().waitFor();
});

test('shared files are taken out of where the service worker put them, once, and the address is clean', async () => {
  const page = await fresh();
  const scope = inject('site');
  const put = (files: readonly (readonly [name: string, text: string])[]) => page.evaluate(async ({ cache, list }) => {
    const inbox = await caches.open(cache);
    for (const [at, [name, text]] of list.entries()) await inbox.put(`./inbox/${at}`, new Response(text, { headers: { 'x-name': name, 'content-type': 'text/plain' } }));
  }, { cache: inboxCache(scope), list: files });
  const left = () => page.evaluate((cache) => caches.has(cache), inboxCache(scope));
  await put([[encodeURIComponent('über 100%.log'), line(1)], ['%E0%A4%A', line(2)]]);
  await page.goto(`${scope}?save=download&shared`);
  await entries(page, 2);
  expect((await names(page))?.split('\n')).toEqual(['über 100%.log', 'shared file']);
  expect(new URL(page.url()).search).toBe('?save=download');
  expect(await left()).toBe(false);

  await page.reload();
  await untilStage(page, 'empty');
  expect(await words(page, 'alert')).toBe('');
  await page.goto(`${scope}?shared`);
  await page.getByRole('alert').getByText('What was shared has not arrived here.').waitFor();
  await untilStage(page, 'empty');
});

test('choices about the page are there at the next visit, and nothing of the log is', async () => {
  const page = await fresh();
  await paste(page, { text: `host,log_message\nsecret-host,${line(1)}secret-host,${line(2)}` });
  await untilStage(page, 'ready');
  await page.getByRole('button', { name: /^Colours/ }).click();
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await page.getByText('Columns', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Share', exact: true }).uncheck();
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Letter keys are on' }).uncheck();
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  expect(JSON.parse(await stored())).toEqual({ 'winnow-theme': 'light', 'winnow-columns': '-share', 'winnow-letter-keys': 'off' });
  await page.reload();
  await untilStage(page, 'empty');
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  expect(await page.getByRole('checkbox', { name: 'Letter keys are on' }).isChecked()).toBe(false);
  await page.keyboard.press('Escape');
  await paste(page, { text: line(1) + line(2) });
  await untilStage(page, 'ready');
  const heads = page.getByRole('columnheader');
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await heads.getByText('Entries').waitFor();
  expect(await heads.getByText('Share', { exact: true }).count()).toBe(0);
});
