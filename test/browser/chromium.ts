import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { canInstallPackages, installPackage, isProgram, isRoot, namedBy, onPath, run } from '../programs.ts';

const LAUNCH_MS = 30_000;

const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome', 'microsoft-edge'];
const CACHED = /^chromium-\d+$/;
/** Where Playwright's archives keep the program, by platform and version. */
const CACHED_PROGRAMS = [
  'chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-win64/chrome.exe', 'chrome-win/chrome.exe',
  ...['chrome-mac', 'chrome-mac-arm64', 'chrome-mac-x64'].flatMap((folder) => [
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    `${folder}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
  ]),
];

export const HOW_TO_GET_CHROMIUM = [
  'The browser tests need Chrome or Chromium, and none was found or could be fetched.',
  '  - install Google Chrome, Chromium or Edge the usual way for your system (Debian: apt-get install chromium), or',
  '  - run: npx playwright-core install --with-deps chromium, or',
  '  - point CHROME_PATH at the program of one that is installed elsewhere.',
].join('\n');

/** Arguments every browser of tests and benches starts with: no traffic of Chromium's own. */
export function launchArgs(extra: readonly string[] = []): string[] {
  return [
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ...extra,
  ];
}

/** Programs that may be a Chromium, likeliest first: named by the environment, on the path, in the usual places, in Playwright's cache. */
export function candidates(): string[] {
  return [...new Set([...namedBy('CHROME_PATH', 'CHROMIUM_PATH'), ...onPath(NAMES), ...usualPlaces(), ...playwrightCache()])].filter(isProgram);
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `Applications/${app}.app/Contents/MacOS/${app}`);
    return ['/', homedir()].flatMap((root) => apps.map((app) => join(root, app)));
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]).filter((root) => root !== undefined);
    const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return roots.flatMap((root) => programs.map((program) => join(root, program)));
  }
  return ['/usr/bin/chromium', '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

function playwrightCache(): string[] {
  const own = chromium.executablePath();
  const fallback = process.platform === 'darwin' ? 'Library/Caches' : process.platform === 'win32' ? 'AppData/Local' : '.cache';
  const root = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), fallback, 'ms-playwright');
  if (!existsSync(root)) return [own];
  const versions = readdirSync(root).filter((name) => CACHED.test(name)).sort().reverse();
  return [own, ...versions.flatMap((version) => CACHED_PROGRAMS.map((program) => join(root, version, program)))];
}

/** The first candidate that really starts (a stub that asks for a snap, or one that lacks libraries, does not). */
export async function findChromium(): Promise<string | undefined> {
  for (const path of candidates()) if (await starts(path)) return path;
  return undefined;
}

async function starts(executablePath: string): Promise<boolean> {
  try {
    const browser = await chromium.launch({ executablePath, args: launchArgs(), timeout: LAUNCH_MS });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of a Chromium that starts. Where none is installed, gets one: Playwright's own build, else Debian's package.
 * The answer is kept in CHROME_PATH, so that child processes do not search again.
 * @throws Error with what to do, when there is none to be had.
 */
export async function ensureChromium(say: (line: string) => void = console.log): Promise<string> {
  const found = (await findChromium()) ?? (await fetchChromium(say));
  if (found === undefined) throw new Error(HOW_TO_GET_CHROMIUM);
  process.env['CHROME_PATH'] = found;
  return found;
}

async function fetchChromium(say: (line: string) => void): Promise<string | undefined> {
  say('No Chrome or Chromium found: fetching Playwright\'s build.');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const playwright = await run(process.execPath, [cli, 'install', 'chromium'], say);
  const downloaded = playwright ? await findChromium() : undefined;
  if (downloaded !== undefined) return downloaded;
  if (!canInstallPackages()) return undefined;
  say(playwright ? 'It does not start here (missing libraries): installing the system\'s package.' : 'That did not work: installing the system\'s package.');
  await installPackage('chromium', say);
  return findChromium();
}
