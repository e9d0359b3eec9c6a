import { describe, expect, test } from 'vitest';
import { CATEGORY_NAMES, UNCLASSIFIED } from '../../../src/contract/category.ts';
import { CLOSELY, Votes } from '../../../src/engine/decide/votes.ts';
import { checkLinesOfTaught, corpusNearest, nearestOf } from '../../../src/engine/llm/nearest-taught.ts';
import type { TaughtPattern } from '../../../src/engine/llm/nearest-taught.ts';

/** A unit vector so many degrees from the first axis. */
const at = (degrees: number): Float32Array => Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const taught = (text: string, degrees: number, label: string, pattern = -1): TaughtPattern => ({ text, level: 0, label, vector: at(degrees), message: `message of ${text}`, pattern });
const corpus = (cosine: number, message: string, label = 'Error') => ({ message, label, cosine });
const SELF = { text: 'self', level: 0 };

describe('the nearest labelled messages', () => {
  test('are corrections and the corpus by cosine, corrections first where equal', () => {
    const own = [taught('far', 80, 'User Action'), taught('near', 10, 'Mine')];
    const near = nearestOf(SELF, at(0), own, [corpus(0.9845, 'c1'), corpus(0.9, 'c2'), corpus(0.1, 'c3')]);
    // cos 10° = 0.9848, in hundredths as near as c1.
    expect(near).toEqual([{ message: 'message of near', label: 'Mine' }, { message: 'c1', label: 'Error' }, { message: 'c2', label: 'Error' }, { message: 'message of far', label: 'User Action' }, { message: 'c3', label: 'Error' }]);
    expect(nearestOf(SELF, at(0), own, [corpus(0.99, 'c1')])[0].message).toBe('c1');
  });

  test('never hold the pattern itself, what was left unclassified, what nobody has read, or a message twice', () => {
    const own = [taught('self', 0, 'Mine'), taught('open', 0, UNCLASSIFIED), { ...taught('unread', 0, 'Mine'), vector: null }, { ...taught('other encoder', 0, 'Mine'), vector: Float32Array.of(1) }];
    expect(nearestOf(SELF, at(0), own, [corpus(0.9, 'c1'), corpus(0.8, 'c1'), corpus(0.7, 'c2')]).map(({ message }) => message)).toEqual(['c1', 'c2']);
    expect(nearestOf(SELF, null, [taught('near', 10, 'Mine')], [corpus(0.9, 'c1')]).map(({ message }) => message)).toEqual(['c1']);
    // The same text with another level is another pattern.
    expect(nearestOf({ text: 'self', level: 3 }, at(0), [taught('self', 0, 'Mine')], []).map(({ label }) => label)).toEqual(['Mine']);
  });

  test('do not depend on the order in which they were taught, and are as many as wanted', () => {
    const own = Array.from({ length: 9 }, (_, i) => taught(`t${i}`, (i % 3) * 20, 'Mine'));
    expect(nearestOf(SELF, at(0), own, [])).toEqual(nearestOf(SELF, at(0), [...own].reverse(), []));
    expect(nearestOf(SELF, at(0), own, [])).toHaveLength(5);
    expect(nearestOf(SELF, at(0), own, [], 2)).toHaveLength(2);
  });

  test('of the corpus come by row of what the models say', () => {
    const near = { indices: Int32Array.of(4, 7, 9, -1), cosines: Float32Array.of(0.9, 0.5, 0.75, 0) };
    const examples = new Map([4, 7, 9].map((index) => [index, { message: `m${index}`, label: 'Error' }]));
    expect(corpusNearest(near, 2, 0, examples)).toEqual([{ message: 'm4', label: 'Error', cosine: expect.closeTo(0.9, 6) as number }, { message: 'm7', label: 'Error', cosine: 0.5 }]);
    expect(corpusNearest(near, 2, 1, examples)).toEqual([{ message: 'm9', label: 'Error', cosine: 0.75 }]);
  });
});

describe('corrections as lines of a trial', () => {
  const votes = new Votes(3);
  const classes = CATEGORY_NAMES.length;
  [5, 1, 2].forEach((label, pattern) => {
    votes.probabilities[pattern * classes + label] = 0.75;
    votes.read[pattern] = CLOSELY;
  });
  const own = [taught('b', 0, 'User Action', 0), taught('a', 10, 'Mine', 1), taught('elsewhere', 5, 'Error'), taught('c', 90, UNCLASSIFIED, 2)];

  test('have what was said before anything was learnt, and all others as neighbours', () => {
    votes.learn({ classes: ['Mine'], patterns: Uint32Array.of(0), probabilities: Float32Array.of(1) });
    const lines = checkLinesOfTaught(own, votes, () => [corpus(0.5, 'c1')]);
    expect(lines.map(({ text, label, vote, voteConfidence }) => [text, label, vote, voteConfidence])).toEqual([['a', 'Mine', 'Security Alert', 0.75], ['b', 'User Action', 'Error', 0.75]]);
    expect(lines.map(({ nearest }) => nearest.map(({ message }) => message))).toEqual([['message of elsewhere', 'message of b', 'c1'], ['message of elsewhere', 'message of a', 'c1']]);
    expect(checkLinesOfTaught([...own].reverse(), votes, () => [corpus(0.5, 'c1')])).toEqual(lines);
  });

  test('leave out what no model has read', () => {
    const unread = new Votes(3);
    expect(checkLinesOfTaught(own, unread, () => [])).toEqual([]);
    expect(checkLinesOfTaught([{ ...own[0], vector: null }], votes, () => [])).toEqual([]);
  });
});
