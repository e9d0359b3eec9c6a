import { CATEGORY_NAMES } from '../../contract/category.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import { PATTERN_OVERFLOW } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import type { Verdict, Voter } from '../../contract/verdict.ts';
import { DECIDERS, VOTERS, VOTER_NAMES } from '../../contract/verdict.ts';
import type { VerdictColumns } from '../../contract/view.ts';
import { NO_GUESS, UNSURE } from '../../contract/view.ts';
import { NOTHING_ASKED } from './asked.ts';
import type { Asked } from './asked.ts';
import type { Said } from './taught.ts';
import { CLOSELY, UNREAD } from './votes.ts';
import type { Votes } from './votes.ts';

export interface Opinion {
  readonly voter: Voter;
  readonly label: string;
  readonly confidence: number;
}

/** Verdict of one pattern with the reason in words. */
export function explain(table: PatternTable, rules: readonly Rule[], votes: Votes, columns: VerdictColumns, pattern: number, said?: Said, asked: Asked = NOTHING_ASKED): Verdict {
  const guess = columns.guess[pattern];
  const verdict = {
    label: columns.labels[columns.label[pattern]],
    confidence: columns.confidence[pattern],
    decidedBy: DECIDERS[columns.decider[pattern]],
    bestGuess: guess === NO_GUESS ? '' : columns.labels[guess],
    unsure: UNSURE[columns.unsure[pattern]],
    final: columns.final[pattern] === 1,
  };
  if (said !== undefined) return { ...verdict, reason: saidSo(said) };
  if (verdict.decidedBy === 'llm') return { ...verdict, reason: answered(verdict, votes, pattern, asked) };
  return { ...verdict, reason: reasonOf(verdict, table, rules, votes, pattern) + onlyShown(verdict, columns.labels, pattern, asked) };
}

/** What each voter prefers for a pattern. */
export function opinionsOf(votes: Votes, pattern: number): Opinion[] {
  return VOTERS.flatMap((voter, at) => {
    const choice = votes.choices[pattern * VOTERS.length + at];
    return choice < CATEGORY_NAMES.length ? [{ voter, label: CATEGORY_NAMES[choice], confidence: votes.confidences[pattern * VOTERS.length + at] }] : [];
  });
}

function saidSo({ how, teaches }: Said): string {
  return `${how === 'confirmed' ? 'You said that this is right' : 'You chose this category'}, so it stays.${teaches ? '' : ' The models do not learn from it.'}`;
}

/** Why the language model decides. */
function answered({ label, confidence }: Omit<Verdict, 'reason'>, votes: Votes, pattern: number, { model, check, routed }: Asked): string {
  const tried = check == null ? '' : `: it was right on ${check.llm} of ${check.lines} known lines`;
  const why = routed.has(pattern) ? 'You chose that its source goes to the language model' : 'The page’s own models were not sure enough';
  const vote = votes.read[pattern] === UNREAD ? '' : ` Without it the best guess was ${votes.answers[votes.best(pattern).label]} at ${percent(votes.best(pattern).confidence)}.`;
  return `${why}, and ${model === '' ? 'the language model' : `the language model “${model}”`} says ${label}, which counts as ${percent(confidence)} sure${tried}.${vote}`;
}

/** What the language model says of a pattern whose verdict is another's. @param labels all categories that there are */
function onlyShown({ decidedBy, bestGuess, label }: Omit<Verdict, 'reason'>, labels: readonly string[], pattern: number, { said, believed, check }: Asked): string {
  const answer = said.get(pattern);
  if (answer === undefined || answer.label === '' || decidedBy === 'rule' || decidedBy === 'person') return '';
  if (decidedBy === 'model') return answer.label === label ? ' The language model says the same.' : ` The language model says ${answer.label}.`;
  const gone = believed && !labels.includes(answer.label);
  const why = gone ? 'there is no such category any more' : believed ? `that counts as ${percent(answer.confidence)} sure, which is not enough` : check == null ? 'it was not tried on known lines, so this is only shown' : 'it was not clearly better than the others on known lines, so this is only shown';
  return ` The language model would say ${answer.label === bestGuess ? 'the same' : answer.label}; ${why}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function reasonOf(verdict: Omit<Verdict, 'reason'>, table: PatternTable, rules: readonly Rule[], votes: Votes, pattern: number): string {
  const rule = rules[table.rule[pattern]];
  if (verdict.decidedBy === 'person') return `You chose this category for ${rule.about}.`;
  if (verdict.decidedBy === 'rule') return `${rule.origin === 'own' ? 'Your rule' : 'Rule'} “${rule.id}” matches: ${rule.about}.`;
  if (verdict.unsure === 'no-content') return 'The line has no letters or digits, so there is nothing to classify.';
  if (verdict.unsure === 'pending' && verdict.bestGuess === '') return 'Not looked at yet.';
  if (table.flags[pattern] & PATTERN_OVERFLOW) return 'The file has more distinct patterns than are kept; no rule decides these lines.';
  if (verdict.bestGuess === '') return 'Not looked at: the run ended before the models came to it.';
  const opinions = opinionsOf(votes, pattern);
  const agree = opinions.filter((opinion) => opinion.label === verdict.bestGuess);
  const others = opinions.filter((opinion) => opinion.label !== verdict.bestGuess);
  const named = (list: readonly Opinion[]) => list.map((opinion) => VOTER_NAMES[opinion.voter]).join(', ');
  const against = others.length === 0 ? '' : `; against: ${others.map((opinion) => `${VOTER_NAMES[opinion.voter]} (${opinion.label})`).join(', ')}`;
  const read = votes.read[pattern] === CLOSELY ? '' : ' Only the word model has looked at it.';
  const sure = percent(verdict.confidence);
  if (verdict.unsure === 'pending') return `The run was cancelled before this was read closely. Best guess ${verdict.bestGuess} at ${sure}.${read}`;
  if (verdict.unsure === 'unlike') return `Unlike anything the models know. Best guess ${verdict.bestGuess} at ${sure}.${read}`;
  if (verdict.unsure === 'unsure') return `Not sure enough: best guess ${verdict.bestGuess} at ${sure} (${named(agree)}${against}).${read}`;
  return `${verdict.bestGuess} at ${sure}, weighed and calibrated; ${agree.length} of ${opinions.length} voters agree: ${named(agree)}${against}.${read}`;
}
