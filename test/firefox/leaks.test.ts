import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { attempts, escaped } from '../browser/leak-attempts.ts';
import { startLeakTrap } from '../browser/leak-trap.ts';
import type { LeakTrap } from '../browser/leak-trap.ts';
import { serveFolder } from '../browser/static-server.ts';
import { NO_FIREFOX, closeBrowser, openPage, untilComplete } from './page.ts';
import type { OpenPage } from './page.ts';

/** What was let through has arrived by then; nothing tells. */
const SETTLES_MS = 1500;
const LOG = 'source,log_message\nCRM,User User12 logged in.\nCRM,the payment gateway refused the connection\n';

let trap: LeakTrap;
let opened: OpenPage | undefined;

beforeEach(async () => {
  trap = await startLeakTrap();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await trap.stop();
});
afterAll(closeBrowser);

/** Code for the page: `leakers.postMessage('go')` has every worker of its make the attempts, and `attempted` gets the names of those that did. */
function inEveryWorker(): string {
  // What fails in an attempt, or in a worker that it starts, must not end this worker: the page would think that it has died.
  const first = `
    for (const type of ['error', 'unhandledrejection']) addEventListener(type, (event) => { event.preventDefault(); event.stopImmediatePropagation(); });
    const Quiet = class extends Worker { constructor(...given) { super(...given); this.onerror = (event) => event.preventDefault(); } };
    globalThis.Worker = Quiet;
    const leakers = new BroadcastChannel('leakers');
    const run = async () => { ${attempts(trap, 'worker').replace(/leak\([^\n]*$/, 'await $&')}; leakers.postMessage(self.name); };
    leakers.onmessage = ({ data }) => { if (data === 'go') void run(); };`;
  return `
    window.attempted = [];
    window.leakers = new BroadcastChannel('leakers');
    leakers.onmessage = ({ data }) => window.attempted.push(data);
    const Native = window.Blob;
    window.Blob = class extends Native {
      constructor(parts, options) { super(options?.type === 'text/javascript' ? [${JSON.stringify(first)}, '\\n', ...parts] : parts, options); }
    };`;
}

describe.skipIf(NO_FIREFOX)('ways out', () => {
  test('from page and workers nothing reaches another origin', async () => {
    opened = await openPage(inject('site'), { before: inEveryWorker() });
    await opened.drop({ name: 'a.csv', bytes: LOG });
    await untilComplete(opened.page);
    await opened.page.evaluate("leakers.postMessage('go')");
    await opened.page.evaluate(attempts(trap, 'page'));
    await expect.poll(async () => ((await opened?.page.evaluate('attempted')) as string[]).toSorted()).toEqual(['model', 'reader', 'teach']);
    await wait(SETTLES_MS);
    expect([trap.hits, trap.connections(), trap.packets()]).toEqual([[], 0, 0]);
    // No policy forbids these; they are taken away.
    expect(await opened.page.evaluate('[typeof RTCPeerConnection, typeof WebTransport]')).toEqual(['undefined', 'undefined']);
  });

  test('the same attempts do get out of a page without a policy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'winnow-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>bare</title><body>');
    const server = await serveFolder(folder);
    try {
      opened = await openPage(server.url);
      const anywhere = ['fetch', 'fetch-no-cors', 'xhr', 'web-socket', 'event-source', 'worker-that-imports', 'worker-that-fetches', 'font'];
      const wanted = [...anywhere.flatMap((name) => [`page/${name}`, `worker/${name}`]), 'page/beacon', 'page/image', 'page/frame', 'page/css-sheet', 'page/script', 'page/link-stylesheet'];
      const page = opened.page;
      // Again until each has got out once: on busy cores a single try of a worker's worker may end without a request.
      await expect.poll(async () => {
        await page.evaluate(attempts(trap, 'page'));
        await page.evaluate(`window.outer = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(attempts(trap, 'worker'))}], { type: 'text/javascript' })), { type: 'module' })`);
        await wait(SETTLES_MS);
        return wanted.filter((name) => !escaped(trap).includes(name));
      }, { timeout: 90_000 }).toEqual([]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
