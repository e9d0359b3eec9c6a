import { existsSync, readFileSync } from 'node:fs';
import { patternOf } from '../classify/corpus.ts';
import { embedPatterns } from '../classify/vectors.ts';
import { askModels, openHeads } from './engine.ts';
import type { EvalSet } from './eval-set.ts';
import { allOpinions, shippedOpinions } from './eval-set.ts';
import { SURE, figuresOf } from './figures.ts';
import { classOf } from './items.ts';
import { askClassicOf } from './log-set.ts';
import { distinctRows, rulesOn } from './messages.ts';
import { printSet } from './set-report.ts';
import { share, table } from './table.ts';
import { labelled, ofPatterns } from './truths.ts';

const FOLDER = new URL('../../test/fixtures/languages/', import.meta.url);
const LANGUAGES: Readonly<Record<string, string>> = { de: 'German', es: 'Spanish', ru: 'Russian', ja: 'Japanese' };
/** The lists of words by which the page tells languages apart were written together with the first set, which therefore flatters them. */
const SETS = [
  { folder: FOLDER, title: 'Messages that are not English' },
  { folder: new URL('fresh/', FOLDER), title: 'Fresh messages that are not English: nobody had seen them when the word lists were written' },
] as const;
type Say = (text: string) => void;

/** One line of CODE.jsonl in test/fixtures/languages or its folder fresh. */
export interface LanguageMessage {
  readonly program: string;
  /** As the program prints it, or "". */
  readonly level: string;
  readonly message: string;
  readonly label: string;
}

/** Prints how the shipped classifiers do on messages that are not English, which none of them has learnt from: one report for each set. */
export async function evaluateLanguages(threshold: number, say: Say): Promise<void> {
  const sets = SETS.map(({ folder, title }) => ({ title, files: filesIn(folder) })).filter(({ files }) => files.length > 0);
  if (sets.length === 0) {
    console.error('There are no messages in test/fixtures/languages.');
    process.exitCode = 1;
    return;
  }
  for (const { title, files } of sets) {
    const set = await languageSet(title, files.map(({ name, file }) => ({ name, messages: readMessages(file) })), say);
    printWrongOfSure(set, threshold);
    printSet(set, threshold);
  }
}

/** One file a language, of the languages that the folder has. */
function filesIn(folder: URL): { readonly name: string; readonly file: URL }[] {
  return Object.entries(LANGUAGES).map(([code, name]) => ({ name, file: new URL(`${code}.jsonl`, folder) })).filter(({ file }) => existsSync(file));
}

/** @throws Error for a label that is no category */
export function readMessages(file: URL): LanguageMessage[] {
  const messages = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as LanguageMessage);
  const unknown = messages.find(({ label }) => classOf(label) < 0);
  if (unknown !== undefined) throw new Error(`${file.pathname}: “${unknown.label}” is no category.`);
  return messages;
}

/** Messages of several languages as one set; of those with the same masked text and level the first counts. */
export async function languageSet(title: string, languages: readonly { readonly name: string; readonly messages: readonly LanguageMessage[] }[], say: Say): Promise<EvalSet> {
  const messages = languages.flatMap((language) => language.messages);
  const patterns = messages.map(patternOf);
  const { vectors, dims } = await embedPatterns(patterns, say);
  const flat = new Float32Array(patterns.length * dims);
  vectors.forEach((vector, row) => flat.set(vector, row * dims));
  const { vote, lexical, voters } = shippedOpinions(await askModels(await openHeads(), patterns, patterns.map((_, row) => row), flat, dims));
  const classic = await askClassicOf([patterns], say);
  const rule = rulesOn(messages.map(({ message }) => message));
  const distinct = new Set(distinctRows(patterns, new Int32Array(patterns.length)));
  return {
    ...allOpinions(vote, lexical, voters, rule, classic.map(([opinion]) => opinion)),
    title,
    byPattern: ofPatterns(labelled(messages.map(({ label }) => classOf(label))), (row) => distinct.has(row)), byLine: null,
    groups: languages.map(({ name }) => name), groupName: ['language', 'languages'],
    groupOf: Int32Array.from(languages.flatMap((language, at) => new Array<number>(language.messages.length).fill(at))),
  };
}

/** What counts most where little is known: that sure answers are not wrong. */
function printWrongOfSure(set: EvalSet, threshold: number): void {
  const rows = [...set.groups, 'all'].map((name, group) => {
    const own = ofPatterns(set.byPattern, (row) => name === 'all' || set.groupOf[row] === group);
    const of = [set.page, set.vote].map((opinion) => figuresOf(opinion, own, threshold));
    return [name, String(of[0].items), ...of.flatMap(({ sure, sureRight }) => [String(sure), share(1 - sureRight)])];
  });
  console.log(`\n${set.title}\nAnswers at ${SURE} or more that are wrong\n${table(['', 'messages', 'page: sure', 'wrong', 'vote: sure', 'wrong'], rows)}`);
}
