import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import type { LlmAnswer, LlmQuestion, LlmReady } from '../../src/contract/llm-api.ts';
import { ROOT } from '../browser/built-site.ts';
import { ensureChromium, launchArgs } from '../browser/chromium.ts';
import { serveFolder } from '../browser/static-server.ts';
import type { LabPage } from './page/main.ts';

export interface LlmLab {
  readonly ready: LlmReady;
  ask(question: LlmQuestion): Promise<LlmAnswer>;
  close(): Promise<void>;
}

/** With these a page may use threads, as the product's page may once its service worker is in control. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/**
 * Loads a model in a real browser, in the product's own worker (workers/wllama.worker.ts), on a page apart from the product.
 * @param files paths of a GGUF, or of all its parts
 * @throws Error with the worker's words where the model cannot be loaded
 */
export async function openLlmLab(files: readonly string[], contextTokens: number): Promise<LlmLab> {
  const outDir = join(ROOT, '.cache', 'llm-lab');
  await build({
    root: join(import.meta.dirname, 'page'), configFile: false, base: './', logLevel: 'error', publicDir: false,
    worker: { format: 'es' }, build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
  const server = await serveFolder(outDir, { headers: ISOLATED });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage();
    // Loading a large model, and a long thought, may take minutes.
    page.setDefaultTimeout(0);
    await page.goto(server.url);
    await page.locator('input[type=file]').setInputFiles([...files]);
    const call = async <K extends keyof LabPage>(name: K, given: Parameters<LabPage[K]>[0]): Promise<Awaited<ReturnType<LabPage[K]>>> =>
      (await page.evaluate(([verb, value]) => (window.lab[verb] as (value: unknown) => Promise<unknown>)(value), [name, given] as const)) as Awaited<ReturnType<LabPage[K]>>;
    return { ready: await call('load', contextTokens), ask: (question) => call('ask', question), close };
  } catch (error) {
    await close();
    throw error;
  }
}
