import { UNCLASSIFIED_CODE } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { PATTERN_NO_CONTENT, PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { NO_GUESS, UNSURE } from '../../contract/view.ts';
import type { Asked } from './asked.ts';
import { NOTHING_ASKED } from './asked.ts';
import { labelAxis } from './label-axis.ts';
import { isProblem, problemLabels } from './problem.ts';
import { NOTHING_TAUGHT } from './taught.ts';
import type { Taught } from './taught.ts';
import { CLOSELY, UNREAD } from './votes.ts';
import type { Votes } from './votes.ts';

/** From here on a pattern is called unlike anything known. */
export const NOVEL = 0.5;

export interface DecideOptions {
  /** 0…1: below it a model's answer is Unclassified. */
  readonly threshold: number;
  /** Nothing more will come: provisional verdicts are final, patterns without a vote stay Unclassified. */
  readonly ended: boolean;
  /** The person cancelled: what only the word model has looked at counts as undecided; its answer stays as the best guess. */
  readonly cancelled?: boolean;
  /** Default: nothing. */
  readonly taught?: Taught;
  /** What a language model said. Default: nothing. */
  readonly asked?: Asked;
}

const PERSON = DECIDERS.indexOf('person');
const RULE = DECIDERS.indexOf('rule');
const MODEL = DECIDERS.indexOf('model');
const LLM = DECIDERS.indexOf('llm');
const NONE = DECIDERS.indexOf('none');

/** What all patterns are decided by. */
interface Case {
  readonly table: PatternTable;
  readonly rules: readonly Rule[];
  readonly votes: Votes;
  readonly options: DecideOptions;
  readonly taught: Taught;
  readonly asked: Asked;
  readonly columns: VerdictColumns;
  readonly codeOf: ReadonlyMap<string, number>;
  /** Code by class of the vote. */
  readonly answers: readonly number[];
  readonly problems: ReadonlySet<string>;
}

/**
 * The verdict of every pattern: person → rule → vote → language model → none; of sources that are routed to it, the language
 * model stands before the vote. A pure function of its arguments, so that the same patterns, corrections, rules, votes and
 * answers give the same verdicts in whatever order they came in.
 */
export function decide(table: PatternTable, rules: readonly Rule[], votes: Votes, options: DecideOptions): VerdictColumns {
  const taught = options.taught ?? NOTHING_TAUGHT;
  const labels = labelAxis([
    ...taught.categories.map(({ name }) => name), ...rules.map(({ label }) => label), ...votes.answers, ...[...taught.said.values()].map(({ label }) => label).sort(),
  ]);
  const columns: VerdictColumns = {
    labels,
    label: new Uint8Array(table.count).fill(UNCLASSIFIED_CODE),
    guess: new Uint8Array(table.count).fill(NO_GUESS),
    confidence: new Float32Array(table.count),
    decider: new Uint8Array(table.count).fill(NONE),
    unsure: new Uint8Array(table.count),
    final: new Uint8Array(table.count),
    problem: new Uint8Array(table.count),
  };
  const codeOf = new Map(labels.map((name, code) => [name, code]));
  const answers = votes.answers.map((name) => codeOf.get(name) ?? UNCLASSIFIED_CODE);
  const known: Case = { table, rules, votes, options, taught, asked: options.asked ?? NOTHING_ASKED, columns, codeOf, answers, problems: problemLabels(taught.categories) };
  for (let pattern = 0; pattern < table.count; pattern++) decideOne(known, pattern);
  return columns;
}

function decideOne(known: Case, pattern: number): void {
  const { table, votes, options, columns } = known;
  const said = known.taught.said.get(pattern);
  const rule = table.rule[pattern] < 0 ? undefined : known.rules[table.rule[pattern]];
  if (said !== undefined) settle(known, pattern, said.label, PERSON);
  // A rule without a label only tells patterns apart.
  else if (rule !== undefined && rule.label !== '') settle(known, pattern, rule.label, rule.origin === 'split' ? PERSON : RULE);
  else if (table.flags[pattern] & PATTERN_NO_CONTENT) {
    columns.unsure[pattern] = UNSURE.indexOf('no-content');
    columns.final[pattern] = 1;
  } else if (!routedAnswer(known, pattern)) {
    if (votes.read[pattern] === UNREAD) {
      columns.unsure[pattern] = UNSURE.indexOf(options.ended ? 'unsure' : 'pending');
      columns.final[pattern] = options.ended ? 1 : 0;
    } else takeVote(known, pattern);
    if (columns.decider[pattern] === NONE) takeAnswer(known, pattern);
  }
  const label = columns.labels[columns.label[pattern]];
  columns.problem[pattern] = isProblem(label, table.http[pattern], table.level[pattern], table.texts[pattern], known.problems) ? 1 : 0;
}

function settle({ columns, codeOf }: Case, pattern: number, label: string, decider: number): void {
  columns.label[pattern] = columns.guess[pattern] = codeOf.get(label) ?? UNCLASSIFIED_CODE;
  columns.confidence[pattern] = 1;
  columns.decider[pattern] = decider;
  columns.final[pattern] = 1;
}

/** Where the language model's word goes before the vote's, and it has said something that counts. */
function routedAnswer(known: Case, pattern: number): boolean {
  if (!known.asked.routed.has(pattern) || !takeAnswer(known, pattern)) return false;
  known.columns.final[pattern] = 1;
  return true;
}

/** Takes the language model's answer, if it is to be believed and sure enough. Whether the vote has still to come stays as it is. */
function takeAnswer({ table, asked, options, columns, codeOf }: Case, pattern: number): boolean {
  // The overflow stands for lines of any kind.
  const answer = asked.believed && !(table.flags[pattern] & PATTERN_OVERFLOW) ? asked.said.get(pattern) : undefined;
  // A category that has been removed since is none any more.
  const code = answer === undefined ? undefined : codeOf.get(answer.label);
  if (answer === undefined || code === undefined || code === UNCLASSIFIED_CODE || answer.confidence < options.threshold) return false;
  columns.label[pattern] = columns.guess[pattern] = code;
  columns.confidence[pattern] = answer.confidence;
  columns.decider[pattern] = LLM;
  columns.unsure[pattern] = 0;
  return true;
}

function takeVote({ votes, options, columns, answers }: Case, pattern: number): void {
  const best = votes.best(pattern);
  const code = answers[best.label];
  columns.guess[pattern] = code;
  columns.confidence[pattern] = best.confidence;
  columns.final[pattern] = votes.read[pattern] === CLOSELY || options.ended ? 1 : 0;
  const dropped = options.cancelled === true && votes.read[pattern] !== CLOSELY;
  if (best.confidence >= options.threshold && !dropped && code !== UNCLASSIFIED_CODE) {
    columns.label[pattern] = code;
    columns.decider[pattern] = MODEL;
  } else {
    columns.unsure[pattern] = UNSURE.indexOf(dropped ? 'pending' : votes.novelty[pattern] >= NOVEL ? 'unlike' : 'unsure');
  }
}
