import type { Rule, RuleChanges } from '../../contract/rule.ts';
import type { Lesson } from '../../contract/teach.ts';
import type { TaughtParts } from './bundle.ts';
import { modelName } from './decode-bundle.ts';
import { keyName } from './decode-taught.ts';

type Models = Pick<TaughtParts, 'models' | 'modelMode'>;

/**
 * Whether what is taught now still is what verdicts were recorded with, as far as verdicts go: lessons, rules, models,
 * threshold. (Meaning, colour and mark of a category decide nothing.) A pattern of the open files may have more keys than the
 * lesson that rules it, and a lesson's keys may be of several patterns here; neither teaches anything else.
 */
export function sameTaught(recorded: TaughtParts, now: TaughtParts): boolean {
  return recorded.threshold === now.threshold && sameModels(recorded, now) && sameRules(recorded.rules, now.rules) && sameLessons(recorded.lessons, now.lessons);
}

/** The same files in the same order, voting in the same way. */
export function sameModels(recorded: Models, now: Models): boolean {
  const named = (parts: Models): string => JSON.stringify([parts.models.map(modelName), parts.models.length === 0 ? '' : parts.modelMode]);
  return named(recorded) === named(now);
}

function sameRules(recorded: RuleChanges, now: RuleChanges): boolean {
  const told = (rules: readonly Rule[]): unknown => rules.map(({ id, pattern, label, part }) => [id, part === undefined ? pattern : '', label]);
  const splits = (rules: readonly Rule[]): unknown => [...rules].map(({ id, label }) => [id, label].join(' ')).sort();
  const named = ({ own, off, splits: parts }: RuleChanges): string => JSON.stringify([told(own), [...off].sort(), splits(parts)]);
  return named(recorded) === named(now);
}

function sameLessons(recorded: readonly Lesson[], now: readonly Lesson[]): boolean {
  const said = new Map<string, string>();
  for (const lesson of recorded) for (const key of lesson.keys) said.set(keyName(key), answerOf(lesson));
  let met = 0;
  for (const lesson of now) {
    const answers = lesson.keys.map((key) => said.get(keyName(key))).filter((answer) => answer !== undefined);
    if (answers.length === 0 || answers.some((answer) => answer !== answerOf(lesson))) return false;
    met += answers.length;
  }
  return met === said.size;
}

function answerOf({ label, teaches }: Lesson): string {
  return `${teaches ? 'teaches' : 'rules'} ${label}`;
}
