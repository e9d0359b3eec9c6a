import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { firstScreens, furtherScreens, readingScreen, resultDialogs, resultScreens, savedReport } from './every-screen.ts';
import { closeBrowser, openPage } from './page.ts';
import type { OpenPage } from './page.ts';

/** axe-core as text: it is run by the browser's remote control, which the page's policy does not bind. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2, levels A and AA, and what axe-core calls best practice; none of their rules is left out. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 400, height: 800 };

const opened: OpenPage[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) {
    expect(one.errors).toEqual([]);
    await one.close();
  }
});
afterAll(closeBrowser);

async function fresh(): Promise<Page> {
  const one = await openPage(`${inject('site')}?save=download`);
  opened.push(one);
  return one.page;
}

/** What axe-core finds wrong, one line for each element. @param rules all of `TAGS` where there are none */
async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const runOnly = rules.length > 0 ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS };
  await page.evaluate(`typeof axe === 'undefined' ? (() => { ${AXE} })() : 0; 0`);
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`)) as AxeResults;
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

/** Looks at each screen wide and light, and narrow and dark; at colours also wide in the dark. */
function looker(page: Page, wrong: string[]): (screen: string) => Promise<void> {
  return async (screen) => {
    for (const [viewport, colorScheme, rules] of [[WIDE, 'light', []], [NARROW, 'dark', []], [WIDE, 'dark', ['color-contrast']]] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      wrong.push(...(await violations(page, rules)).map((text) => `${screen}, ${viewport.width} px, ${colorScheme}: ${text}`));
    }
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: 'light' });
  };
}

test('the rules find what is wrong', async () => {
  const page = await fresh();
  await page.evaluate(() => {
    const made = document.createElement('p');
    made.append(Object.assign(new Image(), { src: 'favicon.svg' }), document.createElement('button'), Object.assign(document.createElement('b'), { textContent: 'faint' }));
    made.style.setProperty('color', '#bbb');
    document.querySelector('main')?.append(made);
  });
  const found = (await violations(page)).map((text) => text.split(':')[0]);
  expect(found).toEqual(expect.arrayContaining(['image-alt', 'button-name', 'color-contrast']));
});

test.each([
  ['before a file', async (page: Page, look: (screen: string) => Promise<void>) => {
    await firstScreens(page, look);
    await readingScreen(page, look);
  }],
  ['of results', async (page: Page, look: (screen: string) => Promise<void>) => {
    await resultScreens(page, look);
    await resultDialogs(page, look);
  }],
  ['of labels and of several files', furtherScreens],
] as const)('no screen %s violates a rule, wide or narrow, light or dark', async (_what, walk) => {
  const page = await fresh();
  const wrong: string[] = [];
  await walk(page, looker(page, wrong));
  expect(wrong).toEqual([]);
});

test('nor does the report that is saved', async () => {
  const page = await fresh();
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
  const html = await savedReport(page);
  const report = await (opened[0] as OpenPage).context.newPage();
  await report.setContent(html);
  const wrong: string[] = [];
  await looker(report, wrong)('report');
  expect(wrong).toEqual([]);
});

test('Tab goes round the page and round a dialog, every stop shows that it has the focus and is large enough to hit', async () => {
  const page = await fresh();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
  const round = async (most: number): Promise<string[]> => {
    const stops: string[] = [];
    for (let at = 0; at < most; at++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(focusNow);
      if (stop === '' && at > 0) return stops;
      if (stop !== '' && stop === stops[0]) return stops;
      if (stop !== '') stops.push(stop);
    }
    throw new Error(`Tab does not come back to where it began: ${stops.slice(-5).join(', ')}`);
  };
  const stops = await round(150);
  expect(stops.length).toBeGreaterThan(30);
  expect(stops.filter((stop) => stop.startsWith('!'))).toEqual([]);
  await page.getByRole('button', { name: 'More ways to save…' }).click();
  await page.locator('dialog[open]').waitFor();
  const inside = await round(60);
  expect(inside.length).toBeGreaterThan(5);
  expect(inside.filter((stop) => stop.startsWith('!') || !stop.endsWith('in the dialog'))).toEqual([]);
  // Nothing moves for those who asked for it.
  expect(await page.evaluate(() => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1).length)).toBe(0);
});

/** Runs in the page. What has the focus, in words, with `!` in front where it shows nothing of it or is too small; '' where nothing has. */
function focusNow(): string {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return '';
  // A hidden field shows its focus on its label, whoever fills the viewport on its edge.
  const label = at.matches('.hidden-visually') ? document.querySelector<HTMLElement>(`label[for="${at.id}"]`) : null;
  const shown = label ?? at;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const inText = at.matches('p *, h1 *, h2 *, li *, td *, th *, footer *, label *, summary, input');
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  const large = inText || (box.width >= 24 && box.height >= 24);
  // Fields of one kind read alike, so the place in the page tells them apart.
  const name = `${at.getAttribute('role') ?? at.localName} ${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 40) ?? ''} #${[...document.querySelectorAll('*')].indexOf(at)}`;
  return `${seen ? '' : '! not seen: '}${large ? '' : `! ${Math.round(box.width)} × ${Math.round(box.height)}: `}${name}${at.closest('dialog') === null ? '' : ' in the dialog'}`;
}

test('at twice the size of text nothing is cut off or needs scrolling sideways', async () => {
  const page = await fresh();
  // What a browser's zoom does to a window of 1280 pixels.
  await page.setViewportSize({ width: 640, height: 400 });
  const sideways = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
  expect(await sideways()).toBe(0);
});

test('with a system’s own few colours categories and bars still differ', async () => {
  const page = await fresh();
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.locator('main[data-stage=ready][data-complete=true]').waitFor({ state: 'attached' });
  const colours = await page.evaluate(() => {
    const of = (selector: string): string[] => [...document.querySelectorAll(selector)].map((one) => getComputedStyle(one).backgroundColor);
    const list = document.querySelector('section[aria-label="Categories"]');
    const chips = [...(list?.querySelectorAll('.swatch') ?? [])].map((one) => getComputedStyle(one).backgroundColor);
    return { chips, pressed: of('button[aria-pressed="true"], button[aria-selected="true"]'), plain: of('button[aria-pressed="false"], button[aria-selected="false"]') };
  });
  expect(new Set(colours.chips).size).toBeGreaterThanOrEqual(9);
  // What is chosen is told by more than a tint that such systems drop.
  expect(colours.pressed.length).toBeGreaterThan(0);
  expect(colours.pressed.filter((colour) => colours.plain.includes(colour))).toEqual([]);
});
