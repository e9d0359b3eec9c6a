import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SiteWorker } from '../../src/bridge/site-worker.ts';
import type { SiteWorkerParts } from '../../src/bridge/site-worker.ts';
import type { SiteAsk } from '../../src/contract/site.ts';

/** A service worker that answers as told. */
class MadeWorker extends EventTarget {
  state = 'installing';
  scriptURL = 'https://example.org/winnow/service-worker.js';
  readonly heard: SiteAsk[] = [];
  answer: (ask: SiteAsk) => unknown = () => undefined;
  postMessage(ask: SiteAsk, ports: readonly MessagePort[] = []): void {
    this.heard.push(ask);
    ports[0]?.postMessage(this.answer(ask));
  }
  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class MadeRegistration extends EventTarget {
  installing: MadeWorker | null = null;
  waiting: MadeWorker | null = null;
  active: MadeWorker | null = null;
  readonly update = vi.fn(async () => undefined);
}

class MadeContainer extends EventTarget {
  controller: MadeWorker | null = null;
  readonly registration = new MadeRegistration();
  readonly startMessages = vi.fn();
  readonly register = vi.fn(async () => this.registration);
  readonly getRegistration = async (): Promise<MadeRegistration> => this.registration;
}

/** Build of the page. */
const BUILD = 'a'.repeat(64);
let container: MadeContainer;
const leave = vi.fn();
const told = vi.fn();
const made = (more: Partial<SiteWorkerParts> = {}): SiteWorker => new SiteWorker({
  container: container as unknown as ServiceWorkerContainer, scope: 'https://example.org/winnow/', told, changed: () => undefined, build: BUILD, leave, ...more,
});

beforeEach(() => {
  container = new MadeContainer();
  vi.clearAllMocks();
  vi.stubGlobal('origin', 'https://example.org');
});

describe('at the start', () => {
  test('the script beside the page is registered for its folder, past all caches', async () => {
    const worker = made();
    await worker.start();
    expect(container.register).toHaveBeenCalledWith('https://example.org/winnow/service-worker.js', { scope: 'https://example.org/winnow/', updateViaCache: 'none' });
    expect(worker).toMatchObject({ controlled: false, newer: false, why: '' });
  });

  test('where there is none the person is told why: no such thing here, denied, or not published', async () => {
    const none = made({ container: null });
    await none.start();
    expect(none.why).toContain('plain http');
    container.register.mockRejectedValue(new DOMException('denied', 'SecurityError'));
    const denied = made();
    await denied.start();
    expect(denied.why).toContain('site data switched off');
    container.register.mockRejectedValue(new TypeError('bad script'));
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    const unpublished = made();
    await unpublished.start();
    expect(unpublished.why).toContain('published without service-worker.js');
  });

  test('a first installation that fails is told, one that succeeds is nothing newer', async () => {
    const first = (container.registration.installing = new MadeWorker());
    const worker = made();
    await worker.start();
    first.becomes('installed');
    expect(worker).toMatchObject({ newer: false, why: '' });
    first.becomes('redundant');
    expect(worker.why).toContain('no room');
  });

  test('what the service worker tells is passed on from before the registration, other messages are not', () => {
    made().listen();
    expect(container.startMessages).toHaveBeenCalledTimes(1);
    for (const data of [{ winnow: 'fetched', path: 'a.js', bytes: 3 }, { winnow: 'fetched', path: 'a.js' }, 'text', null]) container.dispatchEvent(new MessageEvent('message', { data }));
    expect(told.mock.calls).toEqual([[{ winnow: 'fetched', path: 'a.js', bytes: 3 }]]);
  });

  test('one of another site above this one is not in control, and its successor is nothing newer', async () => {
    container.controller = Object.assign(new MadeWorker(), { scriptURL: 'https://example.org/service-worker.js' });
    const worker = made();
    worker.listen();
    await worker.start();
    expect(worker.controlled).toBe(false);
    container.controller = new MadeWorker();
    container.dispatchEvent(new Event('controllerchange'));
    await vi.waitFor(() => expect(worker.controlled).toBe(true));
    expect(worker.newer).toBe(false);
    // Where the server shows the page at an address that it does not know, that page came from there.
    for (const [path, controlled] of [['/winnow/', true], ['/winnow/index.html', true], ['/winnow/index', true], ['/winnow/else', false]] as const) {
      vi.stubGlobal('location', { pathname: path });
      const there = made();
      there.listen();
      expect(there.controlled, path).toBe(controlled);
    }
    vi.unstubAllGlobals();
  });
});

describe('a newer build', () => {
  beforeEach(() => { container.registration.active = container.controller = new MadeWorker(); });

  test('is found where one waits already, where one comes, and where another tab or visit has changed to it', async () => {
    const worker = made();
    await worker.start();
    const next = (container.registration.installing = new MadeWorker());
    container.registration.dispatchEvent(new Event('updatefound'));
    expect(worker.newer).toBe(false);
    next.becomes('installed');
    expect(worker.newer).toBe(true);

    container.registration.waiting = next;
    const later = made();
    await later.start();
    expect(later.newer).toBe(true);

    container.registration.waiting = null;
    const other = made();
    other.listen();
    await other.start();
    const takes = (build: string): void => {
      container.registration.active!.answer = ({ winnow }) => (winnow === 'list' ? { build, files: [] } : undefined);
      container.dispatchEvent(new Event('controllerchange'));
    };
    // Deleted and kept again by another tab: no other build.
    takes(BUILD);
    await vi.waitFor(() => expect(container.registration.active!.heard).toContainEqual({ winnow: 'list' }));
    await new Promise((done) => setTimeout(done, 20));
    expect(other.newer).toBe(false);
    takes('b'.repeat(64));
    await vi.waitFor(() => expect(other.newer).toBe(true));
    // A page of this build whose first control is that of the other.
    const late = made();
    await late.start();
    expect(late.newer).toBe(true);
  });

  test('is used when this tab is alone and all is put down: first that, then the change, then one reload', async () => {
    const order: string[] = [];
    const waiting = (container.registration.waiting = new MadeWorker());
    container.registration.active!.answer = () => 1;
    waiting.answer = () => void setTimeout(() => container.dispatchEvent(new Event('controllerchange')));
    leave.mockImplementation(() => void order.push('leave'));
    const post = vi.spyOn(waiting, 'postMessage').mockImplementation((ask) => {
      order.push(ask.winnow);
      setTimeout(() => container.dispatchEvent(new Event('controllerchange')));
    });
    const worker = made();
    await worker.start();
    await worker.useNewer(async () => void order.push('carry'));
    expect(order).toEqual(['carry', 'use-now', 'carry', 'leave']);
    expect(post).toHaveBeenCalledTimes(1);
    expect(leave).toHaveBeenCalledTimes(1);
  });

  test('is not used while other tabs are open, nor where something cannot be put down; then nothing happens', async () => {
    const waiting = (container.registration.waiting = new MadeWorker());
    container.registration.active!.answer = () => 3;
    const carry = vi.fn(async () => undefined);
    const worker = made();
    await worker.start();
    await expect(worker.useNewer(carry)).rejects.toThrow('open in 2 other tabs: close them first');
    expect(carry).not.toHaveBeenCalled();
    container.registration.active!.answer = () => 1;
    await expect(worker.useNewer(async () => { throw new Error('no room'); })).rejects.toThrow('no room');
    expect(waiting.heard).toEqual([]);
    expect(leave).not.toHaveBeenCalled();
  });

  test('that does not take over, or a service worker that does not answer, is given up in words', async () => {
    vi.useFakeTimers();
    container.registration.waiting = new MadeWorker();
    vi.spyOn(container.registration.active!, 'postMessage').mockImplementation(() => undefined);
    const worker = made();
    const silent = expect(worker.useNewer(async () => undefined)).rejects.toThrow('does not answer');
    await vi.advanceTimersByTimeAsync(10_000);
    await silent;
    vi.restoreAllMocks();
    container.registration.active!.answer = () => 1;
    vi.useRealTimers();
    expect(leave).not.toHaveBeenCalled();
  });
});

test('looks for a newer build once an hour at most', async () => {
  vi.useFakeTimers({ now: 0 });
  const worker = made();
  await worker.start();
  await worker.check();
  expect(container.registration.update).not.toHaveBeenCalled();
  vi.setSystemTime(3_700_000);
  await worker.check();
  await worker.check();
  expect(container.registration.update).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});
