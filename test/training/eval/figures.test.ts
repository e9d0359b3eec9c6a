import { describe, expect, test } from 'vitest';
import { figuresOf, majorityOf, risksOf, scoreOf } from '../../../training/eval/figures.ts';
import { NOTHING, rulesFirst } from '../../../training/eval/opinion.ts';
import type { Opinion } from '../../../training/eval/opinion.ts';
import { byLine, byPattern, labelled, ofPatterns } from '../../../training/eval/truths.ts';

/** Scored lines by class, Unclassified last. */
function count(lines: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: NOTHING + 1 }, (_, at) => lines[at] ?? 0);
}

function opinion(choice: readonly number[], confidence: readonly number[]): Opinion {
  return { name: 'some', choice: Int32Array.from(choice), confidence: Float64Array.from(confidence) };
}

// Pattern 0: 3 lines of class 0 and 1 of class 1; pattern 1 is not scored; pattern 2: 2 lines of class 1; pattern 3: 4 lines of no class.
const COUNTS = [count({ 0: 3, 1: 1 }), undefined, count({ 1: 2 }), count({ [NOTHING]: 4 })];
const SAID = opinion([0, 5, 0, NOTHING], [0.95, 0.9, 0.4, 0]);

describe('truths', () => {
  test('by line every line counts, by pattern its most frequent label', () => {
    const lines = byLine(COUNTS), patterns = byPattern(COUNTS);
    expect([...lines.pattern].map((pattern, at) => [pattern, lines.truth[at], lines.weight[at]])).toEqual([[0, 0, 3], [0, 1, 1], [2, 1, 2], [3, NOTHING, 4]]);
    expect([...patterns.pattern].map((pattern, at) => [pattern, patterns.truth[at], patterns.weight[at]])).toEqual([[0, 0, 1], [2, 1, 1], [3, NOTHING, 1]]);
    expect([...ofPatterns(lines, (pattern) => pattern === 0).weight]).toEqual([3, 1]);
    expect([...byPattern([count({ 2: 5, 4: 5 })]).truth]).toEqual([2]);
  });
});

describe('figures, worked out by hand', () => {
  test('by line', () => {
    const figures = figuresOf(SAID, byLine(COUNTS), 0.5);
    expect(figures.items).toBe(10);
    // Right: 3 lines of pattern 0, and 4 of which nothing was to be said.
    expect(figures.accuracy).toBeCloseTo(7 / 10, 12);
    // F1: class 0 6/9 (6 answers, 3 of 3 found), class 1 0, Unclassified 1.
    expect(figures.macroF1).toBeCloseTo((6 / 9 + 0 + 1) / 3, 12);
    expect([figures.coverage, figures.answeredRight, figures.strict]).toEqual([0.4, 0.75, 0.7]);
    expect([figures.sure, figures.sureRight]).toEqual([4, 0.75]);
    expect(figures.accuracyRange).toBeNull();
  });

  test('calibration error over what was answered, lines as weights', () => {
    // In ten bins of 0.6 lines: two lines at 0.4, none right; four at 0.95, three right. The 4th bin holds 0.2 lines of the first and 0.4 of the others.
    const mixed = Math.abs(0.2 * 0.4 + 0.4 * 0.95 - 0.4 * 0.75);
    expect(figuresOf(SAID, byLine(COUNTS), 0.5).calibrationError).toBeCloseTo((1.8 * 0.4 + mixed + 3.6 * 0.2) / 6, 12);
    expect(figuresOf(opinion([NOTHING], [0]), labelled([3]), 0.5).calibrationError).toBeNaN();
  });

  test('an answer below the threshold is Unclassified: right only where that is the label', () => {
    const unsure = opinion([0, 1], [0.3, 0.3]);
    expect(figuresOf(unsure, labelled([0, NOTHING]), 0.5)).toMatchObject({ accuracy: 0.5, strict: 0.5, coverage: 0, answeredRight: NaN });
    expect(figuresOf(unsure, labelled([0, NOTHING]), 0.2)).toMatchObject({ strict: 0.5, coverage: 1, answeredRight: 0.5 });
    expect(scoreOf(unsure, labelled([0, NOTHING]), 0.5).confusion[0][NOTHING]).toBe(1);
    expect(scoreOf(unsure, labelled([0, NOTHING])).confusion[0][0]).toBe(1);
  });

  test('risk at full coverage is what is wrong of all lines', () => {
    const risks = risksOf(SAID, byLine(COUNTS));
    expect(risks).toHaveLength(10);
    expect(risks[0]).toEqual({ coverage: 0.1, confidence: 0.95, error: 0.25 });
    expect(risks[9].error).toBeCloseTo(0.3, 12);
  });

  test('the majority is that of the lines or of the patterns looked at', () => {
    expect(majorityOf(byLine(COUNTS)).choice[0]).toBe(NOTHING);
    expect(figuresOf(majorityOf(byLine(COUNTS)), byLine(COUNTS), 0.5).accuracy).toBeCloseTo(0.4, 12);
    expect(majorityOf(byPattern(COUNTS)).choice[0]).toBe(0);
  });
});

describe('intervals', () => {
  const labels = Array.from({ length: 100 }, (_, at) => at % 2);
  const wrongAt = opinion(labels.map((label, at) => (at < 20 ? 1 - label : label)), labels.map(() => 1));

  test('hold the figure, and are wider where lines hang together', () => {
    const single = figuresOf(wrongAt, labelled(labels), 0.5, true);
    const [low, high] = single.accuracyRange ?? [NaN, NaN];
    expect(low).toBeCloseTo(0.8 - 1.96 * 0.04, 1);
    expect(high).toBeCloseTo(0.8 + 1.96 * 0.04, 1);
    expect(single.macroF1).toBeGreaterThan(single.macroF1Range?.[0] ?? NaN);
    expect(single.macroF1).toBeLessThan(single.macroF1Range?.[1] ?? NaN);
    // The same lines as 10 patterns of 10 lines each: right or wrong together.
    const joined = byLine(Array.from({ length: 10 }, (_, pattern) => count({ [pattern % 2]: 10 })));
    const together = figuresOf(opinion(Array.from({ length: 10 }, (_, pattern) => (pattern < 2 ? 1 - (pattern % 2) : pattern % 2)), new Array<number>(10).fill(1)), joined, 0.5, true);
    expect(together.accuracy).toBeCloseTo(0.8, 12);
    expect((together.accuracyRange?.[1] ?? 0) - (together.accuracyRange?.[0] ?? 0)).toBeGreaterThan(2 * (high - low));
  });

  test('are the same every time', () => {
    expect(figuresOf(wrongAt, labelled(labels), 0.5, true)).toEqual(figuresOf(wrongAt, labelled(labels), 0.5, true));
  });
});

test('rules come first and are sure of themselves', () => {
  const both = rulesFirst('both', Int32Array.of(4, NOTHING, 2), opinion([0, 1, 2], [0.3, 0.6, 0.9]));
  expect([[...both.choice], [...both.confidence]]).toEqual([[4, 1, 2], [1, 0.6, 1]]);
});
