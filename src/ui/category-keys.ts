import { CATEGORIES, UNCLASSIFIED, UNCLASSIFIED_KEY } from '../contract/category.ts';
import { KEYS_MAX, ownCategories } from './own-categories.svelte.ts';

const BUILT_IN: ReadonlyMap<string, string> = new Map<string, string>([...CATEGORIES.map(({ key, name }) => [key, name] as const), [UNCLASSIFIED_KEY, UNCLASSIFIED]]);

/** The category that a key labels with, or null. */
export function categoryOfKey(key: string): string | null {
  const built = BUILT_IN.get(key);
  if (built !== undefined) return built;
  return /^[1-9]$/.test(key) && Number(key) <= KEYS_MAX ? (ownCategories.list[Number(key) - 1]?.name ?? null) : null;
}

/** All categories that can be chosen, in the order of their keys: built-in ones, Unclassified, own ones. */
export function categoryChoices(): readonly string[] {
  return [...BUILT_IN.values(), ...ownCategories.list.map(({ name }) => name)];
}
