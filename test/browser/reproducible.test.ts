import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { MADE_OF } from '../../vite/program.ts';
import { ROOT } from './built-site.ts';

const scratch = mkdtempSync(join(tmpdir(), 'winnow second build '));
afterAll(() => rmSync(scratch, { recursive: true }));

/** SHA-256 of every file below a folder. */
function hashes(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile()).sort();
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')]));
}

test('a second build, in another folder, time zone and language, is the same to the byte', () => {
  // If a build needed more than it says that it is made of, this one would fail.
  for (const path of MADE_OF) cpSync(join(ROOT, path), join(scratch, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'), 'junction');
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--outDir', 'elsewhere', '--logLevel', 'warn'], {
    cwd: scratch, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'development', TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  });
  expect(result.status, result.stderr).toBe(0);
  expect(hashes(join(scratch, 'elsewhere'))).toEqual(hashes(inject('dist')));
});

test('SHA256SUMS names every other file with its hash', () => {
  const { SHA256SUMS: own, ...others } = hashes(inject('dist'));
  const lines = readFileSync(join(inject('dist'), 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  expect(own).toBeDefined();
  expect(Object.fromEntries(lines.map((line) => [line.slice(66), line.slice(0, 64)]))).toEqual(others);
  if (existsSync('/usr/bin/sha256sum')) expect(spawnSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: inject('dist'), encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('nothing in a build names the folder that it was made in', () => {
  const text = readdirSync(inject('dist'), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(js|css|html|json|webmanifest|svg)$/.test(path) && !path.startsWith('models'));
  expect(text.filter((path) => readFileSync(join(inject('dist'), path), 'utf8').includes(ROOT))).toEqual([]);
});
