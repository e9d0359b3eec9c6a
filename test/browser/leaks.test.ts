import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { attempts, escaped } from './leak-attempts.ts';
import { startLeakTrap } from './leak-trap.ts';
import type { LeakTrap } from './leak-trap.ts';
import { LLM_BY_HAND, startWllama } from './llm-workers.ts';
import { SWIFTSHADER_WEBGPU, closeBrowser, drop, openPage, untilStage } from './page.ts';
import type { OpenOptions, OpenPage } from './page.ts';
import { serveFolder } from './static-server.ts';
import type { StaticServer } from './static-server.ts';

/** What was let through has arrived by then; nothing tells. */
const SETTLES_MS = 1500;
const LOG = 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n';
const WITHOUT_SERVICE_WORKER: OpenOptions = {
  prepare: async (context) => void (await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))),
};

let trap: LeakTrap;
let opened: OpenPage | undefined;
let server: StaticServer | undefined;
let folder: string;

beforeEach(async () => {
  trap = await startLeakTrap();
  folder = mkdtempSync(join(tmpdir(), 'winnow-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bare</title><body>');
});
afterEach(async () => {
  await opened?.close();
  await server?.stop();
  opened = server = undefined;
  await trap.stop();
  rmSync(folder, { recursive: true });
});
afterAll(closeBrowser);

async function readLog(page: Page): Promise<void> {
  await drop(page, { name: 'a.csv', bytes: LOG });
  await untilStage(page, 'ready');
}

const settled = (page: Page): Promise<void> => page.waitForTimeout(SETTLES_MS);
/** Requests by who made them, connections without a request, packets. */
const out = (): unknown[] => [escaped(trap), trap.connections(), trap.packets()];
const NOTHING = [[], 0, 0];

/** Every attempt, from the page and from each of its workers. Returns the workers' names. */
async function attemptAll(page: Page): Promise<string[]> {
  await page.evaluate(attempts(trap, 'page'));
  const names: string[] = [];
  for (const worker of page.workers()) {
    const name = await worker.evaluate<string>('self.name');
    names.push(name);
    expect(await worker.evaluate('location.protocol'), name).toBe('blob:');
    await worker.evaluate(attempts(trap, name));
  }
  await settled(page);
  return names.sort();
}

/** A worker that another worker starts, in the way and from the script in which the model runtime starts its threads. */
async function startThread(page: Page): Promise<void> {
  const model = readdirSync(join(inject('dist'), 'assets')).find((name) => /^model\.worker.*\.js$/.test(name));
  const started = page.waitForEvent('worker');
  for (const worker of page.workers()) {
    if ((await worker.evaluate('self.name')) === 'model') await worker.evaluate(`void new Worker(new URL('assets/${model}', ${JSON.stringify(page.url())}), { type: 'module', name: 'em-pthread-of-test' })`);
  }
  await started;
}

describe.each(['where there is no service worker', 'on the first visit', 'when the service worker is in control'])('%s', (when) => {
  test('nothing gets out of the page, of a worker, or of a worker of a worker', async () => {
    opened = await openPage(inject('site'), when.startsWith('where') ? WITHOUT_SERVICE_WORKER : {});
    const { page } = opened;
    if (when.startsWith('when')) {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.reload();
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    }
    await readLog(page);
    await startThread(page);
    expect(await attemptAll(page)).toEqual(['em-pthread-of-test', 'model', 'reader', 'teach']);
    expect(out()).toEqual(NOTHING);
    // Chromium connects for a form before it asks the policy, and then sends nothing.
    await page.evaluate(attempts(trap, 'page', 'form'));
    await settled(page);
    expect(trap.hits).toEqual([]);
  });
});

test('nothing gets out of the worker of the graphics card', async () => {
  opened = await openPage(inject('site'), { args: SWIFTSHADER_WEBGPU });
  const { page } = opened;
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('group', { name: 'Encoder runs on' }).getByLabel('graphics card (WebGPU)').check();
  await page.keyboard.press('Escape');
  await readLog(page);
  expect(await attemptAll(page)).toContain('gpu-encoder');
  expect(out()).toEqual(NOTHING);
}, 240_000);

test('nothing gets out of the workers that the runtime of language models makes of its own text, nor of their threads', async () => {
  opened = await openPage(inject('site'), LLM_BY_HAND);
  const { page } = opened;
  const started = async (name: string, how: () => Promise<unknown>): Promise<Worker> => {
    const [found] = await Promise.all([page.waitForEvent('worker'), how()]);
    await expect.poll(() => found.evaluate('self.name')).toBe(name);
    return found;
  };
  // As the runtime does it: a blob of text, and a thread that begins as a blob of that one.
  const ofText = (name: string): string => `void new Worker(URL.createObjectURL(new Blob(['self.ran = true'], { type: 'text/javascript' })), { name: '${name}' })`;
  const runner = await started('wllama', () => startWllama(page));
  // Its own script has come when it has taken workers over.
  await expect.poll(() => runner.evaluate("URL.createObjectURL.toString().includes('native code')")).toBe(false);
  const nested = await started('nested', () => runner.evaluate(ofText('nested')));
  const thread = await started('thread', () => nested.evaluate(ofText('thread')));
  for (const worker of [nested, thread]) {
    expect(await worker.evaluate('[self.ran, location.protocol, typeof WebTransport]')).toEqual([true, 'blob:', 'undefined']);
    expect(await worker.evaluate(`fetch(${JSON.stringify(`${trap.url}nested/plain`)}, { mode: 'no-cors' }).then(() => 'sent', (error) => error.name)`)).toBe('TypeError');
  }
  expect(await attemptAll(page)).toEqual(expect.arrayContaining(['nested', 'thread', 'wllama']));
  expect(out()).toEqual(NOTHING);
});

test('each worker and thread is under the policy before it is told anything', async () => {
  // Runs before all else in each worker, and in those that they start: it puts itself into every bootstrap.
  writeFileSync(join(folder, 'first.js'), `
    if (!self.name.startsWith('em-')) Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 4 });
    const Native = Blob;
    self.Blob = class extends Native {
      constructor(parts, options) { super(options?.type === 'text/javascript' ? ['import ' + JSON.stringify(import.meta.url) + ';', ...parts] : parts, options); }
    };
    const say = (what) => new BroadcastChannel('said').postMessage([self.name, what]);
    self.addEventListener('message', () => say('told'), { once: true });
    const request = new XMLHttpRequest();
    request.open('POST', ${JSON.stringify(`${trap.url}first/xhr`)}, false);
    try { request.send('x'); say('open'); } catch { say('refused'); }
    ${attempts(trap, 'first')};`);
  server = await serveFolder(inject('dist'), { mounts: { '/first/': folder }, headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } });
  opened = await openPage(server.url, {
    prepare: async (context, page) => {
      await WITHOUT_SERVICE_WORKER.prepare?.(context, page);
      await page.addInitScript(() => {
        const said: unknown[] = [];
        Object.assign(window, { said });
        new BroadcastChannel('said').onmessage = ({ data }) => said.push(data);
        const Native = window.Blob;
        window.Blob = class extends Native {
          constructor(parts?: BlobPart[], options?: BlobPropertyBag) {
            super(options?.type === 'text/javascript' ? [`import ${JSON.stringify(new URL('/first/first.js', location.href).href)};`, ...(parts ?? [])] : parts, options);
          }
        };
      });
    },
  });
  await readLog(opened.page);
  expect(await opened.page.getByText(/Model runs on/).textContent()).toContain('2 threads');
  await settled(opened.page);
  expect(out()).toEqual(NOTHING);
  const said = await opened.page.evaluate<[string, string][]>('window.said');
  const first = Object.fromEntries(said.toReversed());
  expect(Object.keys(first).sort()).toEqual(['em-pthread', 'model', 'reader', 'teach']);
  expect(new Set(Object.values(first))).toEqual(new Set(['refused']));
  expect(said.map(([, what]) => what)).toContain('told');
});

