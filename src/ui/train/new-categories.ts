import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import type { OwnCategory } from '../../contract/teach.ts';
import { OWN_COLOURS } from '../palette.ts';

/** Categories for the classes that nobody has added yet, in colours that are still free while there are any. */
export function newCategories(classes: readonly string[], own: readonly OwnCategory[]): OwnCategory[] {
  const known = new Set([...CATEGORY_NAMES, UNCLASSIFIED, ...own.map(({ name }) => name)].map((name) => name.toLowerCase()));
  const taken = new Set(own.map(({ colour }) => colour.light));
  const free = [...OWN_COLOURS.filter(({ light }) => !taken.has(light)), ...OWN_COLOURS];
  const added: OwnCategory[] = [];
  for (const name of classes) {
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    const { light, dark } = free[added.length % free.length];
    added.push({ name, meaning: '', colour: { light, dark }, problem: false });
  }
  return added;
}
