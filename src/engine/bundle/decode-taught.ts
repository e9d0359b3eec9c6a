import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import { LEVELS } from '../../contract/level.ts';
import type { HttpClass } from '../../contract/pattern.ts';
import type { PartPlace, Rule, RuleChanges, RulePart } from '../../contract/rule.ts';
import type { KeyId, Lesson, OwnCategory } from '../../contract/teach.ts';
import { splitRule } from '../rules/split-rule.ts';
import { anyText, distinct, fields, integer, list, name, oneOf, orNull, refuse, textLike, truth, words } from './decode.ts';
import type { Decoder } from './decode.ts';
import { CATEGORIES_MAX, EXPRESSION_MAX, KEYS_MAX, LABEL_MAX, LESSONS_MAX, MASKED_MAX, PLACES_MAX, RULES_MAX, SENTENCE_MAX, VALUE_MAX } from './limits.ts';

export const label = name(LABEL_MAX);
export const masked = anyText(MASKED_MAX);
export const level = integer(0, LEVELS.length - 1);
const http = integer(0, 5) as Decoder<HttpClass>;
const ruleId = textLike(/^[\p{L}\p{N}]+([-_.][\p{L}\p{N}]+)*$/u, 'the id of a rule (letters, digits, single hyphens)');

const key = fields<KeyId>({ text: masked, level, http, rule: orNull((value, at) => (value === '' ? '' : ruleId(value, at))) });

const lesson = fields<Lesson>({ keys: list(key, KEYS_MAX, 1), label, how: oneOf(['corrected', 'confirmed']), teaches: truth });

/** What was said of patterns; no key twice. */
export const lessons: Decoder<Lesson[]> = (value, at) => {
  const found = list(lesson, LESSONS_MAX)(value, at);
  const seen = new Set<string>();
  found.forEach(({ keys }, index) => keys.forEach((one, place) => {
    const name = keyName(one);
    if (seen.has(name)) refuse(`${at}[${index}].keys[${place}]`, 'was named before: one pattern cannot be two things');
    seen.add(name);
  }));
  return found;
};

/** Two keys with the same name are the same key. */
export function keyName({ text, level, http, rule }: KeyId): string {
  return JSON.stringify([text, level, http, rule]);
}

const colour = textLike(/^#[0-9a-fA-F]{6}$/, 'a colour of the form #rrggbb');
const category = fields<OwnCategory>({
  name: label, meaning: words(SENTENCE_MAX), colour: fields<OwnCategory['colour']>({ light: colour, dark: colour }), problem: truth,
});
const BUILT_IN = [...CATEGORY_NAMES, UNCLASSIFIED].map((name) => name.toLowerCase());

/** Own categories; no name twice, and none that the page has itself. */
export const categories: Decoder<OwnCategory[]> = (value, at) => {
  const found = list(category, CATEGORIES_MAX)(value, at);
  found.forEach(({ name }, index) => {
    if (BUILT_IN.includes(name.toLowerCase())) refuse(`${at}[${index}].name`, 'is the name of a category that the page has itself');
  });
  distinct(found, ({ name }) => name.toLowerCase(), at, 'the name');
  return found;
};

const ownRule: Decoder<Rule> = (value, at) => ({
  ...fields<{ id: string; pattern: string; label: string; about: string }>({ id: ruleId, pattern: anyText(EXPRESSION_MAX), label, about: words(SENTENCE_MAX) })(value, at), origin: 'own',
});

const place = fields<PartPlace>({ token: orNull(integer(0, MASKED_MAX)), value: anyText(VALUE_MAX) });
const part = fields<RulePart>({ text: masked, level, http, where: list(place, PLACES_MAX, 1) });

/** Id and words of a split follow from its part; a file that says otherwise was tampered with. */
const split: Decoder<Rule> = (value, at) => {
  const found = fields<{ id: string; label: string; part: RulePart }>({ id: ruleId, label: (text, place) => (text === '' ? '' : label(text, place)), part })(value, at);
  const rule = splitRule(found.part, found.label);
  if (rule.id !== found.id) refuse(`${at}.id`, 'does not belong to its part');
  return rule;
};

export const rules: Decoder<RuleChanges> = (value, at) => {
  const found = fields<RuleChanges>({ own: list(ownRule, RULES_MAX), off: list(ruleId, RULES_MAX), splits: list(split, RULES_MAX) })(value, at);
  distinct(found.own, ({ id }) => id, `${at}.own`, 'the id');
  distinct(found.off, (id) => id, `${at}.off`, 'the id');
  distinct(found.splits, ({ id }) => id, `${at}.splits`, 'the part');
  return found;
};