test('a worker of this site that is started in another way does not run', async () => {
  server = await serveFolder(inject('dist'), { mounts: { '/bare/': folder } });
  opened = await openPage(`${server.url}bare/`);
  const scripts = readdirSync(join(inject('dist'), 'assets')).filter((name) => /\.worker.*\.js$/.test(name));
  // Four that deal with logs, two that run language models, one that keeps them, one that fetches them.
  expect(scripts).toHaveLength(8);
  for (const script of scripts) {
    const said = await opened.page.evaluate((address) => new Promise<string>((resolve) => {
      const worker = new Worker(address, { type: 'module' });
      worker.onerror = (event) => resolve(event.message);
      worker.onmessage = () => resolve('it runs');
      worker.postMessage({ id: 'x', type: 'GET', path: [] });
    }), `/assets/${script}`);
    expect(said, script).toContain('no policy is in force');
  }
});

test('text does not become a program, in the page or in a worker', async () => {
  opened = await openPage(inject('site'));
  const { page } = opened;
  await readLog(page);
  // In a task of its own: while a debugger evaluates, the rules for text are relaxed.
  const later = (attempt: string): string => `new Promise((done) => setTimeout(() => { try { ${attempt}; done('ran') } catch (error) { done(error.name) } }))`;
  const caught = (): string => `new Promise((done) => setTimeout(() => done(globalThis.caught ?? 'nothing'), 200))`;
  const realms: readonly { evaluate(code: string): Promise<unknown> }[] = [page, ...page.workers()];
  for (const realm of realms) {
    for (const attempt of ["eval('globalThis.caught = 1')", "new Function('globalThis.caught = 2')()", "(async () => {}).constructor('globalThis.caught = 3')()"]) {
      expect(await realm.evaluate(later(attempt)), attempt).toMatch(/^(Eval|Type)Error$/);
    }
    await realm.evaluate(later("setTimeout('globalThis.caught = 4')"));
    expect(await realm.evaluate(caught())).toBe('nothing');
  }
  for (const attempt of [
    "document.head.append(Object.assign(document.createElement('script'), { text: 'globalThis.caught = 5' }))",
    "const script = document.createElement('script'); script.append('globalThis.caught = 6'); document.head.append(script)",
    "document.body.setAttribute('onclick', 'globalThis.caught = 7'); document.body.click()",
    "document.body.innerHTML = '<img src=x onerror=\"globalThis.caught = 8\">'",
    "location.href = 'javascript:globalThis.caught = 9'",
    "document.write('<script>globalThis.caught = 10</script>')",
  ]) {
    await page.evaluate(later(attempt));
    expect(await page.evaluate(caught()), attempt).toBe('nothing');
  }
});

