import { afterAll, afterEach, expect, inject, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { closeBrowser, openPage, untilStage } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

/** What of the made-up sample is what, as an operator would say. */
const TRUTHS: readonly (readonly [RegExp, string])[] = [
  [/refused|declined|issues with sending|timed out/, 'e'], [/No space left|is down|panic/, 'c'], [/Settlement|exit code 137/, 'w'],
  [/approved|logged|uploaded/, 'u'], [/usage|full/, 'r'], [/./, 'n'],
];

async function openSample(viewport = { width: 1280, height: 860 }): Promise<Page> {
  opened = await openPage(inject('site'), { viewport });
  const { page } = opened;
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await untilStage(page, 'ready');
  return page;
}
const share = async (dialog: Locator): Promise<number> => Number(/Estimated ([\d.]+) %/.exec((await dialog.locator('.meter').textContent()) ?? '')?.[1]);
/** What stands where the question is: its facts and the text of its first example, since line numbers and further examples may come a moment later. */
const question = async (dialog: Locator): Promise<string> => ((await dialog.locator('.facts, .end').first().textContent()) ?? '') + ((await dialog.locator('.stage li p').allTextContents())[0] ?? '');
const heard = (dialog: Locator): Promise<string | null> => dialog.locator('[aria-live]').last().textContent();

async function turned(dialog: Locator, before: string): Promise<void> {
  await expect.poll(() => question(dialog), { timeout: 10_000 }).not.toBe(before);
}

test('ten answers by keys alone: each is told at once, the estimate rises, undo goes back, and it ends by itself', async () => {
  const page = await openSample();
  await page.getByRole('grid', { name: 'Patterns' }).focus();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Ask me' });
  await dialog.getByText(/What are these [\d,]+ rows/).waitFor();
  await expect.poll(() => heard(dialog)).toContain('Next:');
  const before = await share(dialog);
  const box = await dialog.boundingBox();
  let slowest = 0;
  for (let answer = 1; answer <= 10; answer++) {
    const asked = await question(dialog);
    const key = TRUTHS.find(([words]) => words.test(asked.replace(/^.*?\?/, '')))?.[1] ?? 'n';
    const rows = /[\d,]+(?= rows)/.exec(asked)?.[0] ?? '';
    const pressed = Date.now();
    await page.keyboard.press(key);
    await dialog.locator('.done').getByText(`${rows} rows →`).waitFor();
    slowest = Math.max(slowest, Date.now() - pressed);
    await turned(dialog, asked);
    await expect.poll(() => dialog.getByText(`${answer} answered`).count()).toBe(1);
    // Whatever the next card holds, nothing moves under the hand, and the focus stays.
    expect(await dialog.boundingBox()).toEqual(box);
    expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  }
  console.info(`ask me: ${before} % → ${await share(dialog)} % in ten answers; the slowest was told after ${slowest} ms`);
  expect(await share(dialog)).toBeGreaterThan(before + 5);

  const eleventh = await question(dialog);
  await page.keyboard.press('Space');
  await turned(dialog, eleventh);
  await dialog.getByText('10 answered, 1 left out').waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => question(dialog)).toBe(eleventh);
  const taught = await share(dialog);
  await page.keyboard.press('Control+z');
  await dialog.getByText('9 answered').waitFor();
  await page.keyboard.press('ArrowLeft');
  await dialog.getByText('10 answered').waitFor();
  expect(await share(dialog)).toBeGreaterThan(taught - 5);

  for (let answer = 0; answer < 60 && (await dialog.getByRole('heading', { name: 'Enough?' }).count()) === 0; answer++) {
    const asked = await question(dialog);
    await page.keyboard.press('Enter');
    await turned(dialog, asked);
  }
  await dialog.getByText(/Another answer would change about (less than )?0\.\d % of lines/).waitFor();
  await dialog.getByRole('button', { name: 'Go on anyway' }).click();
  await dialog.getByText(/What (are these|is this)|Nothing left/).first().waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(/\d+ patterns taught/).waitFor();
  expect(opened?.errors).toEqual([]);
});

test('the same on a narrow screen by touch; nothing sticks out', async () => {
  const page = await openSample({ width: 400, height: 860 });
  await page.getByRole('button', { name: 'Ask me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask me' });
  await dialog.getByText(/What are these/).waitFor();
  const asked = await question(dialog);
  await dialog.getByRole('group', { name: 'Likeliest answers' }).getByRole('button').first().click();
  await turned(dialog, asked);
  expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => question(dialog)).toBe(asked);
  expect(opened?.errors).toEqual([]);
});

test('a spot check by keys: what was judged is counted, what was wrong can be corrected, and then it is stale', async () => {
  const page = await openSample();
  await page.getByRole('button', { name: 'Spot check', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Spot check' });
  await dialog.getByRole('textbox', { name: 'Seed' }).fill('42');
  await page.keyboard.press('Enter');
  let unsure = 0;
  for (let row = 1; row <= 50; row++) {
    await dialog.getByText(`${row} of 50`, { exact: true }).waitFor();
    await dialog.locator('.message').waitFor();
    const verdict = await dialog.locator('p.verdict .name').textContent();
    if (verdict === 'Unclassified') unsure++;
    await page.keyboard.press(verdict === 'Unclassified' ? 'n' : 'Enter');
  }
  await dialog.getByText(new RegExp(`^Correct ${50 - unsure} of 50: \\d+–\\d+ % \\(95 %\\)$`)).waitFor();
  expect(unsure).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: /^Correct th/ }).click();
  await dialog.getByText(/Stale/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Spot check: correct .* stale/ }).waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /Spot check: correct .*\(95 %\)$/ }).waitFor();
  expect(opened?.errors).toEqual([]);
});
