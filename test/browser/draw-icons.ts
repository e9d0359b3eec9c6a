/**
 * Draws the app's icons in public/icons from public/favicon.svg. Run by hand after a change of that drawing, with Chrome or
 * Chromium installed: `npx tsx test/browser/draw-icons.ts`. The results are part of the project, so a build needs no browser.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from '../../vite/program.ts';
import { ensureChromium, launchArgs } from './chromium.ts';

/** Systems cut maskable icons to shapes of their own; within a circle of 80 % nothing is cut (W3C Web App Manifest, "safe zone"). */
const SAFE = 0.8;

interface Icon {
  readonly name: string;
  readonly pixels: number;
  readonly maskable: boolean;
}

const ICONS: readonly Icon[] = [
  { name: 'icon-192', pixels: 192, maskable: false },
  { name: 'icon-512', pixels: 512, maskable: false },
  { name: 'maskable-512', pixels: 512, maskable: true },
];

const drawing = readFileSync(new URL('public/favicon.svg', ROOT), 'utf8');
const background = /<rect [^>]*fill="(#[0-9a-f]{6})"/.exec(drawing)?.[1];
if (background === undefined) throw new Error('favicon.svg has no background: a <rect> with a fill of six hex digits.');

const folder = new URL('public/icons/', ROOT);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
for (const { name, pixels, maskable } of ICONS) {
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
  const size = maskable ? Math.floor(pixels * SAFE) : pixels;
  await page.setContent(`<style>html { background: ${maskable ? background : 'transparent'} } body { margin: ${(pixels - size) / 2}px } svg { display: block; width: ${size}px; height: ${size}px }</style>${drawing}`);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), omitBackground: true });
  await page.close();
}
await browser.close();
