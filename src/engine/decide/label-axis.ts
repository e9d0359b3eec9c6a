import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';

/** Codes fit a byte, and 255 means "no guess". */
export const LABELS_MAX = 250;

/**
 * Names that label codes index: the built-in categories, Unclassified, then all others in the order given. The first ones
 * never move, so a code that a filter holds keeps its meaning when categories are added.
 */
export function labelAxis(others: Iterable<string>): string[] {
  const labels = new Set<string>([...CATEGORY_NAMES, UNCLASSIFIED]);
  for (const name of others) if (name !== '' && labels.size < LABELS_MAX) labels.add(name);
  return [...labels];
}
