import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelManifest } from '../../src/contract/model.ts';
import { APP_MANIFEST } from '../../src/contract/site.ts';
import { partOf } from '../../vite/parts.ts';
import { firstUseMegabytes } from '../../vite/program.ts';
import { listSite, writeHashes } from '../../vite/site-files.ts';
import { withShareTarget } from '../../vite/web-manifest.ts';

const PUBLIC = join(import.meta.dirname, '..', '..', 'public');
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('the list of a built site', () => {
  let folder: string;
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow site '));
    for (const path of ['b.js', 'assets/é 1.js', 'assets/Z.js', 'B.js', 'index.html', 'site.json', 'service-worker.js', 'SHA256SUMS', '.DS_Store', 'assets/.x.swp']) put(path, '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('has each file once, in the order of code units, without what is made from it and without hidden files', () => {
    const { build, files } = listSite(pathToFileURL(`${folder}/`), 'abc');
    expect(build).toBe('abc');
    expect(files.map(({ path }) => path)).toEqual(['B.js', 'assets/Z.js', 'assets/é 1.js', 'b.js', 'index.html']);
    expect(files[0]).toEqual({ path: 'B.js', bytes: 0, sha256: EMPTY, part: 'shell' });
  });

  test('and the hashes cover the rest too, in the form of sha256sum', () => {
    put('B.js', 'abc');
    writeHashes(pathToFileURL(`${folder}/`));
    const lines = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n');
    // FIPS 180-2, appendix B.1.
    expect(lines[0]).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  B.js');
    expect(lines.slice(1, -1).map((line) => line.slice(66))).toEqual(['assets/Z.js', 'assets/é 1.js', 'b.js', 'index.html', 'service-worker.js', 'site.json']);
    expect(lines.at(-1)).toBe('');
  });
});

describe('parts', () => {
  test.each([
    ['index.html', 'shell'], ['manifest.webmanifest', 'shell'], ['icons/icon-192.png', 'shell'], ['assets/index-a_1-b.js', 'shell'], ['assets/model.worker-x.js', 'shell'],
    ['models/manifest.json', 'shell'], ['models/NOTICE', 'shell'], ['models/classify/limits.json', 'shell'], ['models/encoder/minilm-int8.onnx', 'model'], ['models/classify/examples.json', 'model'],
    ['assets/ort-wasm-simd-threaded-DcHrbrbl.wasm', 'model'], ['assets/ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm', 'gpu'], ['assets/gpu-encoder.worker-x.js', 'gpu'], ['models/encoder/minilm-w8.onnx', 'gpu'],
  ] as const)('%s belongs to %s', (path, part) => {
    expect(partOf(path)).toBe(part);
  });

  test('of all models are enough for a processor, and leave out what only graphics cards need', () => {
    const { files } = JSON.parse(readFileSync(join(PUBLIC, 'models', 'manifest.json'), 'utf8')) as ModelManifest;
    const gpu = files.filter(({ path }) => partOf(`models/${path}`) === 'gpu');
    expect(gpu.map(({ path }) => path)).toEqual(['encoder/minilm-w8.onnx']);
    const all = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    expect(firstUseMegabytes()).toBeGreaterThan(all - (gpu[0]?.bytes ?? 0) / 1e6);
    expect(firstUseMegabytes()).toBeLessThan(all + 15);
  });
});

describe('app manifests', () => {
  const text = readFileSync(join(PUBLIC, APP_MANIFEST), 'utf8');
  const app = JSON.parse(text) as { readonly [name: string]: unknown; readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose: string }[]; readonly file_handlers: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[] };

  test('the one that everybody gets offers nothing that posts to the site', () => {
    expect(app).not.toHaveProperty('share_target');
    expect(text).not.toMatch(/POST/i);
    expect(app).toMatchObject({ id: './', start_url: './', scope: './', display: 'standalone' });
  });

  test('the other one is the same app with a share target for the same kinds of files', () => {
    const { share_target: share, ...rest } = JSON.parse(withShareTarget(text)) as Record<string, unknown>;
    expect(rest).toEqual(app);
    const endings = app.file_handlers.flatMap(({ accept }) => Object.values(accept).flat());
    expect(endings.sort()).toEqual(['.csv', '.gz', '.json', '.jsonl', '.log', '.ndjson', '.tsv', '.txt', '.zip', '.zst']);
    expect(share).toMatchObject({ action: './share', method: 'POST', enctype: 'multipart/form-data' });
    const accept = (share as { params: { files: { accept: string[] }[] } }).params.files[0]?.accept ?? [];
    expect(accept.filter((kind) => kind.startsWith('.')).sort()).toEqual(endings.sort());
  });

  test('name icons that are there, in the sizes that they have', () => {
    for (const { src, sizes } of app.icons) {
      const bytes = readFileSync(join(PUBLIC, src));
      if (src.endsWith('.svg')) expect(bytes.toString()).toContain('<svg');
      // Width and height in a PNG's first chunk (PNG specification, section 11.2.2).
      else expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(app.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
  });
});
