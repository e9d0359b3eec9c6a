import type { TestProject } from 'vitest/node';
import { ensureBuilt } from './built-site.ts';
import { ensureChromium } from './chromium.ts';
import { serveFolder } from './static-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser's program. */
    chromium: string;
    /** Folder of the built page, for tests that stop their own server. */
    dist: string;
    /** The built page on a plain file server shared by all tests, at the root and below a sub-path. */
    site: string;
    subPathSite: string;
  }
}

/** Once per run: a browser, a build and a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromium', await ensureChromium());
  return serveBuilt(project);
}

/** Returns what stops it. */
export async function serveBuilt(project: TestProject): Promise<() => Promise<void>> {
  const dist = await ensureBuilt();
  const server = await serveFolder(dist);
  project.provide('dist', dist);
  project.provide('site', server.url);
  project.provide('subPathSite', server.subPathUrl);
  return () => server.stop();
}
