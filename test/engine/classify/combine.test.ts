import { describe, expect, it } from 'vitest';
import { combine } from '../../../src/engine/classify/combine.ts';
import { countVotes, NO_CHOICE } from '../../../src/engine/classify/count-votes.ts';
import { embedText } from '../../../src/engine/classify/embed-text.ts';
import { noveltyOf } from '../../../src/engine/classify/novelty.ts';

const sure = Float32Array.of(0.9, 0.1, 0, 0.2, 0.5, 0.3);
const unsure = Float32Array.of(0.3, 0.4, 0.3, 0.1, 0.8, 0.1);

describe('combining opinions', () => {
  it('repeats a single voter of weight 1', () => {
    combine([unsure], [1], 3).forEach((p, at) => expect(p).toBeCloseTo(unsure[at], 6));
  });

  it('is the normalised weighted product', () => {
    const both = combine([sure, unsure], [0.5, 2], 3);
    const product = [0, 1].map((c) => sure[c] ** 0.5 * unsure[c] ** 2);
    expect(both[0] / both[1]).toBeCloseTo(product[0] / product[1], 4);
    expect(both[3] + both[4] + both[5]).toBeCloseTo(1, 6);
  });

  it('lets no single 0 veto', () => {
    expect(combine([sure, Float32Array.of(0, 0, 1, 0, 0, 1)], [0.01, 1], 3)[2]).toBeGreaterThan(0.9);
  });
});

describe('counting votes', () => {
  it('names each voter’s choice and marks silent voters', () => {
    const { choices, confidences } = countVotes(sure, [sure, null, unsure], 2, 3);
    expect([...choices]).toEqual([0, NO_CHOICE, 1, 1, NO_CHOICE, 1]);
    expect(confidences[0]).toBeCloseTo(0.9, 6);
    expect(confidences[1]).toBe(0);
  });
});

describe('what the encoder is shown', () => {
  it('puts the level first and plain words for placeholders', () => {
    expect(embedText({ text: 'cannot reach <ip>, tried <num> times', level: 6 })).toBe('error: cannot reach address, tried 0 times');
    expect(embedText({ text: 'a <tag> stays', level: 0 })).toBe('a <tag> stays');
  });
});

describe('novelty', () => {
  const scale = { near: 0.7, far: 0.3 };
  it('rises with distance and with unknown words, from 0 to 1', () => {
    expect(noveltyOf(0.9, 0, scale)).toBe(0);
    expect(noveltyOf(0.1, 1, scale)).toBe(1);
    expect(noveltyOf(0.5, 0.5, scale)).toBeCloseTo(0.5, 6);
    expect(noveltyOf(0.4, 0.2, scale)).toBeGreaterThan(noveltyOf(0.6, 0.2, scale));
  });
});
