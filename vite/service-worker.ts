import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { SERVICE_WORKER } from '../src/contract/site.ts';
import type { SiteList } from '../src/contract/site.ts';
import { ROOT } from './program.ts';

/**
 * Builds the service worker as one classic script beside index.html, with the list of the site built in: one that lists other
 * files is another script, which is how browsers notice a newer build (Service Workers, section "Update").
 */
export async function buildServiceWorker(folder: string, list: SiteList): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(ROOT),
    logLevel: 'warn',
    publicDir: false,
    define: { __SITE_LIST__: JSON.stringify(list) },
    build: {
      outDir: folder, emptyOutDir: false, target: 'es2022', modulePreload: false, reportCompressedSize: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('workers/service.worker.ts', ROOT)),
        output: { format: 'iife', entryFileNames: SERVICE_WORKER, codeSplitting: false },
      },
    },
  });
}
