import { resolveObjectURL } from 'node:buffer';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/*
 * The real thing, in a real browser, is in test/browser/leaks.test.ts. Here: what is put before a runtime's scripts, and what of
 * it is let through.
 */
const { createObjectURL } = URL;
const SCRIPT = 'text/javascript';
let start: typeof import('../../src/contract/start-script.ts');

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('origin', 'http://site.test');
  start = await import('../../src/contract/start-script.ts');
  (await import('../../src/contract/runtime-scripts.ts')).admitRuntimeScripts();
});
afterEach(() => {
  URL.createObjectURL = createObjectURL;
  vi.unstubAllGlobals();
});

const textAt = async (address: string): Promise<string> => (await resolveObjectURL(address)?.text()) ?? '';

/** Runs a script as a worker would, in a world of its own. Returns what it did there. */
async function run(address: string): Promise<{ readonly self: Record<string, unknown>; readonly told: unknown[]; readonly workers: string[]; readonly tell: (name: string, event: object) => void }> {
  const told: unknown[] = [], workers: string[] = [];
  const hears: Record<string, (event: object) => void> = {};
  const self: Record<string, unknown> = {
    WebTransport: 1, WebSocketStream: 1, RTCDataChannel: 1, Notification: 1, Blob, console, JSON, TypeError, Set, Reflect,
    // The browser's own would take no address of trusted types from another world.
    URL: { createObjectURL: (object: Blob) => createObjectURL.call(URL, object) },
    Worker: class { constructor(script: string) { workers.push(script); } },
    PerformanceObserver: class { observe(): void { /* nothing is loaded here */ } },
    postMessage: (message: unknown) => told.push(message),
    addEventListener: (name: string, hear: (event: object) => void) => { hears[name] = hear; },
  };
  self['self'] = self;
  runInNewContext(await textAt(address), self);
  return { self, told, workers, tell: (name, event) => hears[name]?.(event) };
}

test('a script of the runtime may begin as a blob; any other blob may not', async () => {
  const script = URL.createObjectURL(new Blob(['self.ran = true'], { type: SCRIPT }));
  expect(start.bootstrap(script)).toBe(script);
  for (const type of ['', 'text/plain', 'application/wasm']) {
    const other = URL.createObjectURL(new Blob(['self.ran = true'], { type }));
    expect(await textAt(other), type).toBe('self.ran = true');
    expect(() => start.bootstrap(other), type).toThrow(TypeError);
  }
  expect(() => start.bootstrap(createObjectURL.call(URL, new Blob(['1'], { type: SCRIPT })))).toThrow(TypeError);
});

test('before it runs, the ways out that no policy covers are gone', async () => {
  const { self } = await run(URL.createObjectURL(new Blob(["self.seen = [typeof WebTransport, typeof WebSocketStream, typeof RTCDataChannel, typeof Notification].join()"], { type: SCRIPT })));
  expect(self['seen']).toBe('undefined,undefined,undefined,undefined');
  expect(start.UNCOVERED.filter((name) => name in self)).toEqual([]);
});

test('it starts threads from what was made there, and from nothing else', async () => {
  const { self, workers } = await run(URL.createObjectURL(new Blob([`
    self.thread = URL.createObjectURL(new Blob(['self.ran = true'], { type: '${SCRIPT}' }));
    new Worker(self.thread);
    self.refused = ['https://other.test/x.js', '/assets/a.js', URL.createObjectURL(new Blob(['1'], { type: 'text/plain' }))].map((script) => {
      try { new Worker(script); return 'started'; } catch (error) { return error.constructor.name; }
    }).join();`], { type: SCRIPT })));
  expect(workers).toEqual([self['thread']]);
  expect(self['refused']).toBe('TypeError,TypeError,TypeError');
  // A thread has nothing more to get out by than what started it.
  const thread = await run(String(self['thread']));
  expect([thread.self['ran'], start.UNCOVERED.filter((name) => name in thread.self)]).toEqual([true, []]);
});

test('it tells the page what was stopped', async () => {
  const { told, tell } = await run(URL.createObjectURL(new Blob([''], { type: SCRIPT })));
  tell('securitypolicyviolation', { blockedURI: 'https://other.test/', originalPolicy: "default-src 'none'" });
  expect(told).toEqual([{ winnow: 'stopped', address: 'https://other.test/', policy: "default-src 'none'" }]);
});
