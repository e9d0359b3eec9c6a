import { beforeEach, describe, expect, test } from 'vitest';
import { clopperPearson } from '../../../src/engine/teach/spot-check.ts';
import { SpotCheck } from '../../../src/session/teaching/spot-check.svelte.ts';
import { partsOf } from './session-parts.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

const KINDS = ['cart emptied after', 'flux level reads', 'gate opened within', 'order stalled for', 'valve jammed since', 'queue drained in'];
const LOG = `${KINDS.flatMap((kind, at) => Array.from({ length: 200 - 30 * at }, (_, n) => `${kind} ${n * 37} ms`)).join('\n')}\n`;

let lab: Lab;
let spot: SpotCheck;
beforeEach(async () => {
  lab = await openLab(LOG);
  spot = new SpotCheck(partsOf(lab), () => new Date('2026-01-02T03:04:05Z'), () => 0.5);
});

/** Judges every row that was drawn, as `truth` says. */
async function judgeAll(truth: (verdict: string, pattern: number) => string | null): Promise<void> {
  while (spot.state === 'judging') {
    await expect.poll(() => spot.row).not.toBeNull();
    spot.judge(truth(spot.verdict, spot.row?.pattern ?? -1));
  }
}

describe('a spot check', () => {
  test('draws rows of each category in proportion, each with its verdict of now, the same for the same seed', async () => {
    const { table, verdicts } = lab.board;
    if (table === null || verdicts === null) throw new Error('nothing is open');
    const rows: number[] = [];
    spot.begin(7);
    await judgeAll((verdict, pattern) => {
      expect(verdict).toBe(verdicts.labels[verdicts.label[pattern]]);
      return verdict;
    });
    rows.push(...spot.judged.map(({ row }) => row.row));
    expect(new Set(rows).size).toBe(50);
    for (const { label, n } of spot.result?.perCategory ?? []) {
      const all = table.rows.reduce((sum, many, pattern) => (verdicts.labels[verdicts.label[pattern]] === label ? sum + many : sum), 0);
      expect(Math.abs(n - (50 * all) / table.rows.reduce((a, b) => a + b, 0))).toBeLessThan(1);
    }
    spot.begin(7);
    await judgeAll((verdict) => verdict);
    expect(spot.judged.map(({ row }) => row.row)).toEqual(rows);
    spot.begin(8);
    await judgeAll((verdict) => verdict);
    expect(spot.judged.map(({ row }) => row.row)).not.toEqual(rows);
  });

  test('tells what was right of what was judged, with its interval', async () => {
    spot.begin(7);
    let at = 0;
    await judgeAll((verdict) => (++at <= 3 ? 'Fraud' : at <= 8 ? null : verdict));
    expect(spot.result).toEqual({ k: 42, n: 45, ...clopperPearson(42, 45), seed: 7, drawn: 50, perCategory: spot.result?.perCategory, date: '2026-01-02T03:04:05.000Z' });
    expect(spot.result?.perCategory.reduce((sum, { k, n }) => [sum[0] + k, sum[1] + n], [0, 0])).toEqual([42, 45]);
    expect(spot.state).toBe('done');
  });

  test('goes back one by one, and from its end', async () => {
    spot.begin(7);
    await judgeAll(() => 'Fraud');
    expect(spot.result?.k).toBe(0);
    spot.back();
    expect(spot.judged).toHaveLength(49);
    await judgeAll((verdict) => verdict);
    expect(spot.result?.k).toBe(1);
  });

  test('offers to correct patterns whose judged rows agree, and is stale then, until that is undone', async () => {
    const wrong = lab.pattern('flux');
    const mixed = lab.pattern('cart');
    let seen = 0;
    spot.begin(7);
    await judgeAll((verdict, pattern) => (pattern === wrong ? 'Fraud' : pattern === mixed && seen++ === 0 ? 'Fraud' : verdict));
    expect(seen).toBeGreaterThan(1);
    expect([...spot.corrections]).toEqual([[wrong, 'Fraud']]);
    expect(spot.stale).toBe(false);
    await spot.correct();
    expect(lab.board.verdict(wrong)).toMatchObject({ label: 'Fraud', decidedBy: 'person' });
    expect(lab.teaching.said.has(mixed)).toBe(false);
    expect([spot.stale, spot.outdated]).toEqual([true, true]);
    await lab.teaching.undo();
    expect(spot.stale).toBe(false);
  });

  test('is stale after a rule or another threshold; its result is kept', async () => {
    spot.begin(7);
    await judgeAll((verdict) => verdict);
    lab.board.threshold = 0.8;
    expect(spot.stale).toBe(true);
    lab.board.threshold = 0.5;
    expect(spot.stale).toBe(false);
    await lab.teaching.changeRules('a rule', { own: [{ id: 'flux', pattern: 'flux', label: 'Error', about: 'flux', origin: 'own' }], off: [], splits: [] });
    expect(spot.stale).toBe(true);
    expect(spot.result?.k).toBe(50);
  });

  test('shows all rows where there are few', async () => {
    lab = await openLab('one is here\ntwo are there\nthree came by\n');
    spot = new SpotCheck(partsOf(lab));
    spot.begin();
    await judgeAll((verdict) => verdict);
    expect(spot.judged.map(({ row }) => row.line).sort()).toEqual([1, 2, 3]);
  });
});
