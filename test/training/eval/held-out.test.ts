import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { VOTERS } from '../../../src/contract/verdict.ts';
import { argmax } from '../../../src/engine/train/metrics.ts';
import { createRandom } from '../../../src/engine/train/random.ts';
import { readHeldOut, writeHeldOut } from '../../../training/classify/held-out-file.ts';
import { majorityOf } from '../../../training/eval/classic.ts';
import { crossFitCalibration, crossFitVote, foldsOf } from '../../../training/classify/cross-fit.ts';
import { distinctRows, rulesOn } from '../../../training/eval/messages.ts';
import { NOTHING } from '../../../training/eval/opinion.ts';

const CLASSES = CATEGORY_NAMES.length;
const ROWS = 240;
const random = createRandom(2);
const labels = Int32Array.from({ length: ROWS }, () => Math.floor(random() * CLASSES));
const fold = Int32Array.from({ length: ROWS }, (_, row) => row % 4);

/** Probabilities that know the label better or worse. */
function guesses(knows: number): Float32Array {
  const out = new Float32Array(ROWS * CLASSES);
  for (let row = 0; row < ROWS; row++) {
    const own = out.subarray(row * CLASSES, (row + 1) * CLASSES).map(() => random());
    own[labels[row]] += knows;
    const sum = own.reduce((a, b) => a + b, 0);
    out.set(own.map((p) => p / sum), row * CLASSES);
  }
  return out;
}

const opinions = VOTERS.map((_, voter) => guesses(voter === 0 ? 2 : 0.2));

test('what is kept is read again, but not for another corpus or encoder', () => {
  const file = pathToFileURL(join(mkdtempSync(join(tmpdir(), 'held-out-')), 'cache', 'kept.bin'));
  const answers = { corpus: 'a', encoder: 'b', fold, opinions, voted: opinions[0], lexical: opinions[3] };
  expect(readHeldOut('a', 'b', file)).toBeNull();
  writeHeldOut(answers, file);
  expect(readHeldOut('a', 'b', file)).toEqual(answers);
  expect([readHeldOut('c', 'b', file), readHeldOut('a', 'c', file)]).toEqual([null, null]);
});

test('every row is tested once and learnt from in all other rounds', () => {
  const folds = foldsOf(Int32Array.of(7, 3, 7, 5));
  expect(folds.map(({ name, train, test: tested }) => [name, [...train], [...tested]])).toEqual([['3', [0, 2, 3], [1]], ['5', [0, 1, 2], [3]], ['7', [1, 3], [0, 2]]]);
});

test('a row is voted on by weights and calibrations that its own fold had no part in', () => {
  const vote = crossFitVote(opinions, labels, fold), alone = crossFitCalibration(opinions[0], labels, fold);
  // Lies in fold 1 change what is said of the others, and nothing that is said of fold 1.
  const lies = labels.map((label, row) => (fold[row] === 1 ? (label + 1) % CLASSES : label));
  const rowsOf = (all: Float32Array, inFold: boolean): Float32Array => all.filter((_, at) => (fold[Math.floor(at / CLASSES)] === 1) === inFold);
  for (const [honest, lied] of [[vote, crossFitVote(opinions, lies, fold)], [alone, crossFitCalibration(opinions[0], lies, fold)]]) {
    expect(rowsOf(lied, true)).toEqual(rowsOf(honest, true));
    expect(rowsOf(lied, false)).not.toEqual(rowsOf(honest, false));
  }
  // The voter that knows most gets the say.
  const right = [...argmax(vote, CLASSES)].filter((label, row) => label === labels[row]).length;
  expect(right / ROWS).toBeGreaterThan(0.9);
});

test('the classic majority: two of three, else the first; as sure as the three on average', () => {
  const sure = (...picks: readonly number[]): Float32Array => Float32Array.from(picks.flatMap((pick) => Array.from({ length: CLASSES }, (_, c) => (c === pick ? 0.6 : 0.05))));
  const { choice, confidence } = majorityOf([sure(0, 0, 0), sure(1, 0, 1), sure(1, 1, 2)]);
  expect([...choice]).toEqual([1, 0, 0]);
  [(0.05 + 0.6 + 0.6) / 3, (0.6 + 0.6 + 0.05) / 3, (0.6 + 0.05 + 0.05) / 3].forEach((wanted, row) => expect(confidence[row]).toBeCloseTo(wanted, 6));
});

test('of equal keys the first is scored, and none that another group knows', () => {
  const keys = [['a', 3], ['a', 3], ['a', 5], ['b', 3], ['c', 3], ['b', 3]] as const;
  expect(distinctRows(keys.map(([text, level]) => ({ text, level })), [0, 0, 0, 0, 1, 1])).toEqual([0, 2, 4]);
});

test('built-in rules on bare messages', () => {
  expect([...rulesOn(['Failed password for invalid user admin from 10.0.0.9 port 4711 ssh2', 'nothing that a rule knows'])])
    .toEqual([CATEGORY_NAMES.indexOf('Security Alert'), NOTHING]);
});
