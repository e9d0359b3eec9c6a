import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import type { LearnFrom, VotedBatch } from '../../../src/contract/teach.ts';
import { Learner } from '../../../src/engine/teach/learner.ts';
import { CLASSES, chance, lesson, pick, randomPatterns, sharesOf } from './patterns.ts';

const batch = randomPatterns(60);
const LABELS = [...CATEGORY_NAMES, 'Billing', 'Noise', UNCLASSIFIED];

function learnerOf(...batches: readonly VotedBatch[]): Learner {
  const learner = new Learner();
  for (const one of batches) learner.put(one);
  return learner;
}

const someLessons = fc.uniqueArray(fc.tuple(fc.nat(59), fc.constantFrom(...LABELS)), { maxLength: 12, selector: ([at, label]) => `${at} ${label}` })
  .map((list) => list.map(([at, label]) => lesson(batch, at, label)));

describe('learning from lessons', () => {
  it('gives the same bits for a set of lessons in any order, whatever was learnt before', () => {
    const veteran = learnerOf(batch);
    fc.assert(fc.property(someLessons, fc.infiniteStream(fc.nat()), (lessons, stream) => {
      const shuffled = lessons.map((one) => ({ one, by: stream.next().value })).sort((a, b) => a.by - b.by).map(({ one }) => one);
      const fresh = learnerOf(batch).refit(lessons);
      expect(veteran.refit([...shuffled, ...shuffled.slice(0, 2)])).toEqual(fresh);
    }), { numRuns: 40 });
  });

  it('gives every pattern the same answer however the patterns were put', () => {
    const lessons = [lesson(batch, 3, 'Error'), lesson(batch, 40, 'Billing')];
    const places = batch.texts.map((_, at) => at);
    const once = learnerOf(batch).refit(lessons);
    const parts = learnerOf(pick(batch, places.slice(30)), pick(batch, places.slice(0, 30))).refit(lessons);
    for (const at of places) expect(sharesOf(parts, at)).toEqual(sharesOf(once, at));
  });

  it('takes a vector and vote that come later, also between refits, as if they had come first', () => {
    const lessons = [lesson(batch, 3, 'Error'), lesson(batch, 7, 'Noise')];
    const blind = randomPatterns(60, 2);
    const learner = learnerOf({ ...batch, probabilities: blind.probabilities, vectors: new Float32Array(0) });
    const before = learner.refit(lessons);
    learner.put(pick(batch, [3, 5, 6]));
    learner.refit(lessons);
    learner.put(batch);
    expect(learner.refit(lessons)).toEqual(learnerOf(batch).refit(lessons));
    expect(before).not.toEqual(learner.refit(lessons));
  });

  it('uses the vector of a lesson whose text no open file has, and words alone where there is none', () => {
    const learner = learnerOf(batch);
    const elsewhere: LearnFrom = { text: 'never seen here', level: batch.texts[9].level, label: 'Workflow Error', vector: batch.vectors.slice(9 * 8, 10 * 8) };
    const before = chance(learner.refit([]), 9, 'Workflow Error');
    expect(chance(learner.refit([elsewhere]), 9, 'Workflow Error')).toBeGreaterThan(before + 0.1);
    const words: LearnFrom = { text: `${batch.texts[9].text} again`, level: batch.texts[9].level, label: 'Workflow Error', vector: null };
    expect(chance(learner.refit([words]), 9, 'Workflow Error')).toBeGreaterThan(before);
  });

  it('returns probabilities, and those of the vote where nothing is taught or nothing is alike', () => {
    const learner = learnerOf(batch);
    expect(learner.refit([]).probabilities).toEqual(batch.probabilities);
    const refit = learner.refit([lesson(batch, 1, 'Billing'), lesson(batch, 2, 'Error')]);
    for (const at of refit.patterns) expect(sharesOf(refit, at).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    const alien = { text: 'zebra', level: 9, label: 'Error', vector: null };
    expect(learner.refit([alien]).probabilities).toEqual(batch.probabilities);
  });

  it('learns a category of a person’s own, which ends with its lessons', () => {
    const learner = learnerOf(batch);
    const refit = learner.refit([lesson(batch, 4, 'Billing')]);
    expect(refit.classes).toEqual([...CATEGORY_NAMES, 'Billing']);
    expect(chance(refit, 4, 'Billing')).toBeGreaterThan(0.5);
    expect(learner.refit([]).classes).toEqual(CATEGORY_NAMES);
  });

  it('is torn, but not broken, by lessons that contradict each other', () => {
    const refit = learnerOf(batch).refit([lesson(batch, 4, 'Billing'), lesson(batch, 4, 'Noise')]);
    expect(chance(refit, 4, 'Billing')).toBeCloseTo(chance(refit, 4, 'Noise'), 2);
    expect(chance(refit, 4, 'Billing')).toBeGreaterThan(0.3);
  });

  it('takes classes that added models know', () => {
    const learner = new Learner();
    const classes = [...CATEGORY_NAMES, 'Printer'];
    const probabilities = Float32Array.from({ length: 60 * (CLASSES + 1) }, (_, i) => (i % 10 === i % 7 ? 0.5 : 0.5 / 9));
    learner.put({ ...batch, probabilities }, classes);
    expect(learner.refit([lesson(batch, 0, 'Printer'), lesson(batch, 1, 'Billing')]).classes).toEqual([...classes, 'Billing']);
  });

  it('has nothing to say of nothing', () => {
    const learner = new Learner();
    expect(learner.refit([])).toEqual({ classes: CATEGORY_NAMES, patterns: new Uint32Array(0), probabilities: new Float32Array(0) });
    expect(learner.refit([{ text: '', level: 0, label: 'Error', vector: null }]).patterns).toHaveLength(0);
    expect(learner.ask({ rows: new Float64Array(0), decider: new Uint8Array(0), confidence: new Float32Array(0), without: new Uint8Array(0) }, 3)).toEqual([]);
    learner.put(batch);
    learner.reset();
    expect(learner.refit([]).patterns).toHaveLength(0);
  });
});
