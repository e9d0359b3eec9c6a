import { beforeEach, describe, expect, test } from 'vitest';
import { matchSpan } from '../../../src/session/teaching/match-span.ts';
import { RuleDesk } from '../../../src/session/teaching/rule-desk.svelte.ts';
import { partsOf } from './session-parts.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const LOG = `${Array.from({ length: 600 }, (_, at) => (at % 2 === 0 ? `Job nightly-${at} ended with exit code ${at % 6 === 0 ? 137 : 0}` : `Failed password for root from 10.0.0.${at % 200} port ${at} ssh2`)).join('\n')}\n`;

let lab: Lab;
let desk: RuleDesk;
beforeEach(async () => {
  lab = await openLab(LOG);
  desk = new RuleDesk(partsOf(lab));
});

describe('the desk where rules are changed', () => {
  test('makes a rule of a pattern that matches all its rows and none of another', async () => {
    const pattern = lab.pattern('Job');
    await lab.teaching.label([pattern], 'Workflow Error');
    const rule = await desk.propose(pattern);
    expect(rule).toMatchObject({ label: 'Workflow Error', origin: 'own' });
    expect(rule.about).toContain('ended with exit code');
    const span = matchSpan(rule.pattern);
    const rows = LOG.trimEnd().split('\n');
    expect(rows.filter((row) => span(row) !== null)).toEqual(rows.filter((row) => row.startsWith('Job')));
    await lab.teaching.unsay([pattern]);
    expect(await desk.save(rule)).toBe(true);
    expect(lab.board.verdict(lab.pattern('Job'))).toMatchObject({ label: 'Workflow Error', decidedBy: 'rule' });
  });

  test('gathers changes until they are applied in one step, or discarded', async () => {
    await desk.save({ ...desk.blank(), pattern: 'exit code', label: 'Error', about: 'jobs' });
    await desk.save({ ...desk.blank(), pattern: 'nightly', label: 'Resource Usage', about: 'nights' });
    expect(desk.rules.own.map(({ id }) => id)).toEqual(['nights', 'jobs']);
    const before = await lab.rows();
    desk.move(desk.rules.own[1], 0);
    desk.switch(desk.builtIn.filter(({ id }) => id === 'ssh-failed-login'), false);
    expect(desk.pending).toHaveLength(2);
    expect(lab.teaching.ruleChanges.own.map(({ id }) => id)).toEqual(['nights', 'jobs']);
    desk.discard();
    expect([desk.pending, desk.rules]).toEqual([[], lab.teaching.ruleChanges]);
    desk.move(desk.rules.own[1], 0);
    desk.switch(desk.builtIn.filter(({ id }) => id === 'ssh-failed-login'), false);
    expect(await desk.apply()).toBe(true);
    expect(desk.pending).toEqual([]);
    expect(lab.board.verdict(lab.pattern('Job')).label).toBe('Error');
    expect(lab.board.verdict(lab.pattern('Failed')).decidedBy).not.toBe('rule');
    await lab.teaching.undo();
    expect(await lab.rows()).toEqual(before);
  });

  test('keeps changes where reading was given up, and drops them where the rules changed by other means', async () => {
    await desk.save({ ...desk.blank(), pattern: 'exit code', label: 'Error', about: 'jobs' });
    desk.remove(desk.rules.own[0]);
    lab.giveUp = true;
    expect(await desk.apply()).toBe(false);
    expect([desk.pending.length, desk.busy, lab.teaching.ruleChanges.own.length]).toEqual([1, false, 1]);
    lab.giveUp = false;
    await lab.teaching.undo();
    expect([desk.pending, desk.rules.own]).toEqual([[], []]);
  });

  test('takes what it has written, in order, and nothing of what cannot be used', async () => {
    await desk.save({ ...desk.blank(), pattern: 'exit code', label: 'Error', about: 'jobs' });
    await desk.save({ ...desk.blank(), pattern: 'nightly', label: 'Fraud', about: 'nights' });
    const file = desk.export();
    const [first, second] = desk.rules.own;
    desk.remove(second);
    desk.remove(first);
    expect(desk.rules.own).toEqual([]);
    expect(desk.take(file)).toContain('2 rules');
    expect(desk.rules.own).toEqual([first, second]);
    expect(desk.take(file.replace('exit code', 'exit  code'))).toContain('(jobs)');
    const before = desk.rules;
    expect(() => desk.take(file.replace('exit code', '(?=exit)'))).toThrow(/jobs.*look-ahead/);
    expect(() => desk.take('{"rules": []}')).toThrow();
    expect(desk.rules).toBe(before);
    await expect(async () => desk.save({ ...desk.blank(), pattern: 'a{1000}{1000}', about: 'bomb' })).rejects.toThrow('bomb');
    expect(desk.rules).toBe(before);
  });

  test('splits a pattern by a value, with a label or without, and joins it again', async () => {
    const pattern = lab.pattern('Job');
    const slots = await lab.access.call((api) => api.values(pattern, 20));
    const code = slots.find(({ values }) => values.some(({ value }) => value === '137'));
    expect(code?.values.map(({ value, rows }) => [value, rows])).toEqual([['0', 200], ['137', 100]]);
    expect(await desk.split(pattern, code?.token ?? -1, ['137'], 'Critical Error')).toBe(true);
    const labels = await lab.rows();
    LOG.trimEnd().split('\n').forEach((row, at) => expect(labels[at] === 'Critical Error', row).toBe(row.endsWith('137')));
    expect(desk.rules.splits).toHaveLength(1);
    desk.removeSplit(desk.rules.splits[0]);
    expect(await desk.apply()).toBe(true);
    expect((await lab.rows()).includes('Critical Error')).toBe(false);
  });
});

test('a match is found as rules match: anywhere, in any case; what cannot be used matches nothing', () => {
  expect(matchSpan('refused|timed out')('The call TIMED OUT twice')).toEqual([9, 18]);
  expect(matchSpan('refused')('all is well')).toBeNull();
  expect(matchSpan('(?<!x)y')('y')).toBeNull();
});
