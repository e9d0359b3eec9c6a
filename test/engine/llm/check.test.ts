import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { CheckLine, LlmSaid } from '../../../src/contract/llm.ts';
import { confidenceOf, drawCheck, isClear, scoreCheck } from '../../../src/engine/llm/check.ts';

const line = (text: string, label: string, vote = label, near = label): CheckLine => ({ text, level: 0, label, vote, voteConfidence: 0.5, nearest: near === '' ? [] : [{ message: 'm', label: near }, { message: 'n', label }] });
const said = (label: string, seconds = 1): LlmSaid => ({ label, reasoning: '', seconds });

describe('the draw of a trial', () => {
  const lines = CATEGORY_NAMES.flatMap((label, at) => Array.from({ length: at === 3 ? 1 : 10 + at }, (_, i) => line(`${label} ${i}`, label)));

  test('has every category, as many lines as wanted, none twice', () => {
    for (const size of [12, 24, 48]) {
      for (let seed = 0; seed < 20; seed++) {
        const drawn = drawCheck(lines, size, seed);
        expect(drawn).toHaveLength(size);
        expect(new Set(drawn).size).toBe(size);
        expect(new Set(drawn.map(({ label }) => label)).size).toBe(CATEGORY_NAMES.length);
      }
    }
  });

  test('is the same for a seed, another for another, and takes all where there are few', () => {
    expect(drawCheck(lines, 24, 7)).toEqual(drawCheck(lines, 24, 7));
    expect(drawCheck(lines, 24, 7)).not.toEqual(drawCheck(lines, 24, 8));
    expect(new Set(drawCheck(lines.slice(0, 11), 24, 1))).toEqual(new Set(lines.slice(0, 11)));
    expect(drawCheck([], 24, 1)).toEqual([]);
    expect(new Set(drawCheck(lines, 4, 1).map(({ label }) => label)).size).toBe(4);
  });
});

describe('the score of a trial', () => {
  const lines = [line('a', 'Error', 'Error', 'User Action'), line('b', 'Error', 'User Action', 'User Action'), line('c', 'Error', 'User Action', ''), line('d', 'Error', 'Error', 'Error'), line('e', 'Error', 'Security Alert')];
  const answers = [said('Error', 1), said('Error', 2), said('Error', 30), said('', 4), said('Security Alert', 5)];

  test('counts right answers of each, and what they are worth', () => {
    expect(scoreCheck('corpus', lines, answers, 5)).toEqual({
      from: 'corpus', lines: 5, llm: 3, neighbour: 2, vote: 2, unanswered: 1, secondsPerLine: 4,
      // Line a right, line e wrong; lines b and c right, and three of all four.
      agreeing: { lines: 2, right: 1, confidence: (1 + 2 * (4 / 6)) / 4 }, differing: { lines: 2, right: 2, confidence: 4 / 6 }, beats: false, seed: 5,
    });
  });

  test('equal is not better, and better than one of the two is not enough', () => {
    expect(scoreCheck('corpus', lines, [said('Error'), said('Error'), said(''), said(''), said('')], 1)).toMatchObject({ llm: 2, beats: false });
    const weakVote = [line('a', 'Error', 'User Action'), line('b', 'Error', 'User Action')];
    expect(scoreCheck('corpus', weakVote, [said('Error'), said('Error')], 1)).toMatchObject({ llm: 2, neighbour: 2, vote: 0, beats: false });
    const hard = Array.from({ length: 4 }, (_, at) => line(`${at}`, 'Error', 'User Action', 'User Action'));
    const known = hard.map(() => said('Error'));
    expect(scoreCheck('corpus', hard, known, 1)).toMatchObject({ llm: 4, neighbour: 0, vote: 0, beats: true });
    expect(scoreCheck('corpus', hard, known.slice(1), 1)).toMatchObject({ llm: 3, neighbour: 0, vote: 0, beats: false });
    // Nor is one line more of many.
    const many = Array.from({ length: 12 }, (_, at) => line(`${at}`, 'Error', at < 6 ? 'Error' : 'User Action', at < 6 ? 'Error' : 'User Action'));
    expect(scoreCheck('corpus', many, many.map((_, at) => said(at < 7 ? 'Error' : 'User Action')), 1)).toMatchObject({ llm: 7, neighbour: 6, vote: 6, beats: false });
  });

  test.each([[4, 0, true], [3, 0, false], [6, 1, true], [5, 1, false], [7, 2, true], [6, 2, false], [10, 4, true], [14, 6, true], [13, 6, true], [12, 6, false], [0, 0, false], [0, 5, false]])('%i lines won and %i lost: a clear lead is %s', (won, lost, clear) => {
    const rights = [...Array<readonly [boolean, boolean]>(won).fill([true, false]), ...Array<readonly [boolean, boolean]>(lost).fill([false, true]), [true, true] as const, [false, false] as const];
    expect(isClear(rights.map(([one]) => one), rights.map(([, other]) => other))).toBe(clear);
  });

  test('contradicting a vote that is wrong on all of them is worth no more than it is right', () => {
    const corrected = Array.from({ length: 12 }, (_, at) => line(`${at}`, 'Error', 'User Action'));
    const { agreeing, differing } = scoreCheck('corrections', corrected, corrected.map((_, at) => said(at < 8 ? 'Error' : 'User Action')), 1);
    expect([differing.right, differing.lines, differing.confidence]).toEqual([8, 8, 9 / 14]);
    expect(agreeing).toEqual({ lines: 4, right: 0, confidence: (2 * (9 / 14)) / 6 });
  });

  test('stopped on the way, only lines with an answer count', () => {
    expect(scoreCheck('corrections', lines, answers.slice(0, 2), 1)).toMatchObject({ from: 'corrections', lines: 2, llm: 2, neighbour: 0, vote: 1, secondsPerLine: 1.5 });
    expect(scoreCheck('corrections', lines, [], 1)).toMatchObject({ lines: 0, beats: false, agreeing: { lines: 0, right: 0, confidence: 0.5 }, secondsPerLine: NaN });
  });

  test('an answer is worth what answers like it were', () => {
    const check = scoreCheck('corpus', lines, answers, 5);
    expect(confidenceOf(check, 'Error', 'Error')).toBeCloseTo(7 / 12);
    expect(confidenceOf(check, 'Error', 'User Action')).toBeCloseTo(4 / 6);
    expect(confidenceOf(check, 'Error', '')).toBeCloseTo(4 / 6);
    expect(confidenceOf(check, '', '')).toBe(0);
  });
});
