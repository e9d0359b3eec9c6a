import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { CheckLine, LlmSaid } from '../../../src/contract/llm.ts';
import { confidenceOf, drawCheck, scoreCheck } from '../../../src/engine/llm/check.ts';

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
      // Line a right, line e wrong; lines b and c right.
      agreeing: { lines: 2, right: 1, confidence: 2 / 4 }, differing: { lines: 2, right: 2, confidence: 3 / 4 }, beats: true, seed: 5,
    });
  });

  test('equal is not better, and better than one of the two is not enough', () => {
    expect(scoreCheck('corpus', lines, [said('Error'), said('Error'), said(''), said(''), said('')], 1)).toMatchObject({ llm: 2, beats: false });
    const weakVote = [line('a', 'Error', 'User Action'), line('b', 'Error', 'User Action')];
    expect(scoreCheck('corpus', weakVote, [said('Error'), said('Error')], 1)).toMatchObject({ llm: 2, neighbour: 2, vote: 0, beats: false });
    expect(scoreCheck('corpus', [line('a', 'Error', 'User Action', 'User Action')], [said('Error')], 1).beats).toBe(true);
  });

  test('stopped on the way, only lines with an answer count', () => {
    expect(scoreCheck('corrections', lines, answers.slice(0, 2), 1)).toMatchObject({ from: 'corrections', lines: 2, llm: 2, neighbour: 0, vote: 1, secondsPerLine: 1.5 });
    expect(scoreCheck('corrections', lines, [], 1)).toMatchObject({ lines: 0, beats: false, agreeing: { lines: 0, right: 0, confidence: 0.5 }, secondsPerLine: NaN });
  });

  test('an answer is worth what answers like it were', () => {
    const check = scoreCheck('corpus', lines, answers, 5);
    expect(confidenceOf(check, 'Error', 'Error')).toBe(0.5);
    expect(confidenceOf(check, 'Error', 'User Action')).toBe(0.75);
    expect(confidenceOf(check, 'Error', '')).toBe(0.75);
    expect(confidenceOf(check, '', '')).toBe(0);
  });
});