describe('the same attempts, from a page without a policy,', () => {
  test('get out and are counted', async () => {
    server = await serveFolder(folder);
    opened = await openPage(server.url);
    const { page } = opened;
    await page.evaluate(`${attempts(trap, 'page')};void new Worker(URL.createObjectURL(new Blob([${JSON.stringify(attempts(trap, 'module'))}], { type: 'text/javascript' })), { type: 'module' });
      void new Worker(URL.createObjectURL(new Blob([${JSON.stringify(attempts(trap, 'classic'))}])))`);
    await page.evaluate(attempts(trap, 'page', 'form'));
    const anywhere = ['fetch', 'fetch-no-cors', 'xhr', 'web-socket', 'event-source', 'import', 'font', 'worker-that-imports', 'worker-import-scripts', 'worker-that-fetches', 'worker-of-data'];
    const inPage = ['beacon', 'fetch-later', 'image', 'image-set', 'image-button', 'image-in-svg', 'css-url', 'css-property', 'css-import', 'css-sheet', 'frame', 'object', 'embed', 'script', 'audio', 'video',
      'video-poster', 'track', 'form', 'ping', 'shared-worker-that-fetches', 'audio-worklet', 'paint-worklet', 'payment', 'link-stylesheet', 'link-icon', 'link-preload',
      'link-modulepreload', 'link-prefetch', 'link-compression-dictionary'];
    const wanted = [...['page', 'module', 'classic'].flatMap((from) => anywhere.map((name) => `${from}/${name}`)), ...inPage.map((name) => `page/${name}`), 'classic/import-scripts'];
    await expect.poll(() => wanted.filter((name) => !escaped(trap).includes(name))).toEqual([]);
    expect(trap.packets()).toBeGreaterThan(0);
  });

  test.each(['own', 'frame', 'frame-by-namespace', 'frame-of-text', 'frame-by-index', 'frame-of-parser', 'frame-of-xml', 'frame-of-html', 'frame-of-class', 'frame-of-range', 'old-frame', 'object', 'window'])(
    'send packets by WebRTC (%s)', async (realm) => {
      server = await serveFolder(folder);
      opened = await openPage(server.url);
      await opened.page.evaluate(attempts(trap, 'page', `peer-${realm}-packets`));
      await expect.poll(() => trap.packets()).toBeGreaterThan(0);
    });
});
