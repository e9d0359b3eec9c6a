import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import { plainName } from './plain-name.ts';

/** Names of columns of labels, the surest first. */
const NAMES = ['targetlabel', 'truelabel', 'goldlabel', 'groundtruth', 'label', 'category', 'class'];
/** From here on a name may mean many things, so some value must be a category that the page knows. */
const UNSURE_NAMES = NAMES.indexOf('category');
/** Labels come again; in a small sample they need not. */
const DISTINCT_SHARE = 0.5;
const SMALL_SAMPLE = 10;
const DISTINCT_MOST = 60;
const LONGEST = 60;
const KNOWN = new Set([...CATEGORY_NAMES, UNCLASSIFIED].map((name) => name.toLowerCase()));

/** Index of the column that says what each entry is, by its name and its values; -1 if there is none. */
export function labelColumn(names: readonly string[], rows: readonly (readonly string[])[]): number {
  const plain = names.map((name) => {
    const whole = plainName(name);
    return NAMES.includes(whole) ? whole : plainName(name.slice(name.lastIndexOf('.') + 1));
  });
  for (const [rank, wanted] of NAMES.entries()) {
    if (wanted === 'targetlabel' && isOurs(plain)) continue;
    const column = plain.findIndex((name, at) => name === wanted && holdsLabels(rows.map((row) => row[at] ?? ''), rank >= UNSURE_NAMES));
    if (column >= 0) return column;
  }
  return -1;
}

/**
 * Whether this is a labelled file that was saved here: then its labels are no truth. Where a file had a column of that name
 * before, ours is another one, and there are more of them than of "decided_by".
 */
function isOurs(names: readonly string[]): boolean {
  const ours = names.filter((name) => /^decidedby\d*$/.test(name)).length;
  return ours > 0 && ours >= names.filter((name) => /^targetlabel\d*$/.test(name)).length;
}

function holdsLabels(cells: readonly string[], mustBeKnown: boolean): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const values = new Set(filled);
  if (values.size === 0 || values.size > DISTINCT_MOST) return false;
  if (filled.length >= SMALL_SAMPLE && values.size > DISTINCT_SHARE * filled.length) return false;
  // A column of numbers may be anything; whoever means it can say so.
  if ([...values].every((value) => !/\p{L}/u.test(value)) || [...values].some((value) => value.length > LONGEST)) return false;
  return !mustBeKnown || [...values].some((value) => KNOWN.has(value.toLowerCase()));
}
