import * as ort from 'onnxruntime-web/wasm';
import { describe, expect, it } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { dampForeign, languageDoubt } from '../../../src/engine/classify/language-doubt.ts';
import { VoteModel } from '../../../src/engine/classify/vote-model.ts';
import { fetchManifest, fetchModelFile } from '../../../src/engine/embed/model-files.ts';
import { prepareRuntime } from '../../../src/engine/embed/onnx.ts';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { patternOf } from '../../../training/classify/corpus.ts';
import { MODELS_BASE, diskFetcher } from '../../../training/disk-fetcher.ts';
import { LANGUAGES, readLanguage } from '../../fixtures/languages/read-language.ts';

const ROWS = Float32Array.from([0.97, 0.02, 0.01, 0.97, 0.02, 0.01, 1, 0, 0, 0.2, 0.5, 0.3]);
const row = (rows: Float32Array, at: number): number[] => [...rows.subarray(at * 3, at * 3 + 3)];

describe('doubt of the language', () => {
  const damped = dampForeign(ROWS, [0, 0.5, 1, 1], 3);

  it('leaves English rows their bits, and its argument alone', () => {
    expect(row(damped, 0)).toEqual(row(ROWS, 0));
    expect(ROWS[3]).toBe(Math.fround(0.97));
  });

  it('lowers what is sure, the more the more is foreign, and never the order', () => {
    expect(damped[3]).toBeLessThan(0.95);
    expect(damped[6]).toBeLessThan(0.9);
    expect(damped[6]).toBeGreaterThan(0.8);
    const [first, second, third] = row(damped, 3);
    expect(second > third && third > first).toBe(true);
  });

  it('still gives probabilities', () => {
    for (let at = 0; at < 4; at++) expect(row(damped, at).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  it('is none for a name in an English text, all for a foreign one', () => {
    expect(languageDoubt('accepted password for Müller from <ip> port <num> over ssh in the night')).toBe(0);
    expect(languageDoubt('Verbindung zum Server konnte nicht hergestellt werden')).toBe(1);
  });
});

describe('messages in other languages', () => {
  it.each(LANGUAGES)('%s: labelled, in every category, each another pattern', (language) => {
    const messages = readLanguage(language);
    expect(messages.length).toBeGreaterThanOrEqual(110);
    expect(new Set(messages.map(({ message }) => maskMessage(message))).size).toBe(messages.length);
    for (const name of CATEGORY_NAMES) expect(messages.filter(({ label }) => label === name).length).toBeGreaterThanOrEqual(10);
    expect(messages.every(({ label }) => (CATEGORY_NAMES as readonly string[]).includes(label))).toBe(true);
  });

  it('where the word model is sure of one, it is right', async () => {
    const manifest = await fetchManifest(MODELS_BASE, diskFetcher);
    prepareRuntime(ort, { threads: 1 });
    const model = await VoteModel.open(ort, { get: (path) => fetchModelFile(MODELS_BASE, manifest, path, undefined, diskFetcher) }, { lexicalOnly: true });
    const messages = LANGUAGES.flatMap(readLanguage);
    const { probabilities } = await model.lexical(messages.map(patternOf));
    await model.dispose();
    const sure = messages.flatMap(({ label }, at) => {
      const share = probabilities.subarray(at * CATEGORY_NAMES.length, (at + 1) * CATEGORY_NAMES.length);
      const most = Math.max(...share);
      return most >= 0.9 ? [CATEGORY_NAMES[share.indexOf(most)] === label] : [];
    });
    expect(sure.length).toBeGreaterThan(0);
    expect(sure.filter((right) => !right).length / sure.length).toBeLessThanOrEqual(0.03);
  });
});
