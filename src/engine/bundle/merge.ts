import type { Rule, RuleChanges } from '../../contract/rule.ts';
import type { OwnCategory } from '../../contract/teach.ts';
import { compareTexts } from './bundle.ts';
import type { TaughtParts } from './bundle.ts';
import type { Conflict, Side } from './conflict.ts';
import { modelName } from './decode-bundle.ts';
import { mergeLessons } from './merge-lessons.ts';

export interface Merge {
  readonly merged: TaughtParts;
  /** In canonical order. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Both together. A pure function of its arguments; the order of lessons and splits on either side does not matter.
 * Own rules, categories and models keep mine's order, theirs come after. What either side switched off is off.
 * @param choose who is right in a conflict, asked once for each
 */
export function merge(mine: TaughtParts, theirs: TaughtParts, choose: (conflict: Conflict) => Side = () => 'mine'): Merge {
  const conflicts: Conflict[] = [];
  const ask = (conflict: Conflict): Side => {
    conflicts.push(conflict);
    return choose(conflict);
  };
  const other = spelledAs(mine, theirs);
  const merged: TaughtParts = {
    threshold: mine.threshold === other.threshold || ask({ id: 'threshold', kind: 'threshold', what: 'Sure enough from', mine: mine.threshold.toFixed(2), theirs: other.threshold.toFixed(2) }) === 'mine' ? mine.threshold : other.threshold,
    categories: mergeNamed(mine.categories, other.categories, ({ name }) => name, sameCategory, (one, two) => ask({ id: `category ${one.name}`, kind: 'category', what: one.name, mine: categoryWords(one, two), theirs: categoryWords(two, one) })),
    rules: mergeRules(mine.rules, other.rules, ask),
    lessons: mergeLessons(mine.lessons, other.lessons, ask),
    ...mergeModels(mine, other, ask),
  };
  return { merged, conflicts: conflicts.sort((a, b) => compareTexts(a.kind, b.kind) || compareTexts(a.id, b.id)) };
}

function mergeRules(mine: RuleChanges, theirs: RuleChanges, ask: (conflict: Conflict) => Side): RuleChanges {
  const sameRule = (one: Rule, two: Rule): boolean => one.pattern === two.pattern && one.label === two.label && one.about === two.about;
  const words = ({ pattern, label }: Rule): string => `${pattern} → ${label}`;
  return {
    own: mergeNamed(mine.own, theirs.own, ({ id }) => id, sameRule, (one, two) => ask({ id: `rule ${one.id}`, kind: 'rule', what: one.id, mine: words(one), theirs: words(two) })),
    off: [...new Set([...mine.off, ...theirs.off])].sort(compareTexts),
    splits: mergeNamed(mine.splits, theirs.splits, ({ id }) => id, (one, two) => one.label === two.label, (one, two) => ask({ id: `part ${one.id}`, kind: 'part', what: `${one.part?.text ?? one.id}: ${one.about}`, mine: partWords(one), theirs: partWords(two) }))
      .sort((a, b) => compareTexts(a.id, b.id)),
  };
}

/** Mine in their order, then those that only they have. */
function mergeNamed<T>(mine: readonly T[], theirs: readonly T[], nameOf: (one: T) => string, same: (one: T, two: T) => boolean, choose: (one: T, two: T) => Side): T[] {
  const others = new Map(theirs.map((one) => [nameOf(one), one]));
  const kept = mine.map((one) => {
    const two = others.get(nameOf(one));
    others.delete(nameOf(one));
    return two === undefined || same(one, two) || choose(one, two) === 'mine' ? one : two;
  });
  return [...kept, ...others.values()];
}

/** A category of theirs that differs from one of mine in nothing but upper and lower case is that one. */
function spelledAs({ categories }: TaughtParts, theirs: TaughtParts): TaughtParts {
  const spelling = new Map(categories.map(({ name }) => [name.toLowerCase(), name]));
  const respelled = new Map<string, string>();
  for (const { name } of theirs.categories) {
    const mine = spelling.get(name.toLowerCase());
    if (mine !== undefined && mine !== name) respelled.set(name, mine);
  }
  if (respelled.size === 0) return theirs;
  const as = (name: string): string => respelled.get(name) ?? name;
  const all = <T extends { readonly label: string }>(list: readonly T[]): T[] => list.map((one) => ({ ...one, label: as(one.label) }));
  return {
    ...theirs, categories: theirs.categories.map((one) => ({ ...one, name: as(one.name) })), lessons: all(theirs.lessons),
    rules: { ...theirs.rules, own: all(theirs.rules.own), splits: all(theirs.rules.splits) },
  };
}

function sameCategory(one: OwnCategory, two: OwnCategory): boolean {
  return one.meaning === two.meaning && one.problem === two.problem && one.colour.light === two.colour.light && one.colour.dark === two.colour.dark;
}

/** Only what differs. */
function categoryWords(one: OwnCategory, other: OwnCategory): string {
  return [
    one.meaning === other.meaning ? '' : one.meaning === '' ? 'no meaning given' : `“${one.meaning}”`,
    one.problem === other.problem ? '' : one.problem ? 'a problem' : 'no problem',
    one.colour.light === other.colour.light && one.colour.dark === other.colour.dark ? '' : `colour ${one.colour.light}`,
  ].filter((part) => part !== '').join(', ');
}

function partWords({ label }: Rule): string {
  return label === '' ? 'told apart only' : label;
}

/** All of both; the same file once. */
function mergeModels(mine: TaughtParts, theirs: TaughtParts, ask: (conflict: Conflict) => Side): Pick<TaughtParts, 'models' | 'modelMode'> {
  const models = mergeNamed(mine.models, theirs.models, modelName, () => true, () => 'mine');
  if (mine.models.length === 0) return { models, modelMode: theirs.modelMode };
  const agreed = theirs.models.length === 0 || mine.modelMode === theirs.modelMode;
  return { models, modelMode: agreed || ask({ id: 'models', kind: 'models', what: 'Added models vote', mine: modeWords(mine), theirs: modeWords(theirs) }) === 'mine' ? mine.modelMode : theirs.modelMode };
}

function modeWords({ modelMode }: TaughtParts): string {
  return modelMode === 'add' ? 'beside the page’s own' : 'instead of the page’s own';
}
