import * as ort from 'onnxruntime-web/wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { LearnFrom, Refit } from '../../../src/contract/teach.ts';
import { embedText } from '../../../src/engine/classify/embed-text.ts';
import { VoteModel } from '../../../src/engine/classify/vote-model.ts';
import { fetchManifest, fetchModelFile } from '../../../src/engine/embed/model-files.ts';
import { Learner } from '../../../src/engine/teach/learner.ts';
import { patternOf } from '../../../training/classify/corpus.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';
import { OBVIOUS } from '../classify/obvious-lines.ts';
import { realEncoder } from '../embed/real-encoder.ts';
import { chance, sharesOf } from './patterns.ts';

/** A house's own words, which no model can know: [message, what it means there]. The first two of each kind are taught. */
const HOUSE: readonly (readonly [string, string])[] = [
  ['crane 7 parked in bay 3', 'Error'], ['crane 9 parked in bay 1 by safety loop', 'Error'], ['crane 2 parked in bay 8 after stop', 'Error'], ['crane 4 parked outside its bay', 'Error'],
  ['badge 4411 seen at gate north', 'Security Alert'], ['badge 1200 seen at gate east after hours', 'Security Alert'], ['badge 77 seen at gate west', 'Security Alert'], ['badge 5 seen twice at gate north', 'Security Alert'],
  ['pallet 88 weighed at dock 2', 'Freight'], ['pallet 91 weighed again at dock 4', 'Freight'], ['pallet 12 weighed at dock 9', 'Freight'], ['pallet 301 weighed and sealed at dock 1', 'Freight'],
];
const PREPARE_MS = 120_000;
const house = HOUSE.map(([message, label]) => ({ ...patternOf({ level: 'INFO', message }), label, taught: false }));
for (const label of new Set(HOUSE.map(([, label]) => label))) house.filter((one) => one.label === label).slice(0, 2).forEach((one) => (one.taught = true));
const others = CATEGORY_NAMES.flatMap((label) => OBVIOUS[label].slice(0, 6).map(([level, message]) => ({ ...patternOf({ level, message }), label, taught: false })));
const all = [...house, ...others];

const learner = new Learner();
let before: Refit, after: Refit;

function lessonsOf(): LearnFrom[] {
  return house.filter(({ taught }) => taught).map(({ text, level, label }) => ({ text, level, label, vector: null }));
}

function best(refit: Refit, pattern: number): string {
  const shares = sharesOf(refit, pattern);
  return refit.classes[shares.indexOf(Math.max(...shares))];
}

beforeAll(async () => {
  const encoder = await realEncoder();
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  const model = await VoteModel.open(ort, { get: (path) => fetchModelFile(MODELS_BASE, manifest, path, undefined, diskFetcher) });
  const vectors: Float32Array[] = [];
  for (const pattern of all) vectors.push(await encoder.embed(embedText(pattern)));
  const { probabilities } = await model.vote(all, vectors);
  const flat = new Float32Array(all.length * encoder.dims);
  vectors.forEach((vector, at) => flat.set(vector, at * encoder.dims));
  learner.put({ patterns: Uint32Array.from(all, (_, at) => at), texts: all, vectors: flat, probabilities });
  before = learner.refit([]);
  after = learner.refit(lessonsOf());
  await model.dispose();
  await encoder.dispose();
}, PREPARE_MS);

describe('six lessons on top of the shipped models', () => {
  it('put patterns right that were not taught, own category included', () => {
    const open = house.flatMap(({ taught }, at) => (taught ? [] : [at]));
    const right = (refit: Refit) => open.filter((at) => best(refit, at) === house[at].label).length;
    expect(right(before)).toBeLessThanOrEqual(open.length / 3);
    expect(right(after)).toBeGreaterThanOrEqual(open.length - 1);
    for (const at of open) expect(chance(after, at, house[at].label)).toBeGreaterThan(chance(before, at, house[at].label) + 0.2);
  });

  it('hold for the patterns taught', () => {
    house.forEach(({ taught, label }, at) => {
      if (taught) expect(best(after, at)).toBe(label);
    });
  });

  it('leave all else what it was', () => {
    const moves = others.map(({ text }, i) => {
      const at = house.length + i;
      expect(`${text} ${best(after, at)}`).toBe(`${text} ${best(before, at)}`);
      return Math.abs(Math.max(...sharesOf(after, at)) - Math.max(...sharesOf(before, at)));
    });
    expect(moves.reduce((a, b) => a + b, 0) / moves.length).toBeLessThan(0.05);
  });

  it('are forgotten without a trace', () => {
    expect(learner.refit([])).toEqual(before);
    expect(learner.refit(lessonsOf().reverse())).toEqual(after);
  });
});
