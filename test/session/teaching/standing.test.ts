import { NO_RULE_CHANGES } from '../../../src/contract/rule.ts';
import type { RuleChanges } from '../../../src/contract/rule.ts';
import { describe, expect, test } from 'vitest';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const KINDS = ['cart emptied after', 'flux level reads', 'gate opened within', 'order stalled for', 'pump restarted within', 'valve jammed since'];
const LOG = `${Array.from({ length: 300 }, (_, at) => `${KINDS[(at * 7) % KINDS.length]} ${at} ms`).join('\n')}\n`;
const FLUX = { id: 'flux', pattern: 'flux level', label: 'Resource Usage', about: 'a level', origin: 'own' as const };
const GATE = { id: 'gate', pattern: 'gate opened', label: 'User Action', about: 'a gate', origin: 'own' as const };
const own = (...rules: readonly (typeof FLUX)[]): RuleChanges => ({ ...NO_RULE_CHANGES, own: rules });
/** What the rows of a kind are labelled. */
async function labelled(lab: Lab, kind: string, log = LOG): Promise<string[]> {
  const rows = await lab.rows();
  return [...new Set(log.trimEnd().split('\n').flatMap((line, at) => (line.startsWith(kind) ? [rows[at]] : [])))];
}
/** Lets the next reading again wait where its table is made, but not on screen. */
function held(lab: Lab): { readonly reached: Promise<void>; readonly go: () => void } {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  const reached = new Promise<void>((resolve) => {
    lab.swapping = () => {
      resolve();
      return gate;
    };
  });
  return { reached, go: () => go() };
}

describe('while files are read again', () => {
  test('what is said holds at once, and afterwards', async () => {
    const lab = await openLab(LOG);
    await lab.teaching.label([lab.pattern('pump')], 'User Action');
    const read = lab.teaching.changeRules('a rule', own(FLUX));
    const said = lab.teaching.label([lab.pattern('cart')], 'Error');
    expect(lab.board.verdict(lab.pattern('cart')).label).toBe('Error');
    await Promise.all([read, said]);
    expect(await Promise.all(['cart', 'pump', 'flux'].map((kind) => labelled(lab, kind)))).toEqual([['Error'], ['User Action'], ['Resource Usage']]);
    await lab.teaching.undo();
    expect(lab.teaching.undoes).toContain('a rule');
    expect([lab.teaching.said.size, await labelled(lab, 'pump')]).toEqual([1, ['User Action']]);
  });

  test('what is said as one table takes the place of another is said of what was seen', async () => {
    // Told apart from the second line, the first one moves the numbers of all that follow.
    const log = `cart emptied after 999 ms\n${LOG}`;
    const lab = await openLab(log);
    const { reached, go } = held(lab);
    const part = await lab.access.call((api) => api.partOfRow(0));
    if (part === null) throw new Error('no part');
    const read = lab.teaching.changeRules('a split', { ...NO_RULE_CHANGES, splits: [splitRule(part, '')] });
    await reached;
    const said = ['valve', 'order'].map((kind) => lab.teaching.label([lab.pattern(kind)], `all of ${kind}`));
    go();
    await Promise.all([read, ...said]);
    expect(await Promise.all(['valve', 'order'].map((kind) => labelled(lab, kind, log)))).toEqual([['all of valve'], ['all of order']]);
  });

  test('what was said meanwhile stays where reading is given up, and so does its undo', async () => {
    const lab = await openLab(LOG);
    await lab.teaching.label([lab.pattern('pump')], 'User Action');
    lab.giveUp = true;
    const read = lab.teaching.changeRules('a rule', own(FLUX));
    const said = lab.teaching.label([lab.pattern('cart')], 'Error');
    expect(await read).toBe(false);
    await said;
    lab.giveUp = false;
    expect(lab.teaching.ruleChanges.own).toEqual([]);
    expect(await Promise.all(['cart', 'pump'].map((kind) => labelled(lab, kind)))).toEqual([['Error'], ['User Action']]);
    await lab.teaching.undo();
    await lab.teaching.undo();
    expect([lab.teaching.said.size, lab.teaching.undoes]).toEqual([0, '']);
  });

  test('a second change of rules takes the first one with it', async () => {
    const lab = await openLab(LOG);
    const first = lab.teaching.changeRules('one', own(FLUX));
    const second = lab.teaching.changeRules('two', own(GATE, ...lab.teaching.ruleChanges.own.map(() => FLUX)));
    await Promise.all([first, second]);
    expect(lab.teaching.ruleChanges.own).toEqual([GATE, FLUX]);
    expect(lab.board.rules.slice(0, 2)).toEqual([GATE, FLUX]);
    expect(await Promise.all(['flux', 'gate'].map((kind) => labelled(lab, kind)))).toEqual([['Resource Usage'], ['User Action']]);
    await lab.teaching.undo();
    expect([lab.teaching.ruleChanges.own, lab.board.rules[0]]).toEqual([[FLUX], FLUX]);
  });

  test('another file may be opened: all that was taught goes there', async () => {
    const lab = await openLab(LOG);
    await lab.teaching.label([lab.pattern('pump')], 'Workflow Error');
    const read = lab.teaching.changeRules('a rule', own(FLUX));
    await lab.open(LOG);
    await read;
    expect(lab.log.list).toEqual([]);
    expect([lab.teaching.ruleChanges.own, lab.board.rules[0]]).toEqual([[FLUX], FLUX]);
    expect(await Promise.all(['pump', 'flux'].map((kind) => labelled(lab, kind)))).toEqual([['Workflow Error'], ['Resource Usage']]);
  });
});

test('two files opened one right after the other lose nothing', async () => {
  const lab = await openLab(LOG);
  const said = lab.teaching.label([lab.pattern('pump')], 'Workflow Error');
  await Promise.all([lab.open('a log about nothing of it\n'), lab.open(LOG), said]);
  expect([lab.teaching.lessonCount, await labelled(lab, 'pump')]).toEqual([1, ['Workflow Error']]);
});

test('rules that come while a file is read for the first time are known to be missing', async () => {
  const lab = await openLab(LOG);
  const { standing, ruleChanges } = lab.teaching;
  const lessons = await lab.teaching.release();
  lab.board.show(null);
  await lab.teaching.adopt('kept', { lessons: [], categories: [], rules: own(FLUX) });
  expect(await standing.settle({ lessons, taught: new Int32Array(0), rules: ruleChanges }, () => true)).toBe(false);
  expect(await standing.settle({ lessons, taught: new Int32Array(0), rules: lab.teaching.ruleChanges }, () => true)).toBe(true);
});

test('loading a bundle is one step: undo brings back what was said before', async () => {
  const lab = await openLab(LOG);
  await lab.teaching.label([lab.pattern('valve')], 'Workflow Error');
  const before = await lab.rows();
  await lab.teaching.adopt('loaded', { lessons: [], categories: [], rules: lab.teaching.ruleChanges });
  expect(lab.teaching.lessonCount).toBe(0);
  await lab.teaching.undo();
  expect(await lab.rows()).toEqual(before);
});

test('keys that are known outlive a reader that cannot be asked any more', async () => {
  const lab = await openLab(LOG);
  await lab.teaching.label([lab.pattern('valve')], 'Workflow Error');
  await lab.teaching.standing.lift();
  lab.access.call = () => Promise.reject(new Error('the file is gone'));
  await lab.teaching.label([lab.pattern('cart')], 'Error');
  expect((await lab.teaching.release()).map(({ label }) => label)).toEqual(['Workflow Error']);
});
