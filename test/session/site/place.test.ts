import { afterEach, expect, test, vi } from 'vitest';
import { place } from '../../../src/session/site/place.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test('where not even looking is allowed, as in a sandbox, there is nothing to stand on, and nothing is thrown', () => {
  const refuse = (): never => { throw new DOMException('not here', 'SecurityError'); };
  vi.stubEnv('DEV', false);
  vi.stubGlobal('navigator', Object.defineProperty({}, 'serviceWorker', { get: refuse }));
  vi.stubGlobal('caches', undefined);
  Object.defineProperty(globalThis, 'caches', { get: refuse, configurable: true });
  expect(place()).toMatchObject({ container: null, caches: null });
});

test('names the service workers of a browser that has them', () => {
  const serviceWorker = {};
  vi.stubEnv('DEV', false);
  vi.stubGlobal('navigator', { serviceWorker });
  expect(place().container).toBe(serviceWorker);
});
