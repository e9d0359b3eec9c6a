import { homedir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { canInstallPackages, installPackage, isProgram, namedBy, onPath } from '../programs.ts';

const LAUNCH_MS = 30_000;
const NAMES = ['firefox-esr', 'firefox'];

export const HOW_TO_GET_FIREFOX = [
  'No Firefox that starts was found: its tests are skipped. To run them:',
  '  - install Firefox the usual way for your system (Debian: apt-get install firefox-esr; as root the tests do it themselves), or',
  '  - point FIREFOX_PATH at the program of one that is installed elsewhere.',
].join('\n');

/** No traffic of Firefox's own, and no question before a file is saved. */
const PREFERENCES: Readonly<Record<string, unknown>> = {
  'app.update.auto': false, 'browser.safebrowsing.downloads.enabled': false, 'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false, 'browser.download.alwaysOpenPanel': false, 'browser.download.useDownloadDir': true,
};

/** Starts a Firefox with a fresh profile, driven over WebDriver BiDi. */
export function launchFirefox(executablePath: string, preferences: Readonly<Record<string, unknown>> = {}): Promise<Browser> {
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, timeout: LAUNCH_MS, extraPrefsFirefox: { ...PREFERENCES, ...preferences } });
}

/** Programs that may be a Firefox, likeliest first: named by the environment, on the path, in the usual places. */
export function candidates(): string[] {
  return [...new Set([...namedBy('FIREFOX_PATH'), ...onPath(NAMES), ...usualPlaces()])].filter(isProgram);
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') return ['/', homedir()].map((root) => join(root, 'Applications/Firefox.app/Contents/MacOS/firefox'));
  if (process.platform === 'win32') return namedBy('PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA').map((root) => join(root, 'Mozilla Firefox/firefox.exe'));
  return ['/usr/bin/firefox-esr', '/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox', '/snap/bin/firefox'];
}

async function findFirefox(): Promise<string | null> {
  for (const path of candidates()) if (await starts(path)) return path;
  return null;
}

async function starts(path: string): Promise<boolean> {
  try {
    await (await launchFirefox(path)).close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of a Firefox that starts; where none is installed, Debian's is got. Null when there is none to be had.
 * The answer is kept in FIREFOX_PATH, so that child processes do not search again.
 */
export async function ensureFirefox(say: (line: string) => void = console.log): Promise<string | null> {
  const found = (await findFirefox()) ?? (await installFirefox(say));
  if (found !== null) process.env['FIREFOX_PATH'] = found;
  return found;
}

async function installFirefox(say: (line: string) => void): Promise<string | null> {
  if (!canInstallPackages()) return null;
  say('No Firefox found: installing the system\'s package.');
  return (await installPackage('firefox-esr', say)) ? findFirefox() : null;
}
