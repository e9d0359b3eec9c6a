import { beforeEach, describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/contract/rule.ts';
import { RuleTesting } from '../../../src/session/teaching/rule-trial.svelte.ts';
import { partsOf } from './session-parts.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const LOG = `${Array.from({ length: 3000 }, (_, at) => (at % 3 === 0 ? `pump ${at} failed after ${at * 7} ms` : at % 3 === 1 ? `gate ${at} opened` : `Failed password for root from 10.0.0.${at % 200} port ${at} ssh2`)).join('\n')}\n`;
const rule = (pattern: string): Rule => ({ id: 'tried', pattern, label: 'Error', about: '', origin: 'own' });

let lab: Lab;
let testing: RuleTesting;
beforeEach(async () => {
  lab = await openLab(LOG);
  testing = new RuleTesting(partsOf(lab));
});

describe('a rule on trial', () => {
  test('counts what it matches, what it takes and what stays as taught', async () => {
    testing.try(rule('failed'));
    expect(testing.pending).toBe(true);
    await expect.poll(() => testing.result?.done).toBe(true);
    expect(testing.result).toMatchObject({ rows: 2000, total: 3000, taught: 0, taken: [{ rule: 'ssh-failed-login', rows: 1000 }] });
    expect(testing.pending).toBe(false);
    await lab.teaching.label([lab.pattern('pump')], 'Workflow Error');
    testing.try(rule('failed'));
    await expect.poll(() => testing.result?.taught).toBe(1000);
  });

  test('only the last text counts, however fast it was typed', async () => {
    for (const text of ['g', 'ga', 'gat', 'gate']) testing.try(rule(text));
    testing.try(rule('gate .* opened'));
    await expect.poll(() => testing.result?.done).toBe(true);
    expect(testing.result?.rows).toBe(1000);
    expect(testing.result?.examples.every((message) => message.startsWith('gate'))).toBe(true);
  });

  test('says in words what its dialect lacks, and forgets it once that is mended', async () => {
    testing.try(rule('(?=pump)failed'));
    expect(testing.reason).toContain('look-ahead');
    expect([testing.result, testing.pending]).toEqual([null, false]);
    testing.try(rule('pump'));
    expect(testing.reason).toBe('');
    await expect.poll(() => testing.result?.rows).toBe(1000);
  });

  test('counts what the rule then decides', async () => {
    const flux = rule('pump [0-9]+ failed|gate');
    testing.try(flux);
    await expect.poll(() => testing.result?.done).toBe(true);
    await lab.teaching.changeRules('a rule', { own: [flux], off: [], splits: [] });
    const labels = await lab.rows();
    const decided = labels.filter((label) => label === 'Error').length;
    expect(decided).toBe((testing.result?.rows ?? 0) - (testing.result?.taught ?? 0));
  });

  test('that is stopped shows nothing any more', async () => {
    testing.try(rule('gate'));
    testing.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect([testing.result, testing.pending, testing.reason]).toEqual([null, false, '']);
    testing.try(rule('gate'));
    await expect.poll(() => testing.result?.rows).toBe(1000);
  });
});
