import { expect, test } from 'vitest';
import { isSiteList, readSiteList } from '../../src/bridge/site-list.ts';
import type { SiteFile } from '../../src/contract/site.ts';

const SCOPE = 'https://example.org/winnow/';
const FILE: SiteFile = { path: 'assets/ort-wasm.asyncify-D5_0-z.wasm', bytes: 3, sha256: 'a'.repeat(64), part: 'gpu' };
const list = (more: Partial<Record<keyof SiteFile, unknown>> = {}): unknown => ({ build: 'this', files: [{ ...FILE, ...more }] });
const answering = (body: BodyInit, status = 200) => async (): Promise<Response> => new Response(body, { status });

test('a list names files below the folder of the page, and nothing else', () => {
  expect(isSiteList(list())).toBe(true);
  for (const path of ['../x.js', 'a/../../x.js', '/x.js', 'a//x.js', './x.js', 'https://other.test/x.js', 'x.js?y', '.htaccess', '', 7]) expect(isSiteList(list({ path })), String(path)).toBe(false);
  for (const wrong of [{ bytes: -1 }, { bytes: 1.5 }, { sha256: 'A'.repeat(64) }, { sha256: 'a' }, { part: 'other' }, { part: undefined }]) expect(isSiteList(list(wrong)), JSON.stringify(wrong)).toBe(false);
  for (const wrong of [null, 7, {}, { build: 'this' }, { build: 1, files: [] }, { build: 'this', files: [null] }]) expect(isSiteList(wrong), JSON.stringify(wrong)).toBe(false);
});

test('the list of this build is read from beside the page', async () => {
  let asked = '';
  expect(await readSiteList(SCOPE, 'this', async (url) => { asked = url; return new Response(JSON.stringify(list())); })).toEqual(list());
  expect(asked).toBe(`${SCOPE}site.json`);
});

test('a server that is gone, has no list, a broken one, or that of another build is told apart in words', async () => {
  await expect(readSiteList(SCOPE, 'this', async () => { throw new TypeError('Failed to fetch'); })).rejects.toMatchObject({ code: 'model-missing', message: expect.stringContaining('does not answer') });
  for (const none of [answering('', 404), answering('<!doctype html>'), answering(JSON.stringify(list({ path: '../x' })))]) {
    await expect(readSiteList(SCOPE, 'this', none)).rejects.toMatchObject({ code: 'model-missing', message: expect.stringContaining('published without site.json') });
  }
  await expect(readSiteList(SCOPE, 'this', answering('<h1>busy</h1>', 503))).rejects.toMatchObject({ code: 'model-missing', message: expect.stringContaining('error (status 503)') });
  await expect(readSiteList(SCOPE, 'other', answering(JSON.stringify(list())))).rejects.toMatchObject({ code: 'save-failed', message: expect.stringContaining('newer version') });
});
