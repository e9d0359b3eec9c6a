import { describe, expect, test } from 'vitest';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';
import { Asking, ENOUGH } from '../../../src/session/teaching/asking.svelte.ts';
import { Meter } from '../../../src/session/teaching/meter.svelte.ts';
import { partsOf } from './session-parts.ts';
import type { SessionParts } from './session-parts.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const KINDS = ['cart emptied after', 'flux level reads', 'gate opened within', 'old gate opened within', 'order stalled for', 'pump restarted within', 'valve jammed since', 'basket dropped by', 'meter silent for', 'queue drained in'];
/** The first kinds have most rows. */
const LOG = `${KINDS.flatMap((kind, at) => Array.from({ length: 300 - 30 * at }, (_, n) => `${kind} ${n * 37} ms by unit-${n % 9}`)).join('\n')}\n`;

async function begin(log = LOG): Promise<{ lab: Lab; parts: SessionParts; asking: Asking }> {
  const lab = await openLab(log);
  const parts = partsOf(lab);
  const asking = new Asking(parts);
  await asking.start();
  return { lab, parts, asking };
}
const shown = async (asking: Asking): Promise<number> => {
  await expect.poll(() => asking.card?.examples ?? null).not.toBeNull();
  return asking.card?.pattern ?? -1;
};

describe('asking', () => {
  test('shows one pattern with examples that differ, and turns to another at each answer', async () => {
    const { lab, asking } = await begin();
    const seen: number[] = [];
    for (let answer = 1; answer <= 5; answer++) {
      const pattern = await shown(asking);
      expect(new Set(asking.card?.examples?.map(({ message }) => message)).size).toBe(3);
      expect(asking.card?.examples?.every((row) => row.pattern === pattern)).toBe(true);
      const rows = lab.board.table?.rows[pattern];
      await asking.answer('Workflow Error');
      seen.push(pattern);
      expect(asking.answered).toBe(answer);
      expect(asking.done).toMatchObject({ rows, label: 'Workflow Error', others: lab.teaching.changes?.patterns.length });
      expect(lab.board.verdict(pattern)).toMatchObject({ label: 'Workflow Error', decidedBy: 'person' });
      expect(seen).not.toContain(asking.card?.pattern);
    }
    expect(lab.teaching.lessonCount).toBe(5);
  });

  test('confirms where the answer is what the verdict or its best guess says', async () => {
    const { lab, asking } = await begin();
    const pattern = await shown(asking);
    const { label, bestGuess } = lab.board.verdict(pattern);
    await asking.answer(label === 'Unclassified' ? bestGuess : label);
    expect(lab.teaching.said.get(pattern)).toMatchObject({ how: 'confirmed' });
    const next = await shown(asking);
    await asking.answer('Fraud');
    expect(lab.teaching.said.get(next)).toMatchObject({ how: 'corrected', label: 'Fraud' });
  });

  test('goes back card by card, answers and what was left out alike', async () => {
    const { lab, asking } = await begin();
    const before = lab.board.verdicts;
    const first = await shown(asking);
    await asking.answer('Error');
    const second = await shown(asking);
    await asking.skip();
    expect(asking.skipped).toBe(1);
    const third = await shown(asking);
    expect(new Set([first, second, third]).size).toBe(3);
    await asking.answer('User Action');
    await asking.undo();
    expect(asking.card?.pattern).toBe(third);
    expect(lab.teaching.said.has(third)).toBe(false);
    await asking.undo();
    expect([asking.card?.pattern, asking.skipped]).toEqual([second, 0]);
    await asking.undo();
    expect([asking.card?.pattern, asking.answered]).toEqual([first, 0]);
    expect(asking.undoes).toBe(false);
    expect(lab.board.verdicts).toEqual(before);
    // One that was taken back can be answered again.
    await asking.answer('Error');
    expect(lab.teaching.said.get(first)?.label).toBe('Error');
  });

  test('takes one key for one card', async () => {
    const { lab, asking } = await begin();
    await shown(asking);
    await Promise.all([asking.answer('Error'), asking.answer('User Action'), asking.skip()]);
    expect([asking.answered, asking.skipped, lab.teaching.lessonCount]).toEqual([1, 0, 1]);
  });

  test('ends where little is left to gain, goes on if wanted, and ends for good', async () => {
    const { lab, asking } = await begin();
    let answers = 0;
    for (; asking.state === 'asking' && answers < 30; answers++) {
      const pattern = await shown(asking);
      await asking.answer(lab.board.verdict(pattern).bestGuess);
    }
    expect(['enough', 'nothing']).toContain(asking.state);
    expect(asking.gain).toBeLessThan(ENOUGH);
    expect(asking.card).toBeNull();
    asking.goOn();
    for (; asking.state === 'asking' && answers < 30; answers++) await asking.skip();
    expect(asking.state).toBe('nothing');
    expect(answers).toBeLessThanOrEqual(KINDS.length);
  });

  test('asks nothing of a log that is all decided', async () => {
    const { asking } = await begin('--\n==\n');
    expect([asking.state, asking.card]).toEqual(['nothing', null]);
  });

  test('a card of a table that was replaced is not answered: its number means another pattern now', async () => {
    const { lab, asking } = await begin();
    await shown(asking);
    const part = await lab.access.call((api) => api.partOfRow(0));
    if (part === null) throw new Error('no part');
    await lab.teaching.changeRules('a split', { ...lab.teaching.ruleChanges, splits: [splitRule(part, 'Error')] });
    await asking.answer('User Action');
    expect([lab.teaching.said.size, asking.answered, asking.state]).toEqual([0, 0, 'asking']);
    const pattern = await shown(asking);
    await asking.answer('User Action');
    expect(lab.teaching.said.get(pattern)?.label).toBe('User Action');
  });

  test('says why it cannot ask, and can be tried again', async () => {
    const { lab, parts } = await begin();
    let broken = true;
    const asking = new Asking({ ...parts, table: parts.table, verdicts: parts.verdicts, teaching: Object.assign(Object.create(lab.teaching) as typeof lab.teaching, {
      ask: (...args: Parameters<typeof lab.teaching.ask>) => (broken ? Promise.reject(new Error('the learner died')) : lab.teaching.ask(...args)),
    }) });
    await asking.start();
    expect([asking.state, asking.reason]).toEqual(['failed', 'the learner died']);
    broken = false;
    await asking.start();
    expect(asking.state).toBe('asking');
  });
});

test('the estimate moves with answers, and keeps to its bounds', async () => {
  const { lab, parts, asking } = await begin();
  const meter = new Meter(parts);
  const shares: number[] = [];
  for (let answer = 0; answer < 6; answer++) {
    const estimate = meter.estimate;
    if (estimate === null) throw new Error('no estimate');
    expect(estimate.low).toBeLessThanOrEqual(estimate.share);
    expect(estimate.share).toBeLessThanOrEqual(estimate.high);
    shares.push(estimate.share);
    const pattern = await shown(asking);
    await asking.answer(lab.board.verdict(pattern).bestGuess);
  }
  expect(shares.at(-1)).toBeGreaterThan(shares[0] + 0.1);
});
