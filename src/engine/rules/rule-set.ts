import { Failure } from '../../contract/failure.ts';
import type { Rule, RuleChanges } from '../../contract/rule.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { checkRules } from './check-rule.ts';
import { compareSplits } from './split-rule.ts';

/** All rules in the order in which they are tried: splits, own rules, built-in ones that are on. The order in which splits were made does not matter. */
export function effectiveRules({ own, off, splits }: RuleChanges): readonly Rule[] {
  const switchedOff = new Set(off);
  return [...splits.toSorted(compareSplits), ...own, ...BUILT_IN_RULES.filter(({ id }) => !switchedOff.has(id))];
}

/** Adds a rule at place `at` (default: first), or changes the one with its id, which keeps its place. @throws Failure 'rules-refused' */
export function putRule(state: RuleChanges, rule: Rule, at = 0): RuleChanges {
  const own: Rule = { id: rule.id, pattern: rule.pattern, label: rule.label, about: rule.about, origin: 'own' };
  const place = state.own.findIndex(({ id }) => id === rule.id);
  return withOwn(state, place < 0 ? state.own.toSpliced(Math.max(0, Math.min(at, state.own.length)), 0, own) : state.own.with(place, own));
}

/** Puts rules of a file behind one another and before those there are; one with the id of another takes its place. @throws Failure 'rules-refused'; nothing is taken then */
export function importRules(state: RuleChanges, rules: readonly Rule[]): { readonly state: RuleChanges; /** Ids of rules that were changed. */ readonly replaced: readonly string[] } {
  const incoming = new Map(rules.map((rule) => [rule.id, rule]));
  const present = new Set(state.own.map(({ id }) => id));
  const replaced = state.own.filter((rule) => differs(rule, incoming.get(rule.id))).map(({ id }) => id);
  const own = [...rules.filter(({ id }) => !present.has(id)), ...state.own.map((rule) => incoming.get(rule.id) ?? rule)];
  return { state: withOwn(state, own.map((rule) => ({ ...rule, origin: 'own' as const }))), replaced };
}

export function removeRule(state: RuleChanges, id: string): RuleChanges {
  return { ...state, own: state.own.filter((rule) => rule.id !== id) };
}

/** Puts an own rule at another place, 0 = tried first. */
export function moveRule(state: RuleChanges, id: string, to: number): RuleChanges {
  const from = state.own.findIndex((rule) => rule.id === id);
  if (from < 0) return state;
  const others = state.own.toSpliced(from, 1);
  return { ...state, own: others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, state.own[from]) };
}

/** Switches a built-in rule on or off. */
export function switchRule(state: RuleChanges, id: string, on: boolean): RuleChanges {
  const off = state.off.filter((other) => other !== id);
  return { ...state, off: on ? off : [...off, id].sort() };
}

/** Adds a split (split-rule.ts), or gives the same split another label. */
export function putSplit(state: RuleChanges, split: Rule): RuleChanges {
  return { ...state, splits: [...state.splits.filter(({ id }) => id !== split.id), split] };
}

export function removeSplit(state: RuleChanges, id: string): RuleChanges {
  return { ...state, splits: state.splits.filter((split) => split.id !== id) };
}

/** A free id made of some words. */
export function freshRuleId({ own }: RuleChanges, words: string): string {
  const taken = new Set([...own, ...BUILT_IN_RULES].map(({ id }) => id));
  const plain = words.normalize('NFKD').toLowerCase().match(/[a-z0-9]+/g)?.join('-').slice(0, 40).replace(/-$/, '') ?? '';
  const base = plain === '' || plain === 'split' || plain.startsWith('split-') ? `rule-${plain}`.replace(/-$/, '') : plain;
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

function withOwn(state: RuleChanges, own: readonly Rule[]): RuleChanges {
  const refused = checkRules(own);
  if (refused !== null) throw new Failure('rules-refused', `Rule “${refused.rule.id}” cannot be used: ${refused.reason}`);
  return { ...state, own };
}

function differs(rule: Rule, other: Rule | undefined): boolean {
  return other !== undefined && (rule.pattern !== other.pattern || rule.label !== other.label || rule.about !== other.about);
}
