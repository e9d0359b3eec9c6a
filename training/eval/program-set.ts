import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { FEATURE_VERSION } from '../../src/engine/classify/lexical/features.ts';
import { createRandom } from '../../src/engine/train/random.ts';
import { groupedKFold } from '../../src/engine/train/splits.ts';
import { predictSparse } from '../classify/adagrad.ts';
import type { Corpus } from '../classify/corpus.ts';
import { FOLDS } from '../classify/held-out.ts';
import { LEXICAL, fitLexical, lexicalData } from '../classify/voters.ts';
import { plainVectors } from './classic.ts';
import { classicHeldOut } from './classic-folds.ts';
import { crossFitCalibration, foldsOf } from '../classify/cross-fit.ts';
import type { EvalSet } from './eval-set.ts';
import { contentOf, kept } from './kept.ts';
import { distinctRows, rulesOn } from './messages.ts';
import type { Opinion } from './opinion.ts';
import { choices, rulesAlone, rulesFirst } from './opinion.ts';
import { labelled, ofPatterns } from './truths.ts';

const CLASSES = CATEGORY_NAMES.length;
const SEED = 11;
/** Raise when the folds are made in another way. */
const VERSION = 2;
type Say = (text: string) => void;

/** What needs no tuned encoder, on programs that it has not learnt from, in as many rounds as families are left out in. */
export async function programSet(corpus: Corpus, say: Say): Promise<EvalSet> {
  const programs = corpus.messages.map(({ program }) => program), names = [...new Set(programs)];
  const fold = new Int32Array(corpus.messages.length);
  groupedKFold(programs, FOLDS, createRandom(SEED)).forEach(({ test }, number) => test.forEach((row) => (fold[row] = number)));
  const scored = new Set(distinctRows(corpus.patterns, fold));
  const plain = await plainVectors(corpus.patterns, say);
  const classic = plain === null ? [] : classicHeldOut(corpus, plain, fold, say);
  const raw = kept('lexical-programs', [VERSION, FEATURE_VERSION, LEXICAL, corpus.patterns, contentOf([fold, corpus.labels])], () => lexicalHeldOut(corpus, fold, say));
  const rule = rulesOn(corpus.messages.map(({ message }) => message));
  const word = choices('word model, calibrated', crossFitCalibration(raw, corpus.labels, fold), CLASSES);
  return {
    title: 'The corpus, programs left out: classifiers that need no tuned encoder', groupName: ['round', 'rounds'],
    page: rulesFirst('rules, then word model', rule, word), vote: word,
    others: [choices('word model', raw, CLASSES), ...withRules(rule, classic), rulesAlone(rule)],
    byPattern: ofPatterns({ ...labelled(corpus.labels), together: programs.map((program) => names.indexOf(program)) }, (row) => scored.has(row)), byLine: null,
    groups: Array.from({ length: FOLDS }, (_, number) => String(number + 1)), groupOf: fold,
  };
}

function withRules(rule: Int32Array, classic: readonly Opinion[]): Opinion[] {
  const majority = classic.at(-1);
  return majority === undefined ? [] : [rulesFirst('classic: rules, then majority', rule, majority), ...classic.toReversed()];
}

function lexicalHeldOut({ patterns, labels }: Corpus, fold: Int32Array, say: Say): Float32Array {
  const data = { labels, ...lexicalData(patterns) };
  const all = new Float32Array(patterns.length * CLASSES);
  for (const { name, train, test } of foldsOf(fold)) {
    say(`the word model without fold ${name}`);
    const answers = predictSparse(fitLexical(data, train), Array.from(test, (row) => data.lexical[row]));
    test.forEach((row, at) => all.set(answers.subarray(at * CLASSES, (at + 1) * CLASSES), row * CLASSES));
  }
  return all;
}
