import { NO_RULE_CHANGES } from '../../contract/rule.ts';
import type { KeyId, Lesson, OwnCategory } from '../../contract/teach.ts';
import type { Rule, RuleChanges } from '../../contract/rule.ts';
import { compareKeys } from '../../engine/bundle/bundle.ts';
import type { Said } from '../../engine/decide/taught.ts';

/** Everything that a person has taught, as of one moment; undo goes back from one to another. Never changed in place. */
export interface Snapshot {
  /** By pattern of the open files. */
  readonly said: ReadonlyMap<number, Said>;
  /** What was said of patterns that the open files do not have. */
  readonly elsewhere: readonly Lesson[];
  readonly categories: readonly OwnCategory[];
  readonly rules: RuleChanges;
  /** Stands for how keys were made patterns: another one where lessons from elsewhere divided what had been one pattern. */
  readonly division: symbol;
}

export const BLANK: Snapshot = { said: new Map(), elsewhere: [], categories: [], rules: NO_RULE_CHANGES, division: Symbol('undivided') };

/** What was said, in a form that outlives the pattern table, in canonical order. Patterns without keys (the overflow) are left out. */
export function lessonsOf({ said, elsewhere }: Snapshot, keysOf: (pattern: number) => readonly KeyId[]): Lesson[] {
  const lessons = [...elsewhere];
  for (const [pattern, one] of said) {
    const keys = keysOf(pattern);
    if (keys.length > 0) lessons.push({ ...one, keys });
  }
  return lessons.sort((a, b) => compareKeys(a.keys[0], b.keys[0]));
}

/**
 * The other way: which patterns of a table the lessons rule, and what is left of them. `clash`: two of them rule one pattern,
 * differently; the table was made without knowing them. @param patterns pattern of each key of each lesson in turn, -1 for none
 */
export function placed(lessons: readonly Lesson[], patterns: Int32Array): Pick<Snapshot, 'said' | 'elsewhere'> & { readonly clash: boolean } {
  const said = new Map<number, Said>();
  const elsewhere: Lesson[] = [];
  let at = 0;
  let clash = false;
  for (const { keys, label, how, teaches } of lessons) {
    const left: KeyId[] = [];
    for (const key of keys) {
      const pattern = patterns[at++];
      if (pattern < 0) left.push(key);
      else {
        clash ||= (said.get(pattern)?.label ?? label) !== label;
        said.set(pattern, { label, how, teaches });
      }
    }
    if (left.length > 0) elsewhere.push({ keys: left, label, how, teaches });
  }
  return { said, elsewhere, clash };
}

/** Without a category and all that was said, here, elsewhere and by own rules, to be of it. */
export function withoutCategory({ said, elsewhere, categories, rules, division }: Snapshot, name: string): Snapshot {
  const others = (list: readonly Rule[]): readonly Rule[] => (list.some(({ label }) => label === name) ? list.filter(({ label }) => label !== name) : list);
  const [own, splits] = [others(rules.own), others(rules.splits)];
  return {
    said: new Map([...said].filter(([, one]) => one.label !== name)), elsewhere: elsewhere.filter(({ label }) => label !== name),
    categories: categories.filter((one) => one.name !== name), rules: own === rules.own && splits === rules.splits ? rules : { own, off: rules.off, splits }, division,
  };
}
