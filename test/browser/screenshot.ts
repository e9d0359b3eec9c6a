/** Takes docs/screenshot.png, the picture of the README: `npx tsx test/browser/screenshot.ts`. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT, ensureBuilt } from './built-site.ts';
import { ensureChromium, launchArgs } from './chromium.ts';
import { serveFolder } from './static-server.ts';

const PICTURE = join(ROOT, 'docs', 'screenshot.png');
const READY_MS = 120_000;

const server = await serveFolder(await ensureBuilt());
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached', timeout: READY_MS });
  await page.getByRole('img', { name: /over the log/ }).waitFor();
  // Nothing is to look pointed at.
  await page.mouse.move(0, 0);
  // The charts' code comes after the page's; nothing tells when a canvas has been painted.
  await page.waitForTimeout(1000);
  mkdirSync(dirname(PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE });
  console.log(`${PICTURE} is of the sample, ready and complete.`);
} finally {
  await browser.close();
  await server.stop();
}
