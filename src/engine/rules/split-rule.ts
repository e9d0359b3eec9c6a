import type { HttpClass } from '../../contract/pattern.ts';
import type { Rule, RulePart } from '../../contract/rule.ts';
import { hashBytes, hashPair } from '../patterns/hash.ts';

/** A pattern as its table shows it. */
export interface SplitPattern {
  readonly text: string;
  readonly level: number;
  readonly http: HttpClass;
}

/**
 * The rule for the entries of a pattern that have `value` as token number `token`, both as `ReaderApi.values` gives them.
 * @param within the rule that the pattern's rows have now: a split is split further
 * @param label '' = they only form a pattern of their own
 */
export function valueRule(pattern: SplitPattern, within: Rule | null, token: number, value: string, label = ''): Rule {
  const whole = within?.part ?? { text: pattern.text, level: pattern.level, http: pattern.http, where: [] };
  const where = [...whole.where.filter((place) => place.token !== token), { token, value }];
  return splitRule({ ...whole, where: where.sort((one, other) => (one.token ?? -1) - (other.token ?? -1)) }, label);
}

/** The rule for a part of a pattern. Its id is a function of the part, so the same split is the same rule on every visit. */
export function splitRule(part: RulePart, label = ''): Rule {
  const about = part.where.map(({ token, value }) => (token === null ? 'exactly this message' : `“${value}” in this place`)).join(' and ');
  return { id: `split-${nameOf(part)}`, pattern: '', label, about, origin: 'split', part };
}

/** Of two splits that an entry is part of, the one that says more of it comes first, whichever was made first. */
export function compareSplits(one: Rule, other: Rule): number {
  return weight(other) - weight(one) || (one.id < other.id ? -1 : Number(one.id > other.id));
}

function weight({ part }: Rule): number {
  if (part === undefined) return 0;
  return part.where.some(({ token }) => token === null) ? Infinity : part.where.length;
}

const encoder = new TextEncoder();

function nameOf({ text, level, http, where }: RulePart): string {
  const bytes = encoder.encode(JSON.stringify([text, level, http, ...where.map(({ token, value }) => [token, value])]));
  hashBytes(bytes, bytes.length, 0);
  return [hashPair.low, hashPair.high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
