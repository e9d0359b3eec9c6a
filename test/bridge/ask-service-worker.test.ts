import { expect, test, vi } from 'vitest';
import { askServiceWorker, lacksScript } from '../../src/bridge/ask-service-worker.ts';
import type { SiteAsk, SiteList } from '../../src/contract/site.ts';

const SCOPE = 'https://example.org/winnow/';
const SCRIPT = `${SCOPE}assets/llm-download.worker-1.js`;
const listOf = (path: string): SiteList => ({ build: 'b', files: [{ path, bytes: 1, sha256: 'ab'.repeat(32), part: 'shell' }] });

/** A service worker that gives this answer to whatever it is asked. */
const saying = (answer: unknown): Pick<ServiceWorker, 'postMessage'> => ({ postMessage: (_: SiteAsk, ports: unknown) => (ports as readonly MessagePort[])[0]?.postMessage(answer) });

test('a script that the build in control has is told from one that it does not have any more', async () => {
  expect(await lacksScript(saying(listOf('assets/llm-download.worker-1.js')), SCRIPT, SCOPE)).toBe(false);
  expect(await lacksScript(saying(listOf('assets/llm-download.worker-2.js')), SCRIPT, SCOPE)).toBe(true);
});

test('where the answer is none, or none comes, nothing is claimed', async () => {
  expect(await lacksScript(saying('what?'), SCRIPT, SCOPE)).toBe(false);
  vi.useFakeTimers();
  const asked = askServiceWorker({ postMessage: () => undefined }, { winnow: 'list' });
  const lacks = lacksScript({ postMessage: () => undefined }, SCRIPT, SCOPE);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([await asked, await lacks]).toEqual([undefined, false]);
  vi.useRealTimers();
});
