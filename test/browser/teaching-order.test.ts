import { afterAll, expect, inject, test } from 'vitest';
import { sampleLog } from '../../src/engine/sample/sample-log.ts';
import { openKeyboard } from './by-keyboard.ts';
import type { Keyboard } from './by-keyboard.ts';
import { closeBrowser, drop } from './page.ts';
import { rowsOf } from './saved-csv.ts';
import { addCategory, label, labelByValue, saveRule, toList } from './teaching-steps.ts';

afterAll(closeBrowser);

/** Few rows of the sample, so that files are read again in no time; all of those that are rare. */
const LOG = sampleLog().split('\n').filter((line, at) => at % 20 === 0 || /nightly-sync|Evacuation|is locked by|Request to partner/.test(line)).join('\n');
/** Three pages at once on a busy machine. */
const TIMEOUT_MS = 300_000;

/** A rule of one's own, written by hand. */
async function ownRule(keys: Keyboard): Promise<void> {
  const from = await keys.enter('Rules');
  const list = keys.page.getByRole('dialog', { name: 'Rules' });
  await keys.enter('New rule', list);
  await saveRule(keys, keys.page.getByRole('dialog', { name: 'New rule' }), { expression: 'nightly-sync', category: 'Workflow', about: 'jobs of the night' });
  await list.getByText('Saved and applied.').waitFor();
  await keys.escape(list, from);
  await keys.ready();
  await keys.reach(keys.grid);
}

/** What is taught, by name. `undo` and `redo` go one step back and forth; `wrong …` says something else first. */
const STEPS: Readonly<Record<string, (keys: Keyboard) => Promise<void>>> = {
  category: (keys) => addCategory(keys, 'Payments'),
  rule: ownRule,
  value: (keys) => labelByValue(keys, 'connection to ledger', 'e', 'Error'),
  ledger: (keys) => label(keys, 'Critical: ledger database', 'u'),
  invoice: (keys) => label(keys, 'issued for account', '1'),
  drill: (keys) => label(keys, 'Evacuation drill', 'n'),
  upload: (keys) => label(keys, 'uploaded successfully', 's'),
  locked: (keys) => label(keys, 'is locked by', 'w'),
  partner: (keys) => label(keys, 'Request to partner', 'd'),
  'wrong ledger': (keys) => label(keys, 'Critical: ledger database', 'h'),
  'wrong upload': (keys) => label(keys, 'uploaded successfully', 'c'),
  undo: (keys) => keys.teach('Control+z'),
  redo: (keys) => keys.teach('Control+Shift+z'),
};

const ORDERS: readonly (readonly string[])[] = [
  ['category', 'ledger', 'invoice', 'drill', 'upload', 'locked', 'partner', 'rule', 'value'],
  ['rule', 'partner', 'undo', 'redo', 'value', 'locked', 'wrong ledger', 'undo', 'category', 'ledger', 'upload', 'undo', 'undo', 'redo', 'redo', 'drill', 'invoice'],
  ['wrong upload', 'value', 'undo', 'redo', 'drill', 'category', 'invoice', 'upload', 'rule', 'partner', 'ledger', 'locked'],
];

async function taught(order: readonly string[]): Promise<{ readonly before: Buffer; readonly after: Buffer }> {
  const { opened, keys } = await openKeyboard(`${inject('site')}?save=download`);
  await drop(opened.page, { name: 'night.csv', mimeType: 'text/csv', bytes: LOG });
  await toList(keys);
  const before = await keys.save('Download CSV');
  await keys.reach(keys.grid);
  for (const step of order) await STEPS[step](keys);
  const after = await keys.save('Download CSV');
  expect(keys.lost).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
  return { before, after };
}

test('the same corrections, own category and rule give the same verdicts in any order, with undo and redo in between', async () => {
  const [first, ...others] = await Promise.all(ORDERS.map(taught));
  const untaught = rowsOf(first.before);
  const rows = rowsOf(first.after);
  for (const by of ['User Action by person', 'Payments by person', 'Error by person', 'Workflow Error by rule']) {
    expect(rows.some((row) => `${row['target_label']} by ${row['decided_by']}` === by), by).toBe(true);
  }
  // The models learnt something, so that there was something to differ in.
  expect(rows.some((row, at) => row['decided_by'] === 'model' && row['confidence'] !== untaught[at]['confidence'])).toBe(true);
  for (const [at, other] of others.entries()) expect(other.after.equals(first.after), ORDERS[at + 1].join(', ')).toBe(true);
}, TIMEOUT_MS);
