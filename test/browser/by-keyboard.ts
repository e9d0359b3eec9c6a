import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

/** More stops than any page here has: whatever is not reached by then is not reached by Tab. */
const STOPS_MAX = 400;
/** A change of focus that the page makes by itself comes with the next frames. */
const SETTLES_MS = 3000;

/** A page that nobody points at: what is needed to work on it with keys alone, and where the focus was lost. */
export class Keyboard {
  readonly page: Page;
  /** Steps after which nothing had the focus. */
  readonly lost: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  get grid(): Locator {
    return this.page.getByRole('grid', { name: /^(Patterns|Rows)$/ });
  }

  /** Keys, one after the other. */
  async press(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.page.keyboard.press(name);
  }

  /** By Tab, or by Shift+Tab where that is the shorter way. */
  async reach(wanted: Locator): Promise<void> {
    await wanted.and(this.page.locator(':enabled, :not(button, input, select, textarea)')).waitFor({ state: 'attached' });
    const key = await wanted.evaluate(shorterWay);
    for (let stop = 0; stop <= STOPS_MAX; stop++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${key} did not reach ${String(wanted)}, but ended at ${await this.focused()}`);
  }

  /** Goes to a button, and presses Enter on it. Returns the button. */
  async enter(name: string | RegExp, within: Page | Locator = this.page): Promise<Locator> {
    const button = within.getByRole('button', { name, exact: typeof name === 'string' });
    await this.reach(button);
    await this.press('Enter');
    return button;
  }

  /** Finds patterns or rows with the search box, and goes to the first of them. */
  async search(text: string): Promise<void> {
    await this.press('/', 'Control+a');
    await this.page.keyboard.type(text);
    await expect.poll(() => this.grid.locator('.row').allInnerTexts().then((rows) => rows.length > 0 && rows.every((row) => row.includes(text))), { timeout: 10_000 }).toBe(true);
    await this.press('ArrowDown', 'Home');
  }

  /** All patterns again, from the first. */
  async searchNothing(): Promise<void> {
    await this.press('/', 'Control+a', 'Delete');
    await expect.poll(() => this.grid.getAttribute('aria-rowcount').then(Number), { timeout: 10_000 }).toBeGreaterThan(5);
    await this.press('ArrowDown', 'Home');
  }

  /** What has the focus, in words; '' where nothing has. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return '';
      return `${at.getAttribute('role') ?? at.localName} ${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 60) ?? ''}`;
    });
  }

  /** Notes where the focus is after a step, if it is nowhere. */
  async held(step: string): Promise<void> {
    const found = await expect.poll(() => this.focused(), { timeout: SETTLES_MS }).not.toBe('').then(() => true, () => false);
    if (!found) this.lost.push(step);
  }

  /** Closes a dialog with Escape: the focus is back where it came from. */
  async escape(dialog: Locator, from: Locator): Promise<void> {
    await this.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => from.evaluate((element) => element === document.activeElement), { timeout: SETTLES_MS }).toBe(true)
      .catch(async () => { this.lost.push(`Escape from ${String(dialog)} ended at "${await this.focused()}"`); });
  }

  /** Every row has its final verdict. */
  async ready(): Promise<void> {
    await untilStage(this.page, 'ready');
  }

  /** Presses a key that teaches, and waits until it is told and all that follows from it is there. */
  async teach(key: string): Promise<void> {
    const told = this.page.locator('.toast p');
    const before = await told.innerText();
    await this.press(key);
    await expect.poll(() => told.innerText(), { timeout: 10_000 }).not.toBe(before);
    await this.ready();
    await this.held(key);
  }

  /** Presses something that saves a file. Returns what was saved. */
  async save(name: string | RegExp, within: Page | Locator = this.page): Promise<Buffer> {
    await this.reach(within.getByRole('button', { name, exact: typeof name === 'string' }));
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.keyboard.press('Enter')]);
    await this.held(`saved by ${String(name)}`);
    return readFile(await download.path());
  }
}

/** Opens the page in a fresh profile, to be worked on with keys. */
export async function openKeyboard(url: string): Promise<{ readonly opened: OpenPage; readonly keys: Keyboard }> {
  const opened = await openPage(url);
  return { opened, keys: new Keyboard(opened.page) };
}

/** Runs in the page. Which key reaches an element sooner; beyond the last stop of the page, or of a dialog, comes its first. */
function shorterWay(element: Element): 'Tab' | 'Shift+Tab' {
  const all = (element.closest('dialog') ?? document).querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]');
  const stops = [...all].filter((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility());
  const at = document.activeElement ?? document.body;
  const inside = stops.filter((one) => (at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && !one.contains(at)).length;
  const ahead = (stops.indexOf(element as HTMLElement) - (at === document.body ? 0 : inside) + stops.length) % stops.length;
  return ahead <= stops.length / 2 ? 'Tab' : 'Shift+Tab';
}
