/**
 * `npm test`: type checks, unit tests, build, tests in a real Chromium and in a real Firefox; cheapest first, and it
 * stops where going on makes no sense. Without a Firefox its tests are skipped, and that is said. The last line is always `N passed, N failed`. Arguments are a filter on test files
 * (`npm test -- csv`); a filtered run goes straight to the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './browser/chromium.ts';
import { HOW_TO_GET_FIREFOX, ensureFirefox } from './firefox/firefox.ts';
import { COUNTS_FILE } from './reporter.ts';
import type { Counts } from './reporter.ts';

const filter = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'winnow-test-'));
const countsFile = join(folder, 'counts');
const total: Counts = { passed: 0, failed: 0 };

/** Runs a script of package.json, with its output shown as it comes. True when it succeeded. */
function script(name: string, args: readonly string[] = []): boolean {
  const result = spawnSync('npm', ['run', '--silent', name, '--', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32', env: { ...process.env, [COUNTS_FILE]: countsFile },
  });
  return result.status === 0;
}

/** A step without tests of its own counts only when it fails. */
function step(title: string, action: () => boolean): boolean {
  console.log(`\n── ${title}`);
  const ok = action();
  if (!ok) {
    total.failed += 1;
    console.log(`── ${title}: failed`);
  }
  return ok;
}

/** Runs a Vitest project and adds its counts. A run that ends badly without counts is one failure. */
function tests(project: string): boolean {
  console.log(`\n── ${project} tests`);
  rmSync(countsFile, { force: true });
  const ok = script(`test:${project}`, ['--passWithNoTests', '--reporter=default', '--reporter=./test/reporter.ts', ...filter]);
  const lines = existsSync(countsFile) ? readFileSync(countsFile, 'utf8').trim().split('\n') : [];
  const runs = lines.map((line) => JSON.parse(line) as Counts);
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  total.passed += runs.reduce((sum, run) => sum + run.passed, 0);
  total.failed += ok ? failed : Math.max(1, failed);
  return ok && failed === 0;
}

async function browser(): Promise<boolean> {
  try {
    console.log(`\n── browser: ${await ensureChromium()}`);
    return true;
  } catch (error) {
    total.failed += 1;
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/** Chromium's results are compared with, so this comes after it. */
async function firefox(): Promise<void> {
  const found = await ensureFirefox();
  console.log(found === null ? `\n── ${HOW_TO_GET_FIREFOX}` : `\n── Firefox: ${found}`);
  if (found !== null) tests('firefox');
}

async function main(): Promise<void> {
  const whole = filter.length === 0;
  if (whole && !step('type checks', () => script('check'))) return;
  tests('unit');
  if (whole && !step('build', () => script('build', ['--logLevel', 'warn']))) return;
  if (await browser()) {
    tests('browser');
    await firefox();
  }
  if (total.passed + total.failed === 0) {
    console.error(`No test file matches ${filter.join(' ')}.`);
    total.failed = 1;
  }
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
