import { expect, test } from 'vitest';
import { TrafficCount } from '../../src/bridge/traffic.ts';
import type { LoadedEntry } from '../../src/contract/site.ts';

const OWN = 'https://example.org';
const entry = (name: string, more: Partial<LoadedEntry> = {}): LoadedEntry => ({ name, workerStart: 0, transferSize: 1300, ...more });
const META = "default-src 'none'";
const HEADER = "default-src 'none'; frame-ancestors 'none'";

test('what the service worker answered is counted where it says so, all else by the browser, and nothing twice', () => {
  const count = new TrafficCount(OWN);
  count.loaded([entry(`${OWN}/a.js`), entry(`${OWN}/b.js`, { workerStart: 12.5 }), entry('blob:https://example.org/1', { transferSize: 500 }), entry('data:text/plain,x')]);
  count.worker({ winnow: 'loaded', entries: [entry(`${OWN}/worker.js`, { workerStart: 3 }), entry(`${OWN}/model.bin`, { transferSize: 2300 })] });
  count.told({ winnow: 'fetched', path: 'b.js', bytes: 70 });
  expect(count.total('service-worker')).toEqual({ downloads: 3, bytes: 1000 + 2000 + 70, elsewhere: 0, refused: 0, sent: 0, by: 'service-worker' });
});

test('what came from the browser’s own cache was no download; an answer “not modified” was one without a body', () => {
  const count = new TrafficCount(OWN);
  count.loaded([entry(`${OWN}/a.js`, { transferSize: 0 }), entry(`${OWN}/b.js`, { transferSize: 300 })]);
  expect(count.total('browser')).toMatchObject({ downloads: 1, bytes: 0 });
});

test('a request to another site counts unless it was stopped, by a policy or by the service worker', () => {
  const count = new TrafficCount(OWN);
  const there = entry('https://other.example/x?y=1', { transferSize: 0 });
  count.loaded([there]);
  expect(count.total('browser')).toMatchObject({ elsewhere: 1, refused: 0, downloads: 0 });
  count.stopped({ address: 'https://other.example/x?y=1', policy: META });
  expect(count.total('browser')).toMatchObject({ elsewhere: 0, refused: 1 });
  count.loaded([there]);
  count.told({ winnow: 'refused', address: 'https://other.example/x', elsewhere: true });
  expect(count.total('browser')).toMatchObject({ elsewhere: 0, refused: 2 });
  // As often as it was stopped, and no more.
  count.loaded([there]);
  expect(count.total('browser')).toMatchObject({ elsewhere: 1, refused: 2 });
});

test('two policies tell of the same request; one more in a worker is another request', () => {
  const count = new TrafficCount(OWN);
  for (const policy of [META, HEADER]) count.stopped({ address: 'wss://other.example/', policy });
  count.stopped({ address: 'eval', policy: META });
  count.stopped({ address: 'eval', policy: HEADER });
  for (const policy of [META, HEADER]) count.worker({ winnow: 'stopped', address: 'https://other.example/', policy });
  expect(count.total('service-worker')).toMatchObject({ refused: 3, elsewhere: 0 });
});

test('what was fetched for a language model is told apart, and counts once', () => {
  const count = new TrafficCount(OWN);
  const model = 'https://models.example/x.gguf';
  count.told({ winnow: 'model', address: model, hosts: ['models.example', 'eu.cdn.example'] });
  expect(count.total('service-worker')).toMatchObject({ elsewhere: 1, refused: 0, forModel: { requests: 1, hosts: ['models.example', 'eu.cdn.example'] } });
  // The worker's own list has it too, with its query.
  count.worker({ winnow: 'loaded', entries: [entry(`${model}?download=true`, { workerStart: 3, transferSize: 0 })] });
  expect(count.total('service-worker')).toMatchObject({ elsewhere: 1 });
  // What nobody let through is no part of it.
  count.loaded([entry('https://other.example/x', { transferSize: 0 })]);
  count.told({ winnow: 'model', address: model, hosts: ['models.example'] });
  expect(count.total('service-worker')).toMatchObject({ elsewhere: 3, forModel: { requests: 2, hosts: ['models.example', 'eu.cdn.example'] } });
});
