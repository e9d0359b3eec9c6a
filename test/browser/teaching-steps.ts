import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Keyboard } from './by-keyboard.ts';

/** The sample, sorted, with the focus in the list of patterns. */
export async function openSample(keys: Keyboard): Promise<void> {
  await keys.enter('Try a sample');
  await keys.grid.waitFor();
  await keys.ready();
  await keys.held('the sample is open');
  await toList(keys);
}

/** Waits until what was opened is sorted, and goes to the list. */
export async function toList(keys: Keyboard): Promise<void> {
  await keys.grid.waitFor();
  await keys.ready();
  await keys.enter('Skip to the list');
}

/** Category of the row at the cursor. */
export async function category(keys: Keyboard): Promise<string> {
  return (await keys.grid.locator('.row.current .category').innerText()).trim().replace(/^.\s*/, '');
}

/** Finds the one pattern that holds `text`, and labels it with a key. */
export async function label(keys: Keyboard, text: string, key: string): Promise<void> {
  await keys.search(text);
  await keys.teach(key);
}

/** An own category, and back to the list. */
export async function addCategory(keys: Keyboard, name: string): Promise<void> {
  const dialog = keys.page.getByRole('dialog', { name: 'Your own categories' });
  const from = await keys.enter('Categories');
  await dialog.getByLabel('Name').waitFor();
  await keys.page.keyboard.type(name);
  await keys.press('Enter');
  await dialog.getByRole('button', { name: `Change ${name}` }).waitFor();
  await keys.held('a category added');
  await keys.escape(dialog, from);
  await keys.reach(keys.grid);
}

/** Rows that have the same value as the first one of a pattern become a category of their own; back to the patterns. */
export async function labelByValue(keys: Keyboard, text: string, key: string, name: string): Promise<void> {
  await keys.search(text);
  await keys.press('o');
  await keys.page.getByRole('grid', { name: 'Rows' }).getByText(text).first().waitFor();
  await keys.held('rows of a pattern');
  await keys.press(key);
  await keys.page.getByRole('dialog', { name: `Which rows are ${name}?` }).getByText('Only rows with').waitFor();
  await keys.held('which rows');
  await keys.teach('2');
  await toPatterns(keys);
}

export async function toPatterns(keys: Keyboard): Promise<void> {
  await keys.reach(keys.page.getByRole('tab', { name: /^Patterns/ }));
  await keys.press('Enter');
  await keys.page.getByRole('grid', { name: 'Patterns' }).waitFor();
  await keys.held('back to the patterns');
  await keys.reach(keys.grid);
}

/** Fills in a rule in its editor, and saves it. What is left as proposed is ''. */
export async function saveRule(keys: Keyboard, editor: Locator, rule: { readonly expression: string; readonly category: string; readonly about: string }): Promise<void> {
  const expression = editor.getByRole('textbox', { name: 'Expression' });
  await expression.waitFor();
  await keys.held('a rule is written');
  if (rule.expression !== '') {
    await keys.reach(expression);
    await keys.press('Control+a');
    await keys.page.keyboard.type(rule.expression);
  } else await expect.poll(() => expression.inputValue()).not.toBe('');
  await keys.reach(editor.getByRole('combobox', { name: 'Category' }));
  await keys.page.keyboard.type(rule.category);
  await keys.reach(editor.getByRole('textbox', { name: 'What it recognises' }));
  await keys.press('Control+a');
  await keys.page.keyboard.type(rule.about);
  await keys.press('Enter');
}
