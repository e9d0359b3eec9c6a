import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { PATTERN_NO_CONTENT } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import { DECIDERS } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { NO_GUESS, UNSURE } from '../../contract/view.ts';
import { isProblem } from './problem.ts';
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
}

const RULE = DECIDERS.indexOf('rule');
const MODEL = DECIDERS.indexOf('model');
const NONE = DECIDERS.indexOf('none');

/**
 * The verdict of every pattern: rule → vote → none. A pure function of its arguments, so that the same patterns, rules and
 * votes give the same verdicts in whatever order they came in.
 */
export function decide(table: PatternTable, rules: readonly Rule[], votes: Votes, options: DecideOptions): VerdictColumns {
  const labels: string[] = [...CATEGORY_NAMES, UNCLASSIFIED];
  for (const rule of rules) if (!labels.includes(rule.label)) labels.splice(labels.length - 1, 0, rule.label);
  const columns: VerdictColumns = {
    labels,
    label: new Uint8Array(table.count).fill(labels.length - 1),
    guess: new Uint8Array(table.count).fill(NO_GUESS),
    confidence: new Float32Array(table.count),
    decider: new Uint8Array(table.count).fill(NONE),
    unsure: new Uint8Array(table.count),
    final: new Uint8Array(table.count),
    problem: new Uint8Array(table.count),
  };
  for (let pattern = 0; pattern < table.count; pattern++) decideOne(table, rules, votes, options, columns, pattern);
  return columns;
}

function decideOne(table: PatternTable, rules: readonly Rule[], votes: Votes, options: DecideOptions, columns: VerdictColumns, pattern: number): void {
  const rule = table.rule[pattern];
  if (rule >= 0) {
    columns.label[pattern] = columns.guess[pattern] = columns.labels.indexOf(rules[rule].label);
    columns.confidence[pattern] = 1;
    columns.decider[pattern] = RULE;
    columns.final[pattern] = 1;
  } else if (table.flags[pattern] & PATTERN_NO_CONTENT) {
    columns.unsure[pattern] = UNSURE.indexOf('no-content');
    columns.final[pattern] = 1;
  } else if (votes.read[pattern] === UNREAD) {
    columns.unsure[pattern] = UNSURE.indexOf(options.ended ? 'unsure' : 'pending');
    columns.final[pattern] = options.ended ? 1 : 0;
  } else {
    const best = votes.best(pattern);
    columns.guess[pattern] = best.label;
    columns.confidence[pattern] = best.confidence;
    columns.final[pattern] = votes.read[pattern] === CLOSELY || options.ended ? 1 : 0;
    const dropped = options.cancelled === true && votes.read[pattern] !== CLOSELY;
    if (best.confidence >= options.threshold && !dropped) {
      columns.label[pattern] = best.label;
      columns.decider[pattern] = MODEL;
    } else {
      columns.unsure[pattern] = UNSURE.indexOf(dropped ? 'pending' : votes.novelty[pattern] >= NOVEL ? 'unlike' : 'unsure');
    }
  }
  const label = columns.labels[columns.label[pattern]];
  columns.problem[pattern] = isProblem(label, table.http[pattern], table.level[pattern], table.texts[pattern]) ? 1 : 0;
}

