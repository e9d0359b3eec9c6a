import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { ROOT, ensureBuilt } from '../../browser/built-site.ts';
import { ensureChromium, launchArgs } from '../../browser/chromium.ts';
import { serveFolder } from '../../browser/static-server.ts';
import { median } from '../table.ts';
import { generateWideLog } from './wide-log.ts';

export interface WideLog {
  readonly rows: number;
  readonly patterns: number;
  /** Folder of a built page; '' builds it. */
  readonly dist: string;
}

/** Opens the built page with a wide log, waits until every verdict is final, and lets `measure` go on from there. */
export async function withWideLog({ rows, patterns, dist }: WideLog, viewport: { width: number; height: number }, measure: (page: Page) => Promise<void>): Promise<void> {
  const path = await generateWideLog(join(ROOT, '.cache', 'bench'), rows, patterns);
  const server = await serveFolder(dist === '' ? await ensureBuilt() : resolve(dist));
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
  try {
    const page = await browser.newPage({ viewport });
    await page.goto(server.url);
    const began = performance.now();
    await page.locator('input[type=file]').first().setInputFiles(path);
    await page.locator('main[data-stage=ready]').waitFor({ timeout: 1_200_000 });
    const shown = await page.getByRole('tab', { name: /Patterns/ }).textContent();
    console.log(`${rows.toLocaleString('en')} rows, ${shown?.trim() ?? ''}: final after ${((performance.now() - began) / 1000).toFixed(1)} s`);
    await measure(page);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** "median 62 ms   worst 88 ms", aligned. */
export function medianAndWorst(times: readonly number[]): string {
  return `median ${median(times).toFixed(0).padStart(5)} ms   worst ${Math.max(...times).toFixed(0).padStart(5)} ms`;
}
