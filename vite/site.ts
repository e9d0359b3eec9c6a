import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { APP_MANIFEST, SHARING_MANIFEST, SITE_LIST } from '../src/contract/site.ts';
import { buildServiceWorker } from './service-worker.ts';
import { listSite, writeHashes } from './site-files.ts';
import { withShareTarget } from './web-manifest.ts';

/**
 * Completes a built site: the manifest with a share target, the list of its files (site.json), the service worker that
 * has the list built in, and hashes of it all. Only for builds: the development server has no service worker.
 * @param build what tells this build from others
 */
export function site(build: string): Plugin {
  let outDir = '';
  return {
    name: 'winnow-site',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const folder = pathToFileURL(`${outDir}/`);
        writeFileSync(new URL(SHARING_MANIFEST, folder), withShareTarget(readFileSync(new URL(APP_MANIFEST, folder), 'utf8')));
        const list = listSite(folder, build);
        writeFileSync(new URL(SITE_LIST, folder), `${JSON.stringify(list, null, 1)}\n`);
        await buildServiceWorker(outDir, list);
        writeHashes(folder);
      },
    },
  };
}
