import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { ROOT } from '../browser/built-site.ts';
import { ensureChromium, launchArgs } from '../browser/chromium.ts';
import { serveFolder } from '../browser/static-server.ts';
import type { Lab, TaskRun } from './bench.ts';
import type { TaskResult } from './page/main.ts';
import type { TaskName } from './page/tasks.ts';

const CACHE = join(ROOT, '.cache', 'bench');

/** Builds the bench page apart from the product, serves it with the product's models, and starts a browser. */
export async function openLab(rows: number, patterns: number): Promise<Lab & { close(): Promise<void> }> {
  const outDir = join(CACHE, 'page');
  await build({
    root: join(import.meta.dirname, 'page'), configFile: false, base: './', logLevel: 'warn', publicDir: false,
    worker: { format: 'es' }, build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
  const server = await serveFolder(outDir, { mounts: { '/models/': join(ROOT, 'public', 'models'), '/floor-models/': join(CACHE, 'floor-models') } });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
  return {
    rows, patterns, cache: CACHE,
    runTask: (task, path) => runTask(browser, server.url, task, path),
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

async function runTask(browser: Browser, url: string, task: TaskName, path: string): Promise<TaskRun> {
  // A fresh context gets a process of its own: no heap and no compiled code of an earlier bench.
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('input[type=file]').setInputFiles(path);
    const once = (): Promise<TaskResult> => page.evaluate((name) => window.runTask(name), task);
    const cold = await once();
    const warm = await once();
    return { cold: cold.ms, warm: warm.ms, counts: warm.counts };
  } finally {
    await context.close();
  }
}
