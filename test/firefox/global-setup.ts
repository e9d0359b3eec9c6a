import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../browser/chromium.ts';
import { serveBuilt } from '../browser/global-setup.ts';
import { HOW_TO_GET_FIREFOX, ensureFirefox } from './firefox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of Firefox's program; '' where there is none, and every test is skipped. */
    firefox: string;
  }
}

/** Once per run: a Firefox, a Chromium to compare with, a build and a server. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const firefox = (await ensureFirefox()) ?? '';
  project.provide('firefox', firefox);
  if (firefox === '') {
    console.warn(HOW_TO_GET_FIREFOX);
    return undefined;
  }
  project.provide('chromium', await ensureChromium());
  return serveBuilt(project);
}
