import { describe, expect, test } from 'vitest';
import type { LlmMachine } from '../../../src/contract/llm-api.ts';
import type { LlmCheck, LlmModel } from '../../../src/contract/llm.ts';
import { aboutTime, askedWords, byWhatPays, caution, hostsWords, modelFacts, obstacle, sizeWords, trialHeard, trialWords, weightsWords, worthWords } from '../../../src/ui/llm/llm-words.ts';
import type { Room } from '../../../src/ui/llm/llm-words.ts';
import { amountWords, rateWords } from '../../../src/ui/llm/progress-words.ts';

const UNTOLD: Room = { free: NaN, memory: NaN };
const NO_GPU: LlmMachine = { noGpu: 'This browser offers no WebGPU.', f16: false };
const GPU: LlmMachine = { noGpu: '', f16: false };

function model(id: string, change: Partial<LlmModel> = {}): LlmModel {
  return {
    id, name: id, runtime: 'wllama', origin: 'listed', base: 'https://models.example/a/', hosts: ['models.example'], files: [], library: '',
    bytes: 484e6, memoryBytes: 900e6, parameters: 596e6, licence: 'Apache-2.0', reasons: false, needsF16: false, ...change,
  };
}

const CHECK: LlmCheck = {
  from: 'corpus', lines: 24, llm: 19, neighbour: 20, vote: 21, unanswered: 0, secondsPerLine: 2,
  agreeing: { lines: 18, right: 16, confidence: 0.85 }, differing: { lines: 6, right: 2, confidence: 0.375 }, beats: false, seed: 1,
};

describe('why a model may not run here', () => {
  const webllm = model('a', { runtime: 'webllm', needsF16: true });

  test('a graphics card that there is not, or that lacks half precision', () => {
    expect(obstacle(webllm, NO_GPU, UNTOLD)).toBe('Not here: it needs a graphics card that this browser can use.');
    expect(obstacle(webllm, GPU, UNTOLD)).toContain('shader-f16');
    expect(obstacle(webllm, { ...GPU, f16: true }, UNTOLD)).toBe('');
  });

  test('memory past what a page may use on the processor, and room for the download', () => {
    expect(obstacle(model('a', { memoryBytes: 5e9 }), NO_GPU, UNTOLD)).toContain('5.00 GB');
    expect(obstacle(model('a', { memoryBytes: 0, bytes: 0, parameters: 7.6e9 }), NO_GPU, UNTOLD)).toContain('about 4.71 GB');
    expect(obstacle(model('a', { memoryBytes: 3e9 }), NO_GPU, { free: NaN, memory: 2 ** 31 })).toContain('2.15 GB in all');
    expect(obstacle(model('a'), NO_GPU, { free: 1e8, memory: NaN })).toBe('No room: it is 484 MB, and this browser has 100 MB left for this site.');
    expect(obstacle(model('a'), NO_GPU, UNTOLD)).toBe('');
  });

  test('a computer of little memory is warned of, not refused', () => {
    expect(caution(model('a'), { free: NaN, memory: 2 ** 30 })).toContain('1.07 GB of memory in all');
    expect(caution(model('a'), UNTOLD)).toBe('');
    expect(caution(model('a', { parameters: 4e9 }), UNTOLD)).toContain('minutes for each pattern');
  });
});

test('what runs here and is large enough to pay comes first, else as it is listed', () => {
  const listed = [model('huge', { memoryBytes: 9e9, parameters: 7e9 }), model('tiny', { parameters: 135e6 }), model('gpu', { runtime: 'webllm' }), model('slow', { parameters: 4e9 }), model('large', { parameters: 1.2e9 }), model('small')];
  expect(byWhatPays(listed, NO_GPU, UNTOLD).map(({ id }) => id)).toEqual(['large', 'small', 'tiny', 'slow', 'gpu', 'huge']);
});

