/**
 * `npm run bench:keys [-- --rows=10000000 --patterns=3500 --presses=15]`: how long it takes from a key press that corrects a
 * pattern until every number, chart and row on the screen is up to date again. On the built page, in a real browser. 3,500 kinds of
 * messages become about 5,000 patterns, since levels and outcome words divide some.
 */
import { parseArgs } from 'node:util';
import { median } from '../table.ts';
import { medianAndWorst, withWideLog } from './wide-page.ts';

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

await withWideLog({ rows: Number(values.rows), patterns: Number(values.patterns), dist: '' }, { width: 1280, height: 720 }, async (page) => {
  await page.getByRole('grid', { name: 'Patterns' }).focus();
  const presses: Press[] = [];
  for (let at = 0; at < Number(values.presses); at++) {
    await page.evaluate(WATCH);
    await page.keyboard.press(KEYS[at % KEYS.length]);
    const times = await page.evaluate(() => window.pressTimes);
    if (times !== undefined) presses.push(times);
  }
  for (const [what, list] of [['first frame', presses.map(({ shown }) => shown)], ['everything up to date', presses.map(({ settled }) => settled)], ['longest main-thread task', presses.map(({ task }) => task)]] as const) {
    console.log(`${what.padEnd(26)} ${medianAndWorst(list)}`);
  }
  console.log(`bar: everything up to date within ${BAR_MS} ms (median): ${median(presses.map(({ settled }) => settled)) <= BAR_MS ? 'held' : 'missed'}`);
});
