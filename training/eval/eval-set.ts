import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { VOTERS, VOTER_NAMES } from '../../src/contract/verdict.ts';
import type { ModelAnswers } from './engine.ts';
import type { Opinion } from './opinion.ts';
import { NOTHING, choices, rulesAlone, rulesFirst } from './opinion.ts';
import type { Truths } from './truths.ts';

const CLASSES = CATEGORY_NAMES.length;

/** Patterns with their truths, and what every classifier says of them. */
export interface EvalSet {
  readonly title: string;
  /** What the page shows: rules, then the vote. */
  readonly page: Opinion;
  readonly vote: Opinion;
  /** The single classifiers, and what they are compared with; `majorityOf` is added for each view. */
  readonly others: readonly Opinion[];
  readonly byPattern: Truths;
  /** null where patterns have no lines. */
  readonly byLine: Truths | null;
  /** Logs, families or languages, and to which of them each pattern belongs. */
  readonly groups: readonly string[];
  readonly groupOf: Int32Array;
  /** What a group is, and several. */
  readonly groupName: readonly [one: string, many: string];
}

/** Every classifier, in the order in which tables list them: what the page shows, what it is made of, what it is compared with. */
export interface AllOpinions {
  readonly page: Opinion;
  readonly vote: Opinion;
  readonly others: readonly Opinion[];
}

/**
 * @param voters all voters, in the order of VOTERS @param rule by pattern the class of the first rule that matches, or NOTHING
 * @param classic what the classic recipe's classifiers say, its majority last; none where its encoder is missing
 */
export function allOpinions(vote: Opinion, lexical: Opinion, voters: readonly Opinion[], rule: Int32Array, classic: readonly Opinion[]): AllOpinions {
  const majority = classic.at(-1);
  const withRules = majority === undefined ? [] : [rulesFirst('classic: rules, then majority', rule, majority)];
  return {
    page: rulesFirst('the page: rules, then vote', rule, vote), vote,
    others: [lexical, ...voters, ...withRules, ...classic.toReversed(), rulesAlone(rule)],
  };
}

/** What the shipped models say: the vote, the word model alone, and each voter with the confidence it has of itself. */
export function shippedOpinions({ votes, lexical }: ModelAnswers): { readonly vote: Opinion; readonly lexical: Opinion; readonly voters: readonly Opinion[] } {
  return {
    vote: choices('the vote', votes.probabilities, CLASSES),
    lexical: choices('word model, calibrated', lexical, CLASSES),
    voters: VOTERS.map((voter, v) => {
      const choice = Int32Array.from(votes.read, (_, pattern) => Math.min(NOTHING, votes.choices[pattern * VOTERS.length + v]));
      return { name: VOTER_NAMES[voter], choice, confidence: Float64Array.from(choice, (_, pattern) => votes.confidences[pattern * VOTERS.length + v]) };
    }),
  };
}
