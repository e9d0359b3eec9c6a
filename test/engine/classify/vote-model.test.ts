import * as ort from 'onnxruntime-web/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { PatternText, VoteBatch } from '../../../src/contract/verdict.ts';
import { VOTERS } from '../../../src/contract/verdict.ts';
import { VOTER_FILES } from '../../../src/engine/classify/registry.ts';
import type { FileSource } from '../../../src/engine/classify/voter.ts';
import { embedText } from '../../../src/engine/classify/embed-text.ts';
import { VoteModel } from '../../../src/engine/classify/vote-model.ts';
import type { Encoder } from '../../../src/engine/embed/encoder.ts';
import { fetchManifest, fetchModelFile } from '../../../src/engine/embed/model-files.ts';
import { patternOf } from '../../../training/classify/corpus.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';
import { realEncoder } from '../embed/real-encoder.ts';
import { OBVIOUS } from './obvious-lines.ts';

/** Embedding a hundred lines takes 2 s on an idle core, and other tests run beside this one. */
const PREPARE_MS = 120_000;
const CLASSES = CATEGORY_NAMES.length;
const truths = CATEGORY_NAMES.flatMap((name) => OBVIOUS[name].map(() => name));
const patterns: PatternText[] = CATEGORY_NAMES.flatMap((name) => OBVIOUS[name].map(([level, message]) => patternOf({ level, message })));

let encoder: Encoder, model: VoteModel, vectors: Float32Array[], vote: VoteBatch, lexical: VoteBatch;

async function shippedFiles(): Promise<FileSource> {
  const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
  return { get: (path) => fetchModelFile(MODELS_BASE, manifest, path, undefined, diskFetcher) };
}

beforeAll(async () => {
  encoder = await realEncoder();
  model = await VoteModel.open(ort, await shippedFiles());
  vectors = [];
  for (const pattern of patterns) vectors.push(await encoder.embed(embedText(pattern)));
  vote = await model.vote(patterns, vectors);
  lexical = await model.lexical(patterns);
}, PREPARE_MS);

afterAll(async () => {
  await model.dispose();
  await encoder.dispose();
});

function answers(batch: VoteBatch): string[] {
  return truths.map((_, row) => {
    const share = batch.probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
    return CATEGORY_NAMES[share.indexOf(Math.max(...share))];
  });
}

describe('the shipped classifiers', () => {
  it.each(CATEGORY_NAMES)('know obvious lines of %s', (name) => {
    const given = answers(vote);
    const wrong = patterns.filter((_, row) => truths[row] === name && given[row] !== name).map(({ text }) => text);
    expect(wrong).toEqual([]);
  });

  it('know most of them from words and level alone', () => {
    const given = answers(lexical);
    expect(given.filter((answer, row) => answer === truths[row]).length / truths.length).toBeGreaterThan(0.85);
  });

  it('give probabilities that sum to 1, and similarity and novelty between 0 and 1', () => {
    for (const { probabilities, similarity, novelty } of [vote, lexical]) {
      for (let row = 0; row < patterns.length; row++) {
        expect(probabilities.subarray(row * CLASSES, (row + 1) * CLASSES).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      }
      for (const share of [...similarity, ...novelty]) expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  it('give the same bits whatever the order and company', async () => {
    const order = patterns.map((_, row) => row).sort((a, b) => ((a * 37) % 101) - ((b * 37) % 101));
    const shuffled = await model.vote(order.map((row) => patterns[row]), order.map((row) => vectors[row]));
    const words = await model.lexical(order.map((row) => patterns[row]));
    order.forEach((row, at) => {
      const from = row * CLASSES, to = at * CLASSES;
      expect(shuffled.probabilities.slice(to, to + CLASSES)).toEqual(vote.probabilities.slice(from, from + CLASSES));
      expect(words.probabilities.slice(to, to + CLASSES)).toEqual(lexical.probabilities.slice(from, from + CLASSES));
      expect(shuffled.neighbour[at]).toBe(vote.neighbour[row]);
    });
    const alone = await model.vote([patterns[3]], [vectors[3]]);
    expect(alone.probabilities).toEqual(vote.probabilities.slice(3 * CLASSES, 4 * CLASSES));
  });

  it('name a labelled example near the text, and let every voter speak', () => {
    expect(model.examples().length).toBeGreaterThan(6000);
    for (const at of vote.neighbour) expect(CATEGORY_NAMES as readonly string[]).toContain(model.examples()[at].label);
    expect([...vote.choices].every((choice) => choice < CLASSES)).toBe(true);
    expect([...lexical.choices].filter((choice) => choice < CLASSES).length).toBe(patterns.length);
    expect(vote.choices.length).toBe(patterns.length * VOTERS.length);
  });

  it('find gibberish unlike anything known', async () => {
    const strange = [patternOf({ level: '', message: 'Xqzzyv wrblgh okkuntu fnarbel 卄卂 schlrrp' })];
    const { novelty } = await model.vote(strange, [await encoder.embed(embedText(strange[0]))]);
    expect(novelty[0]).toBeGreaterThan(0.5);
    expect(Math.max(...[...vote.novelty].sort((a, b) => a - b).slice(0, patterns.length / 2))).toBeLessThan(0.3);
  });

  it('answer an empty batch', async () => {
    expect((await model.vote([], [])).n).toBe(0);
    expect((await model.lexical([])).probabilities.length).toBe(0);
  });

  it('open with the word model alone, without the other files', async () => {
    const files = await shippedFiles();
    const asked: string[] = [];
    const small = await VoteModel.open(ort, { get: (path) => { asked.push(path); return files.get(path); } }, { lexicalOnly: true });
    expect(asked).not.toContain(VOTER_FILES['random-forest']);
    expect(asked).not.toContain('classify/neighbours.bin');
    expect((await small.lexical(patterns)).probabilities).toEqual(lexical.probabilities);
    await small.dispose();
  });

  it('stay within 5 MB', async () => {
    const { files } = await fetchManifest(MODELS_BASE, diskFetcher);
    const bytes = files.filter(({ path }) => path.startsWith('classify/')).reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeLessThanOrEqual(5e6);
  });
});
