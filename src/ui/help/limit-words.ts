import type { BuiltInCategory } from '../../contract/category.ts';
import type { CategoryLimits, ModelLimits } from '../../contract/model-limits.ts';
import { count } from '../format.ts';

/** A share as a count of 100: "91". Never rounds something to nothing nor almost all to all; "–" where there is none. */
export function of100(share: number | null): string {
  if (share === null) return '–';
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) return '< 1';
  if (rounded === 100 && share < 1) return '> 99';
  return String(rounded);
}

/** What was measured over all categories. */
export function measuredWords({ messages, accuracy, agreement, calibrationError, sure }: ModelLimits): string {
  const sureWords = sure.right === null ? '' : ` Where it was sure (confidence ${sure.confidence} or more, ${of100(sure.messages / messages)} of 100 messages), ${of100(sure.right)} of 100 were right.`;
  return `Tried on ${count(messages)} messages from kinds of programs that the model had never seen, its likeliest category was right for ${of100(accuracy)} of 100.${sureWords}`
    + ` The confidence it stated was ${of100(calibrationError)} of 100 off on average. Two readers, apart from each other, agreed on ${of100(agreement)} of 100.`;
}

/** How to read the table, by what it says of one category; within a sentence. */
export function readingWords({ name, precision, recall, agreement }: CategoryLimits): string {
  const agreed = agreement === null ? '' : ` Two readers agreed on ${of100(agreement)}.`;
  return `of 100 lines it called ${name}, ${of100(precision)} were; of 100 that were, it found ${of100(recall)}.${agreed}`;
}

/** Where readers differ most, with how often they agreed; '' where that is not known. */
export function bordersWords({ categories }: ModelLimits): string {
  const known = categories.flatMap(({ name, agreement }) => (agreement === null ? [] : [{ name, agreement }]));
  const [least, next] = known.sort((a, b) => a.agreement - b.agreement);
  return next === undefined ? '' : `Of 100 lines, two readers agreed on ${of100(least.agreement)} for ${least.name} and ${of100(next.agreement)} for ${next.name}.`;
}

export function limitsOfCategory({ categories }: ModelLimits, name: BuiltInCategory): CategoryLimits | undefined {
  return categories.find((category) => category.name === name);
}
