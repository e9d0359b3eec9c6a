import { NO_RULE_CHANGES } from '../../../src/contract/rule.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Teaching } from '../../../src/session/teaching/teaching.svelte.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const KINDS = ['cart emptied after', 'flux level reads', 'gate opened within', 'old gate opened within', 'order stalled for', 'pump restarted within', 'valve jammed since', 'basket dropped by', 'meter silent for', 'queue drained in'];
const LOG = `${Array.from({ length: 300 }, (_, at) => `${KINDS[(at * 7) % KINDS.length]} ${at} ms`).join('\n')}\n`;
const FRAUD = { name: 'Fraud', meaning: 'somebody cheats', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true };
const OWN_RULE = { id: 'flux', pattern: 'flux level', label: 'Resource Usage', about: 'a level', origin: 'own' as const };

describe('what a person says', () => {
  test('rules the pattern at once, and every row of it', async () => {
    const lab = await openLab(LOG);
    const pattern = lab.pattern('valve');
    const done = lab.teaching.label([pattern], 'Workflow Error');
    expect(lab.board.verdict(pattern)).toMatchObject({ label: 'Workflow Error', decidedBy: 'person', confidence: 1, final: true });
    await done;
    const rows = await lab.rows();
    LOG.trimEnd().split('\n').forEach((line, at) => { if (line.startsWith('valve')) expect(rows[at]).toBe('Workflow Error'); });
    expect(lab.teaching.undoes).toContain('Workflow Error');
  });

  test('confirms what is shown, and the best guess of what is unsure', async () => {
    const lab = await openLab(LOG);
    const table = lab.board.table;
    const all = Array.from({ length: table?.count ?? 0 }, (_, pattern) => pattern);
    const shown = all.map((pattern) => lab.board.verdict(pattern)).map(({ label, bestGuess }) => (label === 'Unclassified' ? bestGuess : label));
    await lab.teaching.confirm(all);
    expect(all.map((pattern) => lab.board.verdict(pattern).label)).toEqual(shown);
    expect(new Set(all.map((pattern) => lab.board.verdict(pattern).decidedBy))).toEqual(new Set(['person']));
  });

  test('teaches others, never what a person spoke about, and can be kept from teaching', async () => {
    const lab = await openLab(LOG);
    const [three, four] = [lab.pattern('gate'), lab.pattern('old gate')];
    await lab.teaching.label([lab.pattern('flux')], 'Fraud');
    const before = lab.board.verdict(four);
    await lab.teaching.label([three], 'Critical Error');
    const after = lab.board.verdict(four);
    expect(after.bestGuess === before.bestGuess && after.confidence === before.confidence).toBe(false);
    expect(lab.board.verdict(lab.pattern('flux')).label).toBe('Fraud');
    await lab.teaching.keepOnlyMine();
    expect(lab.board.verdict(four)).toEqual(before);
    expect(lab.board.verdict(three)).toMatchObject({ label: 'Critical Error', decidedBy: 'person' });
    expect(lab.board.verdict(three).reason).toContain('do not learn');
  });
});

describe('undo', () => {
  test('takes everything back exactly, and redo brings it again', async () => {
    const lab = await openLab(LOG);
    const states = [await lab.rows()];
    await lab.teaching.label([lab.pattern('valve')], 'Workflow Error');
    states.push(await lab.rows());
    await lab.teaching.addCategory(FRAUD);
    await lab.teaching.label([lab.pattern('basket'), lab.pattern('cart')], 'Fraud');
    states.push(await lab.rows());
    await lab.teaching.changeRules('a rule', { ...NO_RULE_CHANGES, own: [OWN_RULE] });
    states.push(await lab.rows());
    expect(new Set(states.map((rows) => rows.join())).size).toBe(4);
    await lab.teaching.undo();
    expect(await lab.rows()).toEqual(states[2]);
    await lab.teaching.undo();
    await lab.teaching.undo();
    expect(await lab.rows()).toEqual(states[1]);
    await lab.teaching.undo();
    expect(await lab.rows()).toEqual(states[0]);
    expect(lab.teaching.undoes).toBe('');
    for (let i = 0; i < 4; i++) await lab.teaching.redo();
    expect(await lab.rows()).toEqual(states[3]);
    expect(lab.log.list).toEqual([]);
  });

  test('is not lost when a change of rules is given up', async () => {
    const lab = await openLab(LOG);
    await lab.teaching.label([lab.pattern('valve')], 'Workflow Error');
    const before = await lab.rows();
    lab.giveUp = true;
    expect(await lab.teaching.changeRules('a rule', { ...NO_RULE_CHANGES, own: [OWN_RULE] })).toBe(false);
    lab.giveUp = false;
    expect(await lab.rows()).toEqual(before);
    expect(lab.teaching.ruleChanges.own).toEqual([]);
    expect(lab.teaching.undoes).toContain('Workflow Error');
  });
});

