import { expect, test } from 'vitest';
import { fetchSiteModels, readSiteModels } from '../../../src/engine/llm/site-models.ts';

const SCOPE = 'https://example.org/winnow/';
const HASH = 'ab'.repeat(32);
const list = (...models: unknown[]): string => JSON.stringify({ models });

test('both kinds, with what is left out filled in', () => {
  expect(readSiteModels(list(
    { name: 'Qwen3 0.6B', gguf: ['big/Qwen3 0.6B.gguf'], bytes: [1000], sha256: [HASH], licence: 'Apache-2.0' },
    { name: 'On the card', webllm: 'Qwen3-0.6B-q4f16_1-MLC', library: 'lib/q.wasm', memoryBytes: 5 },
  ), SCOPE)).toEqual([
    expect.objectContaining({ id: expect.stringMatching(/^site-[0-9a-z]+-Qwen3-0\.6B$/) as string, runtime: 'wllama', origin: 'site', base: `${SCOPE}llm/`, hosts: [], files: [{ path: 'big/Qwen3 0.6B.gguf', bytes: 1000, sha256: HASH }], bytes: 1000, licence: 'Apache-2.0' }),
    expect.objectContaining({ runtime: 'webllm', base: `${SCOPE}llm/Qwen3-0.6B-q4f16_1-MLC/resolve/main/`, library: `${SCOPE}llm/lib/q.wasm`, memoryBytes: 5, needsF16: true, files: [] }),
  ]);
});

test.each([
  ['[]', /object/], ['{"models": 1}', /object/], ['not JSON', /object/], [list(1), /entry 1/], [list({ name: 'x', gguf: ['a.gguf'] }, { name: 'x' }), /entry 2/],
  [list({ name: 'x', gguf: ['../a.gguf'] }), /entry 1/], [list({ name: 'x', gguf: ['a.gguf'], bytes: [-1] }), /entry 1/], [list({ name: 'x', gguf: ['a.gguf'], sha256: ['AB'] }), /entry 1/],
  [list({ name: 'x', gguf: ['https://evil.example.org/a.gguf'] }), /entry 1/], [list({ name: 'x', webllm: 'a' }), /entry 1/], [list({ name: 'x', webllm: 'a', library: 'b.wasm', gguf: ['c.gguf'] }), /entry 1/],
  [list({ name: 'x', gguf: ['a.gguf'] }, { name: 'y', gguf: ['a.gguf'] }), /two entries/], [list({ name: 'x', gguf: ['a.gguf'], licence: 'x'.repeat(300_000) }), /object/],
])('%.60s is refused', (json, words) => {
  expect(() => readSiteModels(json, SCOPE)).toThrow(expect.objectContaining({ code: 'llm-refused', message: expect.stringMatching(words) }));
});

test('files and folders of one name in different folders are two models', () => {
  const models = readSiteModels(list({ name: 'x', gguf: ['a/model.gguf'] }, { name: 'y', gguf: ['b/model.gguf'] }, { name: 'z', webllm: 'c/model', library: 'l.wasm' }), SCOPE);
  expect(new Set(models.map(({ id }) => id)).size).toBe(3);
});

test('no more is read than a list may have', async () => {
  let sent = 0;
  let stopped = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => { sent += 50_000; controller.enqueue(new Uint8Array(50_000).fill(32)); },
    cancel: () => { stopped = true; },
  });
  await expect(fetchSiteModels(SCOPE, async () => new Response(endless))).rejects.toMatchObject({ code: 'llm-refused', message: expect.stringContaining('too large') });
  expect([sent < 400_000, stopped]).toEqual([true, true]);
});

test('a site without a list offers nothing; one that does not answer is told', async () => {
  const asked: string[] = [];
  const answer = (response: () => Response) => async (address: string): Promise<Response> => { asked.push(address); return response(); };
  expect(await fetchSiteModels(SCOPE, answer(() => new Response('', { status: 404 })))).toEqual([]);
  expect(await fetchSiteModels(SCOPE, answer(() => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })))).toEqual([]);
  expect(await fetchSiteModels(SCOPE, answer(() => new Response(list({ name: 'x', gguf: ['a.gguf'] }))))).toHaveLength(1);
  expect(new Set(asked)).toEqual(new Set([`${SCOPE}llm/models.json`]));
  await expect(fetchSiteModels(SCOPE, async () => { throw new TypeError('Failed to fetch'); })).rejects.toMatchObject({ code: 'llm-unavailable' });
});
