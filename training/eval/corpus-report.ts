import { existsSync, readFileSync } from 'node:fs';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { VOTERS, VOTER_NAMES } from '../../src/contract/verdict.ts';
import type { Corpus } from '../classify/corpus.ts';
import { readCorpus } from '../classify/corpus.ts';
import type { HeldOutAnswers } from '../classify/held-out-file.ts';
import { readHeldOut } from '../classify/held-out-file.ts';
import { embedPatterns } from '../classify/vectors.ts';
import { plainVectors } from './classic.ts';
import { classicHeldOut } from './classic-folds.ts';
import { crossFitCalibration, crossFitVote } from '../classify/cross-fit.ts';
import type { EvalSet } from './eval-set.ts';
import { allOpinions } from './eval-set.ts';
import { figuresOf } from './figures.ts';
import { contentOf, kept } from './kept.ts';
import { distinctRows, rulesOn } from './messages.ts';
import { choices } from './opinion.ts';
import { programSet } from './program-set.ts';
import type { Agreement } from './set-report.ts';
import { printSet, printSummary } from './set-report.ts';
import { share, table } from './table.ts';
import { labelled, ofPatterns } from './truths.ts';

const CLASSES = CATEGORY_NAMES.length;
/** Raise when weights or calibrations are fitted in another way. */
const CROSS_FIT_VERSION = 1;
const AGREEMENT_FILE = new URL('../corpus/agreement.json', import.meta.url);
type Say = (text: string) => void;

/** How often two people who labelled apart from each other agreed. */
interface Labelling {
  readonly messages: number;
  readonly agreed: number;
  readonly perLabel: Agreement;
}

/** Prints how well the classifiers do on families, and on programs, that they have not learnt from. */
export async function evaluateCorpus(threshold: number, say: Say): Promise<void> {
  const corpus = readCorpus();
  const { encoder } = await embedPatterns([]);
  const heldOut = readHeldOut(corpus.sha256, encoder);
  if (heldOut === null) {
    console.error('There are no answers about families left out for this corpus and encoder: run `npm run train` first.');
    process.exitCode = 1;
    return;
  }
  const labelling = existsSync(AGREEMENT_FILE) ? JSON.parse(readFileSync(AGREEMENT_FILE, 'utf8')) as Labelling : undefined;
  const families = await familySet(corpus, heldOut, say);
  printSet(families, threshold, labelling?.perLabel);
  printArguable(corpus, families, threshold);
  if (labelling) console.log(`\nThe two passes of labelling agreed on ${share(labelling.agreed / labelling.messages)} of ${labelling.messages} messages: what is said of messages cannot be right more often than people agree on them.`);
  const programs = await programSet(corpus, say);
  printSummary(programs, threshold);
  console.log(`\nIn each of the ${programs.groups.length} rounds one program in ${programs.groups.length} was left out, whatever families it occurs in. The vote needs an encoder that was tuned without them, which there is
for families only. That is the stricter test: with a family all its programs are left out, but for ${sharedPrograms(corpus)} names, such as "java stack trace", that occur in several.`);
}

async function familySet(corpus: Corpus, { fold, opinions }: HeldOutAnswers, say: Say): Promise<EvalSet> {
  const rows = distinctRows(corpus.patterns, fold);
  const scored = new Set(rows);
  say(`${corpus.messages.length - rows.length} messages left out of the score: their masked text and level occur twice`);
  const plain = await plainVectors(corpus.patterns, say);
  const word = opinions[VOTERS.indexOf('lexical')];
  const key = [CROSS_FIT_VERSION, contentOf([...opinions, fold, corpus.labels])];
  const all = allOpinions(
    choices('the vote', kept('vote', key, () => crossFitVote(opinions, corpus.labels, fold)), CLASSES),
    choices('word model, calibrated', kept('lexical', key, () => crossFitCalibration(word, corpus.labels, fold)), CLASSES),
    VOTERS.map((voter, v) => choices(VOTER_NAMES[voter], opinions[v], CLASSES)),
    rulesOn(corpus.messages.map(({ message }) => message)),
    plain === null ? [] : classicHeldOut(corpus, plain, fold, say),
  );
  const groups = [...new Set(corpus.families)];
  const groupOf = Int32Array.from(corpus.families, (family) => groups.indexOf(family));
  return {
    ...all, title: 'The corpus, families of programs left out', byLine: null,
    byPattern: ofPatterns({ ...labelled(corpus.labels), together: groupOf }, (row) => scored.has(row)),
    groups, groupOf, groupName: ['family', 'families'],
  };
}

function printArguable({ messages }: Corpus, set: EvalSet, threshold: number): void {
  const parts = [true, false].map((arguable) => ofPatterns(set.byPattern, (row) => (messages[row].arguable === true) === arguable));
  if (parts[0].truth.length === 0) return;
  const rows = [set.page, set.vote].map((opinion) => [opinion.name, ...parts.flatMap((part) => {
    const { accuracy, macroF1, sureRight } = figuresOf(opinion, part, threshold);
    return [accuracy, macroF1, sureRight].map((value) => share(value));
  })]);
  const head = parts.flatMap((part, at) => [`| ${part.truth.length} ${at === 0 ? 'arguable' : 'others'}: accuracy`, 'macro-F1', '≥ 0.9 right']);
  console.log(`\nMessages that a careful operator could argue about, and the others\n${table(['', ...head], rows)}`);
}

/** Names that programs of several families have. */
function sharedPrograms({ messages }: Corpus): number {
  const families = new Map<string, Set<string>>();
  for (const { program, family } of messages) families.set(program, (families.get(program) ?? new Set()).add(family));
  return [...families.values()].filter(({ size }) => size > 1).length;
}
