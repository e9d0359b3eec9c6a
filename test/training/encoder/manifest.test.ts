import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { ModelManifest } from '../../../src/contract/model.ts';
import { fetchManifest } from '../../../src/engine/embed/model-files.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';
import { describeModels, writeManifest } from '../../../training/write-manifest.ts';

test('the manifest in the repository describes the files in the repository', async () => {
  const folder = fileURLToPath(MODELS_BASE);
  expect(await fetchManifest(MODELS_BASE, diskFetcher)).toEqual(describeModels(folder));
});

test('every model file is named in NOTICE, by itself or by its folder', () => {
  const folder = fileURLToPath(MODELS_BASE);
  const notice = readFileSync(join(folder, 'NOTICE'), 'utf8');
  for (const { path } of describeModels(folder).files) {
    if (path === 'NOTICE') continue;
    expect(notice.includes(path) || notice.includes(`\n${path.split('/')[0]}/\n`), path).toBe(true);
  }
});

test('a file without a known licence stops the script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'encoder'));
  writeFileSync(join(folder, 'encoder', 'x.onnx'), 'abc');
  writeManifest(folder);
  const written = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ModelManifest;
  // SHA-256 of "abc": FIPS 180-2, appendix B.1.
  expect(written.files).toMatchObject([{ path: 'encoder/x.onnx', bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', licence: 'Apache-2.0' }]);
  expect(describeModels(folder)).toEqual(written);
  writeFileSync(join(folder, 'mystery.bin'), 'abc');
  expect(() => describeModels(folder)).toThrow(/mystery\.bin/);
});
