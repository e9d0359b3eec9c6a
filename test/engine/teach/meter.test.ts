import { describe, expect, it } from 'vitest';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import { UNSURE } from '../../../src/contract/view.ts';
import { estimateRight } from '../../../src/engine/teach/meter.ts';
import { createRandom } from '../../../src/engine/train/random.ts';

const PERSON = DECIDERS.indexOf('person'), MODEL = DECIDERS.indexOf('model'), NONE = DECIDERS.indexOf('none');

function columns(decider: readonly number[], confidence: readonly number[], unsure: readonly number[] = decider.map(() => 0)) {
  return { decider: Uint8Array.from(decider), confidence: Float32Array.from(confidence), unsure: Uint8Array.from(unsure) };
}

describe('the meter', () => {
  it('counts what a person said and what has no content as right, what is undecided as wrong', () => {
    expect(estimateRight([10, 30], columns([PERSON, PERSON], [1, 1]))).toEqual({ share: 1, low: 1, high: 1 });
    const { share, low, high } = estimateRight([50, 20, 30], columns([PERSON, NONE, NONE], [1, 0.4, 0], [0, UNSURE.indexOf('unsure'), UNSURE.indexOf('no-content')]));
    expect([share, low, high].map((value) => Math.round(value * 1000))).toEqual([800, 800, 800]);
  });

  it('knows that one large pattern is right or wrong as a whole', () => {
    const { share, low, high } = estimateRight([900, 100], columns([MODEL, PERSON], [0.8, 1]));
    expect(share).toBeGreaterThan(0.78);
    expect(share).toBeLessThan(0.83);
    expect(low).toBeCloseTo(0.1, 2);
    expect(high).toBe(1);
  });

  it('narrows as a person answers', () => {
    const random = createRandom(4);
    const rows = Array.from({ length: 200 }, () => Math.ceil(100 / (random() + 0.01)));
    const confidence = rows.map(() => 0.5 + random() / 2);
    let before = Infinity;
    for (const answered of [0, 50, 150, 200]) {
      const { share, low, high } = estimateRight(rows, columns(rows.map((_, at) => (at < answered ? PERSON : MODEL)), confidence));
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
      expect(high - low).toBeLessThan(before);
      before = high - low;
    }
  });

  it('holds, at least, the share of made-up logs that it says it holds', () => {
    const random = createRandom(9);
    let held = 0;
    for (let log = 0; log < 300; log++) {
      const rows = Array.from({ length: 30 }, () => Math.ceil(10 / (random() + 0.02)));
      const confidence = rows.map(() => 0.5 + random() / 2);
      const { low, high } = estimateRight(rows, columns(rows.map(() => MODEL), confidence));
      const right = rows.reduce((sum, count, at) => sum + (random() < confidence[at] * 0.985 ? count : 0), 0) / rows.reduce((a, b) => a + b, 0);
      if (right >= low - 1e-3 && right <= high + 1e-3) held++;
    }
    expect(held / 300).toBeGreaterThanOrEqual(0.95);
  });

  it('has nothing wrong in nothing', () => {
    expect(estimateRight([], columns([], []))).toEqual({ share: 1, low: 1, high: 1 });
    expect(estimateRight([0], columns([NONE], [0]))).toEqual({ share: 1, low: 1, high: 1 });
  });
});