/** Things a person may do, by name of the pattern's first words. */
const ACTIONS: readonly ((lab: Lab) => Promise<unknown>)[] = [
  ...KINDS.map((kind, at) => (lab: Lab) => lab.teaching.label([lab.pattern(kind)], ['Error', 'Fraud', 'User Action', 'Resource Usage'][at % 4])),
  (lab) => lab.teaching.changeRules('own', { ...lab.teaching.ruleChanges, own: [OWN_RULE] }),
];

describe('the same lessons', () => {
  test('give the same verdicts in any order, with undo and redo in between', async () => {
    const plain = await openLab(LOG);
    for (const act of ACTIONS) await act(plain);
    const wanted = await plain.rows();
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(ACTIONS.map((_, at) => at), { minLength: ACTIONS.length }), fc.array(fc.constantFrom('undo', 'none'), { minLength: 11, maxLength: 11 }), async (order, back) => {
      const lab = await openLab(LOG);
      for (const [at, act] of order.entries()) {
        await ACTIONS[act](lab);
        if (back[at] === 'none') continue;
        await lab.teaching.undo();
        await lab.teaching.redo();
      }
      expect(await lab.rows()).toEqual(wanted);
    }), { numRuns: 6 });
  });

  test('carried to another page with the same file give the same verdicts; and those for other files wait', async () => {
    const first = await openLab(LOG);
    for (const act of ACTIONS.slice(0, 6)) await act(first);
    const wanted = await first.rows();
    const second = await openLab(LOG, 'a.log', first.teaching);
    expect(await second.rows()).toEqual(wanted);
    const elsewhere = await openLab('a log about nothing of it\n', 'b.log', second.teaching);
    expect([elsewhere.teaching.said.size, elsewhere.teaching.lessonCount]).toEqual([0, 6]);
    const again: Teaching = elsewhere.teaching;
    expect(await (await openLab(LOG, 'a.log', again)).rows()).toEqual(wanted);
  });
});

describe('lessons from elsewhere', () => {
  test('that divide what the open file has as one pattern make it two', async () => {
    const lines = (names: readonly string[]): string => `${names.flatMap((name) => Array.from({ length: 20 }, (_, at) => `copied the whole of volume ${name} to tape after ${at} tries`)).join('\n')}\n`;
    const [paris, lyon] = [await openLab(lines(['paris'])), await openLab(lines(['lyon']))];
    await paris.teaching.label([0], 'User Action');
    await lyon.teaching.label([0], 'Error');
    const both = await openLab(lines(['paris', 'lyon']));
    expect(both.board.table?.count).toBe(1);
    const lessons = [...(await paris.teaching.standing.lift()), ...(await lyon.teaching.standing.lift())];
    await both.teaching.adopt('loaded', { lessons, categories: [], rules: both.teaching.ruleChanges });
    expect(await both.rows()).toEqual([...Array.from({ length: 20 }, () => 'User Action'), ...Array.from({ length: 20 }, () => 'Error')]);
    await both.teaching.undo();
    expect(new Set(await both.rows()).size).toBe(1);
  });
});

describe('questions', () => {
  test('about what rules decide offer the rule’s answer first', async () => {
    const lab = await openLab(LOG);
    await lab.teaching.changeRules('all', { ...NO_RULE_CHANGES, own: [{ ...OWN_RULE, id: 'all', pattern: 'ms$', label: 'Workflow Error' }] });
    const asked = await lab.teaching.ask(3, new Set());
    expect(asked.length).toBe(3);
    for (const { answers } of asked) {
      expect(answers[0]).toBe('Workflow Error');
      expect(answers[1]).not.toBe('Workflow Error');
    }
  });
});

describe('several categories', () => {
  test('come in one step, or not at all', async () => {
    const { teaching } = await openLab(LOG);
    expect(await teaching.addCategories([FRAUD, { ...FRAUD, name: 'Refund' }])).toBe(true);
    expect(await teaching.addCategories([{ ...FRAUD, name: 'Chargeback' }, { ...FRAUD, name: ' refund' }])).toBe(false);
    expect(teaching.own.map(({ name }) => name)).toEqual(['Fraud', 'Refund']);
    await teaching.undo();
    expect(teaching.own).toEqual([]);
  });
});
