import { expect, test } from 'vitest';
import type { Lane } from '../../src/bridge/lane.ts';
import type { PatternTable } from '../../src/contract/pattern.ts';
import type { TeachApi } from '../../src/contract/teach-api.ts';
import type { Truth } from '../../src/contract/truth.ts';
import { CLOSELY, Votes } from '../../src/engine/decide/votes.ts';
import { TeachService } from '../../src/engine/teach/teach-service.ts';
import { Training, addedModels } from '../../src/session/training.svelte.ts';
import type { TrainingParts } from '../../src/session/training.svelte.ts';
import { made } from '../engine/evaluate/made-truth.ts';

const PATTERNS = 24;
/** Patterns that a rule decided have no vector yet. */
const UNREAD = [3, 9];

/** Two labels whose vectors lie apart; `Error` is also written in other ways. */
function vectorOf(pattern: number): Float32Array {
  const vector = new Float32Array(8);
  vector[pattern % 2] = 0.9;
  vector[2 + (pattern % 5)] = Math.sqrt(1 - 0.81);
  return vector;
}

function opened(change: Partial<TrainingParts> = {}): { training: Training; embedded: string[]; service: TeachService } {
  const { verdicts, truth } = made(Array.from({ length: PATTERNS }, (_, i) => ({ truth: i % 2 ? { Lunch: 2 } : { [i % 4 ? 'ERROR' : 'Error']: 3 } })));
  const votes = new Votes(PATTERNS);
  for (let pattern = 0; pattern < PATTERNS; pattern++) {
    if (UNREAD.includes(pattern)) continue;
    votes.vectors[pattern] = vectorOf(pattern);
    votes.read[pattern] = CLOSELY;
  }
  const texts = Array.from({ length: PATTERNS }, (_, i) => ({ text: `pattern ${i}`, level: 0 }));
  const table = { count: PATTERNS, flags: new Uint8Array(PATTERNS) } as unknown as PatternTable;
  const service = new TeachService();
  const lane = { alive: true, call: (job: (api: TeachApi) => Promise<unknown>) => job(service) } as unknown as Lane<TeachApi>;
  const embedded: string[] = [];
  const training = new Training({
    board: { table, truth: truth as Truth, verdicts, votes, texts }, lane, encoder: async () => 'wasm-1',
    embed: async (batch) => {
      embedded.push(...batch.map(({ text }) => text));
      return batch.map(({ text }) => vectorOf(Number(text.slice(8))));
    },
    files: () => [], today: () => '2025-03-14', ...change,
  });
  return { training, embedded, service };
}

test('learns from the labels of the file, reading only what had not been read', async () => {
  const { training, embedded } = opened();
  expect(training.rows()).toMatchObject({ classes: ['Error', 'Lunch'], rows: 60, leftOut: 0 });
  await training.begin('mine');
  expect([training.problem, training.progress]).toEqual(['', null]);
  expect(embedded).toEqual(UNREAD.map((pattern) => `pattern ${pattern}`));
  const { result } = training;
  expect(result?.manifest).toMatchObject({ name: 'mine', encoder: 'wasm-1', classes: ['Error', 'Lunch'], dims: 8, trained: { rows: 60, patterns: PATTERNS, date: '2025-03-14' } });
  expect(result?.validation?.grouped.mean.accuracy).toBe(1);
  expect(result === null ? [] : addedModels(result).map(({ name, classes }) => [name, classes])).toEqual(['logistic regression', 'random forest', 'naive bayes'].map((model) => [`mine: ${model}`, ['Error', 'Lunch']]));
});

test('given up, nothing is left; the next one runs', async () => {
  const { training, service } = opened();
  const work = training.begin('first');
  training.cancel();
  await work;
  expect([training.result, training.progress, training.problem]).toEqual([null, null, '']);
  await expect(service.trained()).rejects.toThrow();
  await training.begin('second');
  expect(training.result?.manifest.name).toBe('second');
});

test('what goes wrong is said, and leaves nothing half done', async () => {
  const { training } = opened({ embed: async () => null });
  await training.begin('mine');
  expect(training.problem).toMatch(/not loaded.*Reload/);
  expect([training.result, training.progress]).toEqual([null, null]);
});

test('models that learnt here are known for it while that file is open', async () => {
  let files: readonly File[] = [new File(['a'], 'a.csv')];
  const { training } = opened({ files: () => files });
  expect(training.learntHere).toBe(false);
  training.used(true);
  expect(training.learntHere).toBe(true);
  files = [...files];
  expect(training.learntHere).toBe(true);
  files = [new File(['b'], 'b.csv')];
  expect(training.learntHere).toBe(false);
  training.used(false);
});
