import { expect, test, vi } from 'vitest';
import { CLOSELY, LEXICAL, UNREAD, Votes } from '../../src/engine/decide/votes.ts';
import { carryVotes } from '../../src/session/carry-votes.ts';
import type { Voted } from '../../src/session/carry-votes.ts';
import { batchOf } from '../engine/decide/patterns.ts';

vi.mock('../../src/bridge/model.ts', () => ({ modelsBase: () => 'http://localhost/models/' }));

/** Patterns a, b, c …, the first of them read by the encoder, the next by the word model alone. */
function voted(names: string, close = 0, lexical = 0): Voted {
  const votes = new Votes(names.length);
  const texts = [...names].map((text) => ({ text, level: 0 }));
  const batch = (from: number, to: number, dims: number) => ({ ...batchOf(texts.slice(from, to).map(() => ({ label: 'Error', confidence: 0.7 }))), vectors: new Float32Array((to - from) * dims).fill(1) });
  if (close > 0) votes.set([...names].map((_, at) => at).slice(0, close), batch(0, close, 2), CLOSELY);
  if (lexical > 0) votes.set([...names].map((_, at) => at).slice(close, close + lexical), batch(close, close + lexical, 0), LEXICAL);
  return { votes, texts };
}
const read = ({ votes }: Voted): number[] => [...votes.read];

test('a vote goes with its text, whatever its number', () => {
  const to = voted('cxba');
  carryVotes(voted('abc', 2, 1), to, [0, 1, 2, 3], 10);
  expect(read(to)).toEqual([LEXICAL, UNREAD, CLOSELY, CLOSELY]);
  expect(to.votes.best(3).confidence).toBeCloseTo(0.7);
});

test('nothing stays that a fresh reading would not come to', () => {
  const to = voted('abcd');
  // Rules decide a; models read c first, and of b and d only the words.
  carryVotes(voted('abcd', 3, 1), to, [2, 1, 3], 1);
  expect(read(to)).toEqual([UNREAD, UNREAD, CLOSELY, LEXICAL]);
  // What the encoder has read need not be read again, where it would be read at all.
  expect(to.votes.vectors.map((vector) => vector !== null)).toEqual([true, false, true, false]);
});

test('where other classes are voted on, only what the encoder has read stays', () => {
  const from = voted('ab', 2);
  const to = { ...voted('ab'), votes: new Votes(2, [...from.votes.classes, 'Fraud']) };
  carryVotes(from, to, [0, 1], 10);
  expect([read(to), to.votes.vectors.every((vector) => vector !== null)]).toEqual([[UNREAD, UNREAD], true]);
});
