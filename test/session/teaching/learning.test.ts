import { expect, test } from 'vitest';
import { Lane } from '../../../src/bridge/lane.ts';
import type { TeachApi } from '../../../src/contract/teach-api.ts';
import { CLOSELY, Votes } from '../../../src/engine/decide/votes.ts';
import { TeachService } from '../../../src/engine/teach/teach-service.ts';
import { Learning } from '../../../src/session/teaching/learning.ts';
import { BLANK } from '../../../src/session/teaching/snapshot.ts';
import type { Snapshot } from '../../../src/session/teaching/snapshot.ts';
import { FakeWorker } from '../../bridge/fake-worker.ts';
import { batchOf } from '../../engine/decide/patterns.ts';

const TEXTS = ['gate opened within <num>', 'old gate opened within <num>', 'flux level reads <num>'].map((text) => ({ text, level: 0 }));
const TAUGHT: Snapshot = { ...BLANK, said: new Map([[0, { label: 'User Action', how: 'corrected' as const, teaches: true }]]) };
const ABOUT = { rows: new Float64Array([5, 4, 3]), decider: new Uint8Array(3).fill(4), confidence: new Float32Array(3), without: new Uint8Array(3) };

function open(encoder: () => string = () => 'e', embedded: string[] = []) {
  const lane = new Lane<TeachApi>('learning', () => new FakeWorker(new TeachService()) as unknown as Worker);
  const votes = new Votes(TEXTS.length);
  votes.set([0, 1, 2], batchOf(TEXTS.map(() => ({ label: 'Error', confidence: 0.6 }))), CLOSELY);
  const embed = async (texts: readonly { readonly text: string }[]): Promise<Float32Array[]> => {
    embedded.push(...texts.map(({ text }) => `${encoder()} ${text}`));
    return texts.map(() => new Float32Array(4).fill(0.5));
  };
  return { lane, board: { votes, texts: TEXTS }, learning: new Learning(lane, embed, encoder) };
}

test('a worker that took the place of a dead one is told everything again, whoever woke it', async () => {
  const { lane, board, learning } = open();
  const first = await learning.refit(board, TAUGHT);
  lane.terminate();
  await lane.call((api) => api.endTraining());
  expect(lane.alive).toBe(true);
  expect(await learning.refit(board, TAUGHT)).toEqual(first);
  expect(first?.patterns.length).toBe(3);
});

test('what was taken back is not in the next question either', async () => {
  const { lane, board, learning } = open();
  await learning.feed(board);
  const fresh = await lane.call((api) => api.ask(ABOUT, 3));
  await learning.refit(board, TAUGHT);
  expect(await lane.call((api) => api.ask(ABOUT, 3))).not.toEqual(fresh);
  expect(await learning.refit(board, BLANK)).toBeNull();
  expect(await lane.call((api) => api.ask(ABOUT, 3))).toEqual(fresh);
});

test('vectors of lessons from elsewhere are those of the encoder in use', async () => {
  let encoder = 'wasm';
  const embedded: string[] = [];
  const { board, learning } = open(() => encoder, embedded);
  const elsewhere: Snapshot = { ...BLANK, elsewhere: [{ keys: [{ text: 'a lesson', level: 0, http: 0, rule: null }], label: 'Error', how: 'corrected', teaches: true }] };
  await learning.refit(board, elsewhere);
  await learning.refit(board, elsewhere);
  encoder = 'webgpu';
  await learning.refit(board, elsewhere);
  expect(embedded).toEqual(['wasm a lesson', 'webgpu a lesson']);
});
