import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(closeBrowser);

const TAG = '<img src=x onerror="document.title=\'owned\'"><b id=injected>bold</b>';
const ANSI = '\u001b[2J\u001b[31mred\u001b[0m';
const BIDI = 'user \u202egnp.exe\u202c \u2066hidden\u2069 zero\u200bwidth';
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const RECORDS = [
  [`svc${TAG}`, `request failed: ${TAG}`], [`svc${ANSI}`, `colour ${ANSI} in a line that failed`], [`svc${BIDI}`, `download of ${BIDI} was denied`],
  ['plain', '<script>document.title="owned"</script> was sent by a client'],
] as const;
const FILE = `source,log_message,kind<samp>\n${RECORDS.map((record) => `${record.map(cell).join(',')},1`).join('\n')}\n`;

test('markup and control characters in lines, sources, columns and names are shown as text', async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  const { page } = opened;
  await drop(page, { name: `a${BIDI}<u id=filename>.csv`, bytes: FILE });
  await untilStage(page, 'ready');
  const everything = async (): Promise<void> => {
    expect(await page.locator('#injected, samp, #filename, img[src=x], script:not([src])').count()).toBe(0);
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069]/);
    const titles = await page.locator('[title], [aria-label]').evaluateAll((all) => all.map((one) => `${one.getAttribute('title')} ${one.getAttribute('aria-label')}`).join(' '));
    expect(titles).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f\u200b\u202a-\u202e\u2066-\u2069]/);
    expect(await page.title()).not.toContain('owned');
  };
  await page.getByRole('grid', { name: 'Rows' }).getByText('<b id=injected>').first().waitFor();
  await everything();
  await page.getByRole('grid', { name: 'Rows' }).getByText('‹U+202E›').first().click();
  await everything();
  await page.getByRole('tab', { name: /Patterns/ }).click();
  for (const index of RECORDS.keys()) {
    await page.getByRole('grid', { name: 'Patterns' }).getByRole('row').nth(index + 1).click();
    await page.getByRole('complementary', { name: 'Pattern details' }).getByText(/line \d/).first().waitFor();
    await everything();
  }
  await page.getByRole('banner').getByRole('button', { name: 'change', exact: true }).click();
  await page.getByRole('dialog', { name: 'How this file is read' }).getByRole('columnheader', { name: 'kind<samp>' }).waitFor();
  await everything();
  await page.keyboard.press('Escape');
  const saved = await downloadCsv(page);
  expect(saved.bytes.toString('utf8').split('\n').slice(1, 5).every((line, at) => line.startsWith(FILE.split('\n')[at + 1] as string))).toBe(true);
  expect(opened.strays()).toEqual([]);

  // An alert names the file: its name is text there too.
  await drop(page, { name: `${BIDI}<u id=filename>.log`, bytes: '' });
  await untilStage(page, 'failed');
  expect(await words(page, 'alert')).toContain('<u id=filename>');
  await everything();
});
