import { beforeAll, describe, expect, test } from 'vitest';
import { UNCLASSIFIED } from '../../../src/contract/category.ts';
import type { LlmCheck } from '../../../src/contract/llm.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { runEngine } from '../../../training/eval/engine.ts';
import type { Asked } from '../../../training/eval/llm/ask-all.ts';
import { casesOf, openHeads } from '../../../training/eval/llm/cases.ts';
import { known, tally, verdictsOf } from '../../../training/eval/llm/tally.ts';
import type { KnownCase } from '../../../training/eval/llm/tally.ts';

/** Two lines that the vote is unsure of, one of them twice, one that it is sure of, one that a rule decides. */
const LINES = ['seal doubtful', 'parcel mislaid', 'seal doubtful', 'cache flushed', 'Failed password for invalid user admin from 10.0.0.9 port 4711 ssh2'];
const LABELS = ['Security Alert', 'Error', 'Security Alert', 'System Notification', 'Security Alert'];
const share = (confidence: number): LlmCheck['agreeing'] => ({ lines: 8, right: 4, confidence });
const CHECK: LlmCheck = {
  from: 'corpus', lines: 16, llm: 4, neighbour: 8, vote: 9, unanswered: 0, secondsPerLine: 1, agreeing: share(0.9), differing: share(0.3), beats: false, seed: 1,
};
const said = (label: string): Asked => ({ label, reasoning: '', seconds: 2, promptTokens: 300 });
let cases: KnownCase[];

beforeAll(async () => {
  const [run] = await runEngine([{ name: 'plant.log', bytes: new TextEncoder().encode(`${LINES.join('\n')}\n`) }], BUILT_IN_RULES, 0.5);
  cases = known(await casesOf(await openHeads(), run), LABELS);
}, 60_000);

describe('patterns for a language model', () => {
  test('are those that no rule decides, most rows first, with their truth and what the others say', () => {
    expect(cases.map(({ rows, sure, truth, question }) => [rows, sure, truth, question.user.includes(LINES[0])])).toEqual([
      [2, false, 'Security Alert', true], [1, false, 'Error', false], [1, true, 'System Notification', false],
    ]);
    for (const { vote, neighbour, question } of cases) expect(question.answers).toEqual(expect.arrayContaining([vote, neighbour]));
  });

  test('are decided by its answers only where they count and are worth the threshold', () => {
    const unsure = cases.slice(0, 2), other = unsure[1].vote === 'Error' ? 'HTTP Status' : 'Error';
    const answers = [said(unsure[0].vote), said(other)];
    expect(verdictsOf(unsure, answers, CHECK, 0.5, false)).toEqual([UNCLASSIFIED, UNCLASSIFIED]);
    expect(verdictsOf(unsure, answers, CHECK, 0.5, true)).toEqual([unsure[0].vote, UNCLASSIFIED]);
    expect(verdictsOf(unsure, answers, { ...CHECK, differing: share(0.6) }, 0.5, true)).toEqual([unsure[0].vote, other]);
  });

  test('are counted: right, wrong and open add up, and the figures are those of the answers', () => {
    const figures = tally('plant', cases, cases.map(({ truth }, at) => said(at === 1 ? '' : truth)), CHECK, 0.5);
    expect(figures).toMatchObject({ cases: 3, llm: 2, none: 1, seconds: 2, promptTokens: 300 });
    for (const { right, wrong, open } of [figures.together, figures.counted]) expect(right + wrong + open).toBe(3);
    expect(figures.together).toEqual({ right: 1, wrong: 0, open: 2 });
    expect(figures.neighbour).toBe(cases.filter(({ neighbour, truth }) => neighbour === truth).length);
  });
});