test('what is told of a model: nothing where nobody has said it', () => {
  expect(modelFacts(model('a'))).toEqual(['0.6 billion weights', '484 MB to download', 'needs 900 MB of memory', 'processor', 'Apache-2.0']);
  expect(modelFacts(model('a', { parameters: 0, bytes: 0, memoryBytes: 0, licence: '' }))).toEqual(['processor', 'licence not known']);
  expect([weightsWords(134_515_008), weightsWords(7.6e9), weightsWords(0)]).toEqual(['135 million weights', '7.6 billion weights', '']);
});

test('the size of a download, or the most that it can be', () => {
  expect([model('a'), model('a', { bytes: 0 }), model('a', { bytes: 0, memoryBytes: 0, parameters: 0 })].map(sizeWords))
    .toEqual([', 484 MB,', ', at most 900 MB,', ', whose size only its host knows,']);
});

test('the hosts that are asked, by name, with nothing in them that acts', () => {
  expect(hostsWords(['huggingface.co', '*.huggingface.co', '*.hf.co', 'raw.githubusercontent.com'])).toEqual(['huggingface.co', 'raw.githubusercontent.com and hosts below huggingface.co and hf.co']);
  expect(hostsWords([])).toEqual(['this site', '']);
  expect(hostsWords(['a\u202eb'])[0]).toBe('a‹U+202E›b');
});

describe('what a trial means', () => {
  test('better than both counts; anything else only advises, and by whom it was beaten', () => {
    expect(trialWords({ ...CHECK, llm: 22, beats: true }, false)).toBe('It was clearly more often right than the nearest example and the page\'s own models: its answers count from now on.');
    expect(trialWords(CHECK, false)).toBe('It was not better than the page\'s own models. So it only advises: its answers are shown, and change nothing.');
    expect(trialWords(CHECK, true)).toBe('It was not better than the page\'s own models. Its answers count because you said so.');
    expect(trialWords({ ...CHECK, llm: 22, neighbour: 22 }, false)).toContain('only as good as the nearest example');
    expect(trialWords({ ...CHECK, llm: 22 }, false)).toBe('It was ahead of the page\'s own models, but not clearly: with 24 lines that may be chance; more lines can show it. So it only advises: its answers are shown, and change nothing.');
    expect(trialWords({ ...CHECK, llm: 22, neighbour: 21 }, false)).toContain('ahead of the nearest example and the page\'s own models, but not clearly');
    expect(trialHeard(CHECK, false)).toContain('language model 19 right, nearest example 20, the page\'s own models 21');
  });

  test('what would decide nothing at this threshold is said', () => {
    const words = worthWords(CHECK, 0.5, true);
    expect(words).toContain('0.85 where it says what the page\'s own models guess');
    expect(words).toContain('0.38 (below your threshold: decides nothing)');
    expect(worthWords(CHECK, 0.5, false)).not.toContain('threshold');
  });

  test('what came of asking: decided, shown only, or not sure enough', () => {
    const counts = { asked: 5, decided: 1, unanswered: 0 };
    expect(askedWords(counts, true)).toBe('5 patterns answered: 1 decided by it.');
    expect(askedWords({ ...counts, decided: 0, unanswered: 2 }, true)).toBe('5 patterns answered: no answer was sure enough to decide anything, 2 without a usable answer.');
    expect(askedWords({ asked: 1, decided: 0, unanswered: 0 }, false)).toBe('1 pattern answered: shown as advice, nothing decided by it.');
  });
});

test('time and progress in words', () => {
  expect([10, 170, 5400 * 2, 200_000, NaN].map(aboutTime)).toEqual(['less than a minute', 'about 3 minutes', 'about 3 hours', 'about 2 days', '']);
  const step = { done: 100e6, total: 484e6, unit: 'bytes', what: '', left: 96 } as const;
  expect([amountWords(step), rateWords(step)]).toEqual(['100 MB of 484 MB', '4.00 MB a second']);
  expect(amountWords({ ...step, done: 3, total: 37, unit: 'patterns' })).toBe('3 of 37 patterns');
  expect(amountWords({ ...step, done: 0.4, total: 1, unit: 'percent' })).toBe('40 %');
  expect(rateWords({ ...step, left: NaN })).toBe('');
});
