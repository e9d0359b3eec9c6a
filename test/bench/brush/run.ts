/**
 * `npm run bench:brush [-- --rows=10000000 --patterns=3500 --moves=15 --dist=dist]`: how long it takes from a change of the selected
 * range of the timeline until every number, chart and list on the screen follows, with the patterns and with the rows in the
 * list; and from zooming in and out. On the built page, in a real browser, by the keys of the timeline.
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { medianAndWorst, withWideLog } from '../keypress/wide-page.ts';
import { median } from '../table.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' }, patterns: { type: 'string', default: '3500' }, moves: { type: 'string', default: '15' }, dist: { type: 'string', default: '' } } });
/** What the page is asked to hold (ms). */
const BAR_MS = 150;

/** Times of one change, in ms after the event. */
interface Change {
  /** The frame after which nothing changes any more. */
  readonly settled: number;
  /** The longest task of the main thread on the way. */
  readonly task: number;
}

declare global {
  interface Window {
    changeTimes?: Promise<Change>;
  }
}

/** Still for so long (ms), and nothing more is to come. */
const STILL = 1000;

/** Runs in the page: waits for the next key press, then until the page has kept still for a while. Text, since a transpiler may put its own helpers into functions. */
const WATCH = `
  window.changeTimes = new Promise((resolve) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    addEventListener('keydown', async (event) => {
      const start = event.timeStamp;
      let task = 0;
      let changed = true;
      const tasks = new PerformanceObserver((list) => { for (const entry of list.getEntries()) task = Math.max(task, entry.duration); });
      tasks.observe({ entryTypes: ['longtask'] });
      const watch = new MutationObserver(() => { changed = true; });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      let settled = 0;
      let still = 0;
      while (performance.now() - still < ${STILL} || still === 0) {
        const at = await frame();
        if (changed) { settled = at - start; still = at; }
        changed = false;
      }
      watch.disconnect();
      tasks.disconnect();
      resolve({ settled, task });
    }, { capture: true, once: true });
  });
  0;
`;

async function press(page: Page, key: string): Promise<Change> {
  await page.evaluate(WATCH);
  await page.keyboard.press(key);
  const times = await page.evaluate(() => window.changeTimes);
  if (times === undefined) throw new Error(`nothing was measured of ${key}`);
  return times;
}

async function brush(page: Page): Promise<Change[]> {
  const chart = page.getByRole('slider', { name: /timeline/ });
  await chart.focus();
  for (const key of ['Escape', 'Home', 'PageDown', 'PageDown']) await page.keyboard.press(key);
  await page.waitForTimeout(1000);
  const changes: Change[] = [];
  for (let at = 0; at < Number(values.moves); at++) changes.push(await press(page, at % 3 === 2 ? 'Shift+PageDown' : 'Shift+ArrowRight'));
  return changes;
}

function print(what: string, changes: readonly Change[]): boolean {
  const settled = changes.map((change) => change.settled);
  console.log(`${what.padEnd(28)} ${medianAndWorst(settled)}   longest task ${median(changes.map(({ task }) => task)).toFixed(0).padStart(4)} ms`);
  return median(settled) <= BAR_MS;
}

await withWideLog({ rows: Number(values.rows), patterns: Number(values.patterns), dist: values.dist }, { width: 1280, height: 1200 }, async (page) => {
  const held = print('brush, patterns listed', await brush(page));
  await page.getByRole('tab', { name: 'Rows' }).click();
  const rowsHeld = print('brush, rows listed', await brush(page));
  await page.getByRole('tab', { name: /Patterns/ }).click();
  await page.getByRole('slider', { name: /timeline/ }).focus();
  const zooms: Change[] = [];
  for (let at = 0; at < 5; at++) zooms.push(await press(page, 'z'), await press(page, 'Shift+z'));
  print('zoom in', zooms.filter((_, at) => at % 2 === 0));
  print('zoom out', zooms.filter((_, at) => at % 2 === 1));
  console.log(`bar: every view follows the brush within ${BAR_MS} ms (median): ${held && rowsHeld ? 'held' : 'missed'}`);
});
