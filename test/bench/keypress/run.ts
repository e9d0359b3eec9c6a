/**
 * `npm run bench:keys [-- --rows=10000000 --patterns=3500 --presses=15]`: how long it takes from a key press that corrects a
 * pattern until every number, chart and row on the screen is up to date again. On the built page, in a real browser. 3,500 kinds of
 * messages become about 5,000 patterns, since levels and outcome words divide some.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { ROOT, ensureBuilt } from '../../browser/built-site.ts';
import { ensureChromium, launchArgs } from '../../browser/chromium.ts';
import { serveFolder } from '../../browser/static-server.ts';
import { generateWideLog } from './wide-log.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' }, patterns: { type: 'string', default: '3500' }, presses: { type: 'string', default: '15' } } });
/** What the page is asked to hold (ms). */
const BAR_MS = 300;
const KEYS = ['e', 'w', 'r', 'n', 'u', 'c', 's', 'd', 'h'];

/** Times of one press, in ms after the event. */
interface Press {
  /** The first frame that shows what was said. */
  readonly shown: number;
  /** The frame after which nothing changes any more. */
  readonly settled: number;
  /** The longest task of the main thread on the way. */
  readonly task: number;
}

declare global {
  interface Window {
    pressTimes?: Promise<Press>;
  }
}

/** Runs in the page: waits for the next key press and what follows from it. Text, since a transpiler may put its own helpers into functions. */
const WATCH = `
  window.pressTimes = new Promise((resolve) => {
    const main = document.querySelector('main');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    addEventListener('keydown', async (event) => {
      const start = event.timeStamp;
      let task = 0;
      const tasks = new PerformanceObserver((list) => { for (const entry of list.getEntries()) task = Math.max(task, entry.duration); });
      tasks.observe({ entryTypes: ['longtask'] });
      const shown = (await frame()) - start;
      while (main.dataset.stage !== 'ready') await frame();
      const settled = (await frame()) - start;
      // Long tasks are told of a little later.
      await new Promise((done) => setTimeout(done, 200));
      tasks.disconnect();
      resolve({ shown, settled, task });
    }, { capture: true, once: true });
  });
  0;
`;

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const path = await generateWideLog(join(ROOT, '.cache', 'bench'), Number(values.rows), Number(values.patterns));
const server = await serveFolder(await ensureBuilt());
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: launchArgs() });
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  const began = performance.now();
  await page.locator('input[type=file]').first().setInputFiles(path);
  await page.locator('main[data-stage=ready]').waitFor({ timeout: 1_200_000 });
  const patterns = await page.getByRole('tab', { name: /Patterns/ }).textContent();
  console.log(`${Number(values.rows).toLocaleString('en')} rows, ${patterns?.trim() ?? ''}: final after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await page.getByRole('grid', { name: 'Patterns' }).focus();
  const presses: Press[] = [];
  for (let at = 0; at < Number(values.presses); at++) {
    await page.evaluate(WATCH);
    await page.keyboard.press(KEYS[at % KEYS.length]);
    const times = await page.evaluate(() => window.pressTimes);
    if (times !== undefined) presses.push(times);
  }
  for (const [what, list] of [['first frame', presses.map(({ shown }) => shown)], ['everything up to date', presses.map(({ settled }) => settled)], ['longest main-thread task', presses.map(({ task }) => task)]] as const) {
    console.log(`${what.padEnd(26)} median ${median(list).toFixed(0).padStart(5)} ms   worst ${Math.max(...list).toFixed(0).padStart(5)} ms`);
  }
  console.log(`bar: everything up to date within ${BAR_MS} ms (median): ${median(presses.map(({ settled }) => settled)) <= BAR_MS ? 'held' : 'missed'}`);
} finally {
  await browser.close();
  await server.stop();
}
