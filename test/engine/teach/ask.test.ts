import { describe, expect, it } from 'vitest';
import type { AskAbout } from '../../../src/contract/teach-api.ts';
import { DECIDERS } from '../../../src/contract/verdict.ts';
import { doubtOf } from '../../../src/engine/teach/doubt.ts';
import { Learner } from '../../../src/engine/teach/learner.ts';
import { CLASSES, lesson, randomPatterns } from './patterns.ts';

const PERSON = DECIDERS.indexOf('person'), RULE = DECIDERS.indexOf('rule'), MODEL = DECIDERS.indexOf('model'), NONE = DECIDERS.indexOf('none');
const COUNT = 40;
const batch = randomPatterns(COUNT, 3);

function about(change: Partial<AskAbout> = {}): AskAbout {
  const best = (_: unknown, at: number) => Math.max(...batch.probabilities.subarray(at * CLASSES, (at + 1) * CLASSES));
  return { rows: new Float64Array(COUNT).fill(10), decider: new Uint8Array(COUNT).fill(MODEL), confidence: Float32Array.from({ length: COUNT }, best), without: new Uint8Array(COUNT), ...change };
}

function learner(): Learner {
  const one = new Learner();
  one.put(batch);
  return one;
}

function rowsWith(at: number, rows: number): Float64Array {
  return new Float64Array(COUNT).fill(10).fill(rows, at, at + 1);
}

describe('what to ask', () => {
  it('goes by rows and doubt, and names the two likeliest answers', () => {
    const [first] = learner().ask(about({ rows: rowsWith(17, 1e6) }), 1);
    expect(first.pattern).toBe(17);
    const shares = [...batch.probabilities.subarray(17 * CLASSES, 18 * CLASSES)];
    const refit = learner().refit([]);
    expect(shares[refit.classes.indexOf(first.answers[0])]).toBe(Math.max(...shares));
    expect(first.answers[1]).not.toBe(first.answers[0]);
    expect(first.gain).toBeGreaterThan(0);
    expect(first.gain).toBeLessThanOrEqual(1);
  });

  it('asks about a confident answer if enough rows hang on it, and of a rule only if very many do', () => {
    const confidence = new Float32Array(COUNT).fill(0.9);
    confidence[5] = 1;
    expect(learner().ask(about({ confidence, rows: rowsWith(5, 1000) }), 1)[0].pattern).toBe(5);
    const decider = new Uint8Array(COUNT).fill(MODEL);
    decider[5] = RULE;
    expect(learner().ask(about({ confidence, decider, rows: rowsWith(5, 100) }), 1)[0].pattern).not.toBe(5);
    expect(learner().ask(about({ confidence, decider, rows: rowsWith(5, 1e6) }), 1)[0].pattern).toBe(5);
  });

  it('leaves out what is answered, skipped or excluded, and ends when nothing is left', () => {
    const without = new Uint8Array(COUNT).fill(1);
    without[8] = without[9] = without[10] = 0;
    const decider = new Uint8Array(COUNT).fill(MODEL);
    decider[9] = PERSON;
    expect(learner().ask(about({ without, decider }), 10).map(({ pattern }) => pattern).sort()).toEqual([10, 8]);
    expect(learner().ask(about({ without: new Uint8Array(COUNT).fill(1) }), 3)).toEqual([]);
  });

  it('does not put the same question twice in other words', () => {
    const twins = randomPatterns(COUNT, 3);
    // 1 is a near-copy of 0; 2 is worth a little less.
    twins.vectors.set(twins.vectors.subarray(0, 8), 8);
    const texts = twins.texts.map((text, at) => (at === 1 ? { ...twins.texts[0], text: `${twins.texts[0].text} x` } : text));
    const one = new Learner();
    one.put({ ...twins, texts });
    const confidence = new Float32Array(COUNT).fill(0.99);
    confidence.set([0.5, 0.5, 0.6]);
    expect(one.ask(about({ confidence }), 2).map(({ pattern }) => pattern)).not.toEqual(expect.arrayContaining([0, 1]));
  });

  it('is the same every time, and knows what was learnt', () => {
    const one = learner();
    const before = one.ask(about(), 5);
    expect(learner().ask(about(), 5)).toEqual(before);
    one.refit([lesson(batch, before[0].pattern, 'Billing')]);
    expect(one.ask(about(), 1)[0].answers).toContain('Billing');
  });

  it('can ask about patterns that no model has read', () => {
    const bare = new Learner();
    const [first] = bare.ask(about({ decider: new Uint8Array(COUNT).fill(NONE), rows: rowsWith(3, 500) }), 1);
    expect(first.pattern).toBe(3);
    expect(new Set(first.answers).size).toBe(2);
  });
});

describe('doubt', () => {
  it('falls with confidence and never vanishes but for what a person said', () => {
    expect(doubtOf(PERSON, 1)).toBe(0);
    expect(doubtOf(MODEL, 1)).toBeGreaterThan(doubtOf(RULE, 1));
    expect(doubtOf(MODEL, 0.6)).toBeGreaterThan(doubtOf(MODEL, 0.7));
    expect(doubtOf(NONE, 0.4)).toBe(1);
  });
});
