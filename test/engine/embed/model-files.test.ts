import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ModelManifest } from '../../../src/contract/model.ts';
import type { Fetcher } from '../../../src/engine/embed/model-files.ts';
import { fetchManifest, fetchModelFile } from '../../../src/engine/embed/model-files.ts';

const BASE = 'http://localhost/repo/models/';
const TEXT = 'hello model';
// printf 'hello model' | sha256sum
const SHA256 = '2b2eb6f423932d62cafb015658d50a64d33e96e66fc9ec182172df817971e6f4';

function manifestOf(entry: object = {}): ModelManifest {
  return { version: 1, files: [{ path: 'a/b.bin', bytes: TEXT.length, sha256: SHA256, licence: 'MIT', origin: 'test', ...entry }] };
}

/** Serves one file, in pieces. */
function serving(text: string, init: ResponseInit = {}): Fetcher {
  return async (url) => {
    if (url !== `${BASE}a/b.bin`) return new Response(null, { status: 404 });
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 4) controller.enqueue(bytes.slice(at, at + 4));
        controller.close();
      },
    });
    return new Response(body, init);
  };
}

test('a file that matches is returned, with progress', async () => {
  const progress: number[][] = [];
  const bytes = await fetchModelFile(BASE, manifestOf(), 'a/b.bin', (received, total) => progress.push([received, total]), serving(TEXT));
  expect(new TextDecoder().decode(bytes)).toBe(TEXT);
  expect(progress).toEqual([[4, 11], [8, 11], [11, 11]]);
});

test.each([
  ['one byte changed', 'hellO model'], ['cut short', 'hello mod'], ['longer', 'hello model!'], ['empty', ''],
])('a tampered file is refused: %s', async (_, text) => {
  const failed = fetchModelFile(BASE, manifestOf(), 'a/b.bin', undefined, serving(text));
  await expect(failed).rejects.toMatchObject({ code: 'model-tampered', message: expect.stringContaining('a/b.bin') });
});

test.each<[string, Fetcher]>([
  ['status 404', async () => new Response('no', { status: 404 })],
  ['no server', async () => { throw new TypeError('Failed to fetch'); }],
  ['a web page instead', serving('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })],
  ['connection lost half-way', async () => new Response(new ReadableStream({ pull: (c) => c.error(new TypeError('network error')) }))],
])('a missing file is said to be missing: %s', async (_, fetcher) => {
  await expect(fetchModelFile(BASE, manifestOf(), 'a/b.bin', undefined, fetcher)).rejects.toMatchObject({ code: 'model-missing' });
});

test('a server in trouble is not said to lack the file', async () => {
  const failed = fetchModelFile(BASE, manifestOf(), 'a/b.bin', undefined, async () => new Response('busy', { status: 503 }));
  await expect(failed).rejects.toMatchObject({ code: 'model-missing', message: expect.stringContaining('answers with an error (status 503)') });
});

test('a file that the manifest does not list is not asked for', async () => {
  const asked: string[] = [];
  const fetcher: Fetcher = async (url) => { asked.push(url); return new Response(TEXT); };
  await expect(fetchModelFile(BASE, manifestOf(), 'other.bin', undefined, fetcher)).rejects.toMatchObject({ code: 'model-missing' });
  expect(asked).toEqual([]);
});

test('a manifest is read from the folder', async () => {
  const manifest = manifestOf();
  const read = await fetchManifest(BASE, async (url) => (url === `${BASE}manifest.json` ? Response.json(manifest) : new Response(null, { status: 404 })));
  expect(read).toEqual(manifest);
});

test.each<[string, unknown]>([
  ['no object', 7], ['null', null], ['another version', { ...manifestOf(), version: 2 }], ['no files', { version: 1 }],
  ['files not a list', { version: 1, files: { length: 0 } }], ['an upward path', manifestOf({ path: '../x.bin' })],
  ['an absolute path', manifestOf({ path: '/x.bin' })], ['an address', manifestOf({ path: 'https://example.org/x' })],
  ['a query', manifestOf({ path: 'x?y' })], ['a negative size', manifestOf({ bytes: -1 })], ['a huge size', manifestOf({ bytes: 1e12 })],
  ['a short hash', manifestOf({ sha256: 'abc' })], ['an entry without a licence', manifestOf({ licence: undefined })],
])('a manifest of another form is refused: %s', async (_, value) => {
  await expect(fetchManifest(BASE, async () => Response.json(value))).rejects.toMatchObject({ code: 'model-tampered' });
});

test('the manifest of another build is refused, and the page says that the site may have been updated', async () => {
  const text = JSON.stringify(manifestOf());
  const hash = createHash('sha256').update(text).digest('hex');
  const fetcher: Fetcher = async () => new Response(text);
  expect(await fetchManifest(BASE, fetcher, hash)).toEqual(manifestOf());
  await expect(fetchManifest(BASE, async () => new Response(`${text} `), hash)).rejects.toMatchObject({ code: 'model-tampered', message: expect.stringMatching(/updated.*reload/) });
});
